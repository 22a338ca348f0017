import type { PortShapes } from "../data/signature.ts";
import { evaluateGraph } from "../graph/evaluate_graph.ts";
import { Graph } from "../graph/graph.ts";
import type { ReferenceValue } from "../ops/op.ts";
import { opNamed } from "../ops/table.ts";
import { transposeMatrix } from "../ops/transpose_matrix.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { type Attributes, map, type Symbolic } from "../tensor/symbolic.ts";
import type { Network } from "../training/network.ts";
import { plainConvolution } from "./plain_convolution.ts";

/** Samples that the graph is traced for; what does not scale with it cannot be compiled for any number of samples. */
export const TRACED_ROWS = 8;

/** What graphs call the model's input. */
export const INPUT = "x/0";

/** Offsets beyond this, in units of the scaled data, are not folded: the product would lose digits. */
const LARGEST_OFFSET = 16;

/** A tensor that is known when the model is compiled. */
export interface Weight {
  readonly kind: "weight";
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float64Array;
}

/** A tensor that depends on the input, while the graph is folded. */
type InferenceNode =
  | { readonly kind: "input"; readonly name: string; readonly shape: Shape }
  /** The same row for every sample. */
  | { readonly kind: "spread"; readonly row: Weight; readonly shape: Shape; readonly layer: string }
  | {
    readonly kind: "product";
    readonly x: InferenceNode;
    readonly kernel: Weight;
    readonly bias: Weight | null;
    readonly relu: boolean;
    readonly shape: Shape;
    /** What a convolution is applied to, and how; null for a product of matrices. */
    readonly convolution: { readonly input: Shape; readonly attributes: Attributes } | null;
  }
  | {
    readonly kind: "call";
    readonly node: Symbolic;
    readonly inputs: readonly (InferenceNode | Weight)[];
    readonly shape: Shape;
  };

/** x · scale + offset, one number or one a column. */
export interface Scaling {
  readonly scale: readonly number[];
  readonly offset: readonly number[];
}

/** A scaling as a call computes it: (x − centre) · scale + offset, one number or one a column. */
interface CentredScaling extends Scaling {
  readonly centre: readonly number[];
}

/** What is folded: layers that are traced, with the values of their weights. */
export interface InferenceSource {
  /** Adds inputs and layers to a graph for so many samples, and gives what is computed: always the same but for their number. */
  trace(graph: Graph, rows: number): readonly Symbolic[];
  /** The values of a variable. */
  valuesOf(name: string): Float32Array;
}

/** The forward pass of a model, folded. */
export interface InferenceGraph {
  /** The nodes of the outputs, in a graph for `TRACED_ROWS` samples with the source's inputs. */
  readonly outputs: readonly Symbolic[];
  /** The variables of that graph, by name, in the order in which nodes read them. */
  readonly weights: ReadonlyMap<string, Weight>;
  /** The first output in float64, for as many samples as the graph was traced for, of the layers as they are: nothing is folded. */
  readonly evaluateModel: (input: Float64Array) => Float64Array;
  /** How the model scales its input first of all. */
  readonly normalization: Scaling | null;
}

/** The layers of a network with one input and one output. */
export function sourceOf(network: Network, shapes: PortShapes | null): InferenceSource {
  const [sample] = network.settle(shapes).inputs;
  return {
    trace: (graph, rows) => network.trace(graph, [graph.input(INPUT, [rows, ...sample])], false),
    valuesOf: (name) => network.values(network.variableNamed(name)),
  };
}

/**
 * Traces the forward pass, computes in float64 what depends on weights alone, and folds scalings into the products beside them: those
 * behind a product (batch normalization), those before one if `foldInput`; then relu into the product before it.
 */
