import type { Encoder, IndexLimit } from "../data/signature.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { type CallOptionsOf, mapTensors } from "./call_options.ts";
import { InputLayer } from "./input_layer.ts";
import type { Layer } from "./layer.ts";
import { type LayerNode, type LayerOutput, sourcesOf } from "./layer_output.ts";

/** What a program of a graph is fed with. */
export interface Feed {
  /** An input of numbers, or what a layer makes of strings. */
  readonly output: LayerOutput;
  /** The number of the input that it comes from. */
  readonly input: number;
  /** What makes numbers of that input's values; null where they are numbers. */
  readonly encoder: Encoder | null;
}

/** The calls of layers between inputs and outputs, in an order in which they can be computed. */
export class LayerGraph {
  readonly inputs: readonly LayerOutput[];
  readonly outputs: readonly LayerOutput[];
  /** What a program is fed with: the inputs; in the place of one whose values are no numbers, what layers make of it. */
  readonly feeds: readonly Feed[];
  /** The calls, those of input layers left out: each after those whose results it reads. */
  readonly nodes: readonly LayerNode[];
  /** The layers that are called, each once, in the order of their first calls. */
  readonly layers: readonly Layer[];

  /**
   * @param what what is done, for messages: `create model`
   * @throws {TypeError} If an output depends on an input that is not given, an input is no result of `input()`, or on one nothing depends
   */
  constructor(what: string, inputs: readonly LayerOutput[], outputs: readonly LayerOutput[]) {
    for (const { node, name } of inputs) {
      if (node.layer instanceof InputLayer && node.inputs.length === 0) continue;
      throw new TypeError(
        `Cannot ${what}: inputs must come from input(), got the output of ${node.layer.type} "${name}"`,
      );
    }
    const twice = inputs.find((one, i) => inputs.indexOf(one) !== i);
    if (twice !== undefined) throw new TypeError(`Cannot ${what}: each input counts once, got "${twice.name}" twice`);
    this.inputs = Object.freeze([...inputs]);
    this.outputs = Object.freeze([...outputs]);
    const { nodes, reached } = sortNodes(outputs);
    const given = new Set<LayerNode>(inputs.map(({ node }) => node));
    const missing = reached.find((node) => !given.has(node));
    if (missing !== undefined) {
      const [{ name, shape }] = missing.outputs;
      throw new TypeError(
        `Cannot ${what}: the outputs depend on input "${name}" ${formatShape(shape)}, which is not among the inputs` +
          `${listNames(inputs)}`,
      );
    }
    const unused = inputs.find(({ node }) => !reached.includes(node));
    if (unused !== undefined) throw new TypeError(`Cannot ${what}: no output depends on input "${unused.name}"`);
    this.nodes = Object.freeze(nodes);
    this.feeds = Object.freeze(listFeeds(what, this));
    this.layers = Object.freeze([...new Set(nodes.map(({ layer }) => layer as Layer))]);
    Object.freeze(this);
  }

  /**
   * Computes the outputs from values of the feeds: tensors of a graph, shapes, whatever `call` takes and gives.
   *
   * @param call what a call gives for the values that it reads; `index` counts the calls, `options` are those of the call
   */
  evaluate<T>(
    values: readonly T[],
    call: (node: LayerNode, inputs: readonly T[], index: number, options: CallOptionsOf<T>) => readonly T[],
  ): T[] {
    const results = new Map<LayerNode, readonly T[]>(this.feeds.map(({ output: { node } }, i) => [node, [values[i]]]));
    const valueOf = ({ node, index }: LayerOutput): T => results.get(node)![index];
    this.nodes.forEach((node, index) => {
      const { inputs, options } = node;
      if (!isTraced(node)) return;
      results.set(node, call(node, inputs.map(valueOf), index, mapTensors(options, valueOf)));
    });
    return this.outputs.map(valueOf);
  }

  /** What layers ask of the numbers in an input: that they are numbers of rows. */
  limitsOf(port: LayerOutput): IndexLimit[] {
    return this.nodes.flatMap(({ layer, inputs, indices }) =>
      indices.flatMap(({ input, limit, within, ...option }) =>
        originOf(inputs[input]).node === port.node ? [{ layer: `${layer.name}${within}`, limit, ...option }] : []
      )
    );
  }
}

/** Whether a call is a part of programs: it computes numbers from numbers. */
export function isTraced({ inputs }: LayerNode): boolean {
  return inputs.every(({ dtype }) => dtype === "float32");
}

/** What a layer is given, before the input layers that hand it on: a stack may begin with one. */
function originOf(source: LayerOutput): LayerOutput {
  const { layer, inputs } = source.node;
  return layer instanceof InputLayer && inputs.length > 0 ? originOf(inputs[0]) : source;
}

/** What programs are fed with, by the inputs, and then in the order of the calls. */
function listFeeds(what: string, { inputs, outputs, nodes }: Pick<LayerGraph, "inputs" | "outputs" | "nodes">): Feed[] {
  const raw = outputs.find(({ dtype }) => dtype !== "float32");
  if (raw !== undefined) {
    throw new TypeError(`Cannot ${what}: outputs must be numbers, got "${raw.name}" of dtype "${raw.dtype}"`);
  }
  return inputs.flatMap((output, input): Feed[] => {
    if (output.dtype === "float32") return [{ output, input, encoder: null }];
    const behind = nodes.filter((node) =>
      !isTraced(node) && node.outputs[0].dtype === "float32" && originOf(node.inputs[0]) === output
    );
    return behind.map(({ layer, outputs: [output] }) => ({ output, input, encoder: layer as unknown as Encoder }));
  });
}

function listNames(inputs: readonly LayerOutput[]): string {
  return inputs.length === 0 ? "" : `: ${inputs.map(({ name }) => `"${name}"`).join(", ")}`;
}

/** The calls under the outputs, each after those that it reads, and the input layers among them. Depth first, without recursion. */
function sortNodes(outputs: readonly LayerOutput[]): { nodes: LayerNode[]; reached: LayerNode[] } {
  const nodes: LayerNode[] = [];
  const reached: LayerNode[] = [];
  const begun = new Set<LayerNode>();
  const done = new Set<LayerNode>();
  const pending = outputs.map(({ node }) => node).reverse();
  while (pending.length > 0) {
    const node = pending[pending.length - 1];
    if (done.has(node) || begun.has(node)) {
      pending.pop();
      if (done.has(node)) continue;
      done.add(node);
      (node.inputs.length === 0 ? reached : nodes).push(node);
      continue;
    }
    begun.add(node);
    const sources = sourcesOf(node);
    for (let i = sources.length - 1; i >= 0; i--) {
      const before = sources[i].node;
      if (!begun.has(before)) pending.push(before);
    }
  }
  return { nodes, reached };
}