export function traceInference(
  source: InferenceSource,
  { foldInput }: { readonly foldInput: boolean },
): InferenceGraph {
  const graph = new Graph({ batch: TRACED_ROWS, hasAllKernels: false });
  const traced = source.trace(graph, TRACED_ROWS);
  const isOfBatch = findBatch(source, graph);
  const uses = countUses(traced);
  const known = new Map<number, InferenceNode | Weight>();
  let normalization: Scaling | null = null;
  // Read once; and if it is another's elements under another shape, that one too.
  const isFree = (node: Symbolic): boolean =>
    uses.get(node.id) === 1 && (!opNamed(node.op).alias || isFree(node.inputs[0]));
  const valuesOf = (node: Symbolic): Float64Array => {
    return Float64Array.from(source.valuesOf(node.attributes.name as string));
  };

  const convert = (node: Symbolic): InferenceNode | Weight => {
    const { op, shape, attributes } = node;
    if (op === "input") return { kind: "input", name: attributes.name as string, shape };
    if (op === "variable") {
      return { kind: "weight", name: attributes.name as string, shape, values: valuesOf(node) };
    }
    const inputs = node.inputs.map(nodeOf);
    if (inputs.every((input) => input.kind === "weight")) {
      const values = opNamed(op).evaluate(
        inputs.map(({ shape, values }): ReferenceValue => ({ shape, data: values })),
        node,
      );
      const weight = { kind: "weight", name: `${node.layer || "model"}/constant_${node.id}`, shape, values } as const;
      return isOfBatch(node) ? spread(weight, node) : weight;
    }
    if (op === "reshape") return inputs[0]; // the same elements in the same order
    const own: InferenceNode = { kind: "call", node, inputs, shape };
    const [source, kernel, bias] = inputs;
    if (
      (op === "conv" || op === "conv_input") && source.kind !== "weight" && kernel.kind === "weight" &&
      (bias === undefined || bias.kind === "weight")
    ) return convolutionOf(node, source, kernel, bias ?? null);
    if (
      op === "matmul" && source.kind !== "weight" && kernel.kind === "weight" && kernel.shape.length === 2 &&
      !attributes.transposeA &&
      (bias === undefined || bias.kind === "weight")
    ) {
      const product = {
        kind: "product",
        x: source,
        kernel: attributes.transposeB ? transpose(kernel) : kernel,
        bias: bias ?? null,
        relu: false,
        shape,
        convolution: null,
      } as const;
      return foldInput && isFree(node.inputs[0]) ? foldBefore(product) : product;
    }
    const scaling = scalingOf(own);
    if (
      scaling !== null && source.kind === "input" && source.name === INPUT && isFree(node.inputs[0]) &&
      fits(scaling, source.shape)
    ) {
      normalization = { scale: scaling.scale, offset: offsetsOf(scaling) };
    }
    if (source.kind !== "product" || source.relu || !isFree(node.inputs[0])) return own;
    if (op === "map" && attributes.formula === "relu") return { ...source, relu: true, shape };
    return scaling !== null && fits(scaling, source.kernel.shape) && isNear(scaling, source.bias)
      ? foldBehind(source, scaling, shape)
      : own;
  };
  const nodeOf = (node: Symbolic): InferenceNode | Weight => {
    let found = known.get(node.id);
    if (found === undefined) known.set(node.id, found = convert(node));
    return found;
  };
  const outputs = traced.map(nodeOf);
  const evaluateModel = (input: Float64Array): Float64Array =>
    evaluateGraph([traced[0]], (leaf) => leaf.op === "input" ? input : valuesOf(leaf))[0];
  return { ...emitGraph(outputs), evaluateModel, normalization };
}

/** A convolution as the edge runtimes have them: as a product; of a transposed one with strides the pixels are put in order behind it. */
function convolutionOf(node: Symbolic, x: InferenceNode, kernel: Weight, bias: Weight | null): InferenceNode {
  const plain = plainConvolution(node, { shape: kernel.shape, data: kernel.values }, bias && bias.values);
  const g = new Graph({ batch: TRACED_ROWS, shapesOnly: true });
  g.layer = node.layer;
  const image = g.input("x", node.inputs[0].shape);
  const conv = g.apply("conv", [image, g.variable(kernel.name, plain.kernel.shape)], plain.attributes);
  const product: InferenceNode = {
    kind: "product",
    x,
    kernel: { ...kernel, shape: plain.kernel.shape, values: plain.kernel.data },
    bias: bias && { ...bias, shape: [plain.bias!.length], values: plain.bias! },
    relu: false,
    shape: conv.shape,
    convolution: { input: image.shape, attributes: plain.attributes },
  };
  const { phases, size } = plain, count = phases.length;
  if (phases.every((phase) => phase === 1)) return product;
  const [batch, ...spatial] = conv.shape.slice(0, -1), channels = node.shape[node.shape.length - 1];
  const parted = g.apply("reshape", [conv], { shape: [batch, ...spatial, ...phases, channels] });
  const axes = [0, ...phases.flatMap((_, i) => [1 + i, 1 + count + i]), 1 + 2 * count];
  const ordered = g.apply("transpose", [parted], { axes });
  const pixels = g.apply("reshape", [ordered], {
    shape: [batch, ...spatial.map((length, i) => length * phases[i]), channels],
  });
  const all: InferenceNode = { kind: "call", node: ordered, inputs: [product], shape: ordered.shape };
  if (size.every((length, i) => length === pixels.shape[1 + i])) return all;
  const inner = g.apply("slice", [pixels], { begin: pixels.shape.map(() => 0), size: node.shape });
  return { kind: "call", node: inner, inputs: [all], shape: inner.shape };
}

/** Makes the graph of folded nodes, sources first. */
function emitGraph(outputs: readonly (InferenceNode | Weight)[]): Pick<InferenceGraph, "outputs" | "weights"> {
  const graph = new Graph({ batch: TRACED_ROWS });
  const weights = new Map<string, Weight>();
  const known = new Map<InferenceNode, Symbolic>();
  const variableOf = (weight: Weight): Symbolic => {
    const kept = weights.get(weight.name);
    if (kept !== undefined && kept.values !== weight.values) return variableOf({ ...weight, name: `${weight.name}'` });
    weights.set(weight.name, weight);
    return graph.variable(weight.name, weight.shape);
  };
  const emit = (node: InferenceNode | Weight): void => {
    if (node.kind === "weight" || known.has(node)) return;
    if (node.kind === "product") emit(node.x);
    if (node.kind === "call") node.inputs.forEach(emit);
    known.set(node, add(node));
  };
  const add = (node: InferenceNode): Symbolic => {
    if (node.kind === "input") return graph.input(node.name, node.shape);
    if (node.kind === "spread") return addSpread(node);
    if (node.kind === "call") {
      graph.layer = node.node.layer;
      const inputs = node.inputs.map((input, i) => take(input, node.node.inputs[i].shape));
      return graph.apply(node.node.op, inputs, node.node.attributes);
    }
    const { x: { shape }, convolution } = node;
    const weights = [node.kernel, ...node.bias ? [node.bias] : []].map(variableOf);
    const [k] = node.kernel.shape;
    const rows = shape[shape.length - 1] === k ? shape : [sizeOf(shape) / k, k];
    const x = take(node.x, convolution === null ? rows : convolution.input);
    const product = graph.apply(convolution === null ? "matmul" : "conv", [x, ...weights], convolution?.attributes);
    return node.relu ? map(graph, "relu", [product]) : product;
  };
  const addSpread = ({ row, shape, layer }: InferenceNode & { kind: "spread" }): Symbolic => {
    const [first] = row.values;
    graph.layer = layer;
    if (row.values.every((v) => v === first)) return graph.constant(first, shape);
    const rows = graph.apply("broadcast_columns", [variableOf(row)], { leading: [TRACED_ROWS] });
    return graph.apply("reshape", [rows], { shape });
  };
  /** The node's value under another shape: where the model changes it, there is no node between. */
  const take = (node: InferenceNode | Weight, shape: Shape): Symbolic => {
    const found = node.kind === "weight" ? variableOf(node) : known.get(node)!;
    const isSame = found.shape.length === shape.length && found.shape.every((size, i) => size === shape[i]);
    return isSame ? found : graph.apply("reshape", [found], { shape });
  };
  outputs.forEach(emit);
  const isComputed = outputs.every((output) => output.kind !== "weight") &&
    graph.nodes.some(({ op }) => op === "input");
  if (!isComputed) throw new TypeError("Cannot compile model: its output must depend on its input");
  return {
    outputs: outputs.map((output) => {
      const y = known.get(output as InferenceNode)!;
      // What is a part of other results is copied, so that the output lies in memory of its own.
      return isPart(y) ? graph.apply("transpose", [y], { axes: y.shape.map((_, axis) => axis) }) : y;
    }),
    weights,
  };
}

/** Whether a node of the traced graph has an axis that grows with the samples: found by tracing for another number of them. */
function findBatch(source: InferenceSource, traced: Graph): (node: Symbolic) => boolean {
  const graph = new Graph({ batch: 2 * TRACED_ROWS, shapesOnly: true, hasAllKernels: false });
  source.trace(graph, 2 * TRACED_ROWS);
  if (graph.nodes.length !== traced.nodes.length) {
    throw new RangeError("Cannot compile model: its layers must do the same for any number of samples");
  }
  return ({ id, shape }) => sizeOf(graph.nodes[id].shape) !== sizeOf(shape);
}

/** What does not depend on the input, but has a row for every sample: all of them are the same. */
function spread(weight: Weight, { op, layer, shape }: Symbolic): InferenceNode {
  const values = weight.values.subarray(0, weight.values.length / TRACED_ROWS);
  if (shape[0] % TRACED_ROWS !== 0 || !weight.values.every((v, i) => Object.is(v, values[i % values.length]))) {
    throw new RangeError(`Cannot compile model: ${op} of layer "${layer}" does not work sample by sample`);
  }
  return { kind: "spread", row: { ...weight, shape: [values.length], values }, shape, layer };
}

/** Whether a node's value is a part of the results of an op with several, maybe under another shape. */
function isPart({ op, inputs }: Symbolic): boolean {
  return op === "part" || op === "reshape" && isPart(inputs[0]);
}

/** How often each node's value is read; a reshape counts as its source's reader. */
function countUses(outputs: readonly Symbolic[]): Map<number, number> {
  const uses = new Map<number, number>();
  for (const { id } of outputs) uses.set(id, 1 + (uses.get(id) ?? 0));
  const pending = [...outputs];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const input of node.inputs) {
      const count = uses.get(input.id) ?? 0;
      uses.set(input.id, count + 1);
      if (count === 0) pending.push(input);
    }
  }
  return uses;
}

/** The scaling that a call is, if it is one. */
function scalingOf({ node, inputs }: InferenceNode & { kind: "call" }): CentredScaling | null {
  if (node.op === "map" && node.attributes.formula === "affine") {
    const scalars = node.attributes.scalars as { scale: number; offset: number };
    return { centre: [0], scale: [Math.fround(scalars.scale)], offset: [Math.fround(scalars.offset)] };
  }
  if (node.op !== "scale_columns" && node.op !== "normalize_columns") return null;
  const vectors = inputs.slice(1).map((input) => input.kind === "weight" ? [...input.values] : null);
  if (vectors.includes(null)) return null;
  const [first, second, third] = vectors as number[][];
  const none = first.map(() => 0);
  if (node.op === "scale_columns") return { centre: none, scale: first, offset: second ?? none };
  return { centre: first, scale: second, offset: third ?? none };
}

/** What is added when a scaling is written as x · scale + offset. */
function offsetsOf({ centre, scale, offset }: CentredScaling): number[] {
  return scale.map((s, j) => offset[j] - centre[j] * s);
}

/** Whether a scaling has one number, or one for every column of `shape`. */
function fits({ scale }: Scaling, shape: Shape): boolean {
  return scale.length === 1 || scale.length === shape[shape.length - 1];
}

/** Whether a scaling behind a product takes away so little that its digits are the product's own: else the sum would cancel. */
function isNear({ centre, scale }: CentredScaling, bias: Weight | null): boolean {
  const biases = bias?.values ?? new Float64Array(scale.length);
  return biases.every((b, j) => at(centre, j) === 0 || Math.abs((b - at(centre, j)) * at(scale, j)) <= LARGEST_OFFSET);
}

const at = (values: readonly number[], i: number): number => values[values.length === 1 ? 0 : i];

/** (x · s + o) · W + b = x · (diag(s) · W) + (o · W + b) */
function foldBefore(product: InferenceNode & { kind: "product" }): InferenceNode {
  const { x, kernel, bias } = product;
  if (x.kind !== "call") return product;
  const scaling = scalingOf(x);
  const source = x.inputs[0];
  const [k, n] = kernel.shape;
  if (scaling === null || source.kind === "weight") return product;
  const { scale } = scaling;
  const offsets = offsetsOf(scaling);
  if (!offsets.every((o) => Math.abs(o) <= LARGEST_OFFSET) || scale.length !== 1 && scale.length !== k) return product;
  const values = kernel.values.map((w, i) => w * at(scale, Math.floor(i / n)));
  const sums = bias === null ? new Float64Array(n) : bias.values.slice();
  kernel.values.forEach((w, i) => sums[i % n] += w * at(offsets, Math.floor(i / n)));
  return { ...product, x: source, kernel: { ...kernel, values }, bias: biasOf(product, sums) };
}

/** (x · W + b − c) · s + o = x · (W · diag(s)) + ((b − c) · s + o) */
function foldBehind(
  product: InferenceNode & { kind: "product" },
  { centre, scale, offset }: CentredScaling,
  shape: Shape,
): InferenceNode {
  const { kernel, bias } = product;
  const n = kernel.shape[kernel.shape.length - 1];
  const values = kernel.values.map((w, i) => w * at(scale, i % n));
  const sums = Float64Array.from(
    { length: n },
    (_, j) => ((bias?.values[j] ?? 0) - at(centre, j)) * at(scale, j) + at(offset, j),
  );
  return { ...product, kernel: { ...kernel, values }, bias: biasOf(product, sums), shape };
}

function biasOf({ kernel, bias }: InferenceNode & { kind: "product" }, values: Float64Array): Weight {
  return { kind: "weight", name: bias?.name ?? kernel.name.replace(/[^/]*$/, "bias"), shape: [values.length], values };
}

function transpose(kernel: Weight): Weight {
  const [n, k] = kernel.shape;
  return { ...kernel, shape: [k, n], values: transposeMatrix(kernel.values, n, k) };
}
