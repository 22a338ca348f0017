import { layers } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/** Numbers with their shape, the batch first. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What a layer gives for `inputs`, and the gradients of Σ dy · y by each: in float64 and by the kernels. */
export interface LayerRun {
  readonly shape: readonly number[];
  readonly float64: readonly ArrayLike<number>[];
  readonly kernels: readonly ArrayLike<number>[];
}

/** Runs one call of a layer without weights in step 0 of a training, forward and backward: the results are y, then the gradients. */
export function runLayer(layer: layers.Layer, inputs: readonly Numbers[], dy: readonly number[]): LayerRun {
  layer.addNode(inputs.map(({ shape }) => layers.inputLayer({ shape: shape.slice(1) }).open()));
  const graph = new Graph({ batch: inputs[0].shape[0] });
  const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const scope = {
    graph,
    training: true,
    seed: 1,
    masks: new Map(),
    nextIndex: () => 0,
    assign: () => {},
    addLoss: () => {},
    changeLabels: () => {},
    isFrozen: () => false,
    variable: () => {
      throw new Error("no weights here");
    },
  };
  const [y] = layer.trace(scope, leaves, { index: 0, path: "layer", options: {} });
  const weights = graph.input("dy", y.shape);
  const gradients = differentiate(graph, graph.apply("weighted_sum", [y, weights]), leaves) as Symbolic[];
  const outputs = [y, ...gradients];
  const valueOf = (leaf: Symbolic): readonly number[] =>
    leaf.op === "cell" ? [0] : leaf === weights ? dy : inputs[leaves.indexOf(leaf)].data;
  return {
    shape: y.shape,
    float64: evaluateGraph(outputs, (leaf) => Float64Array.from(valueOf(leaf))),
    kernels: runKernels([...leaves, weights], outputs, (leaf) => Float32Array.from(valueOf(leaf))),
  };
}

/** The values of `outputs` as the kernels compute them on one thread, in memory that is full of NaN. The step is 0. */
export function runKernels(
  leaves: readonly Symbolic[],
  outputs: readonly Symbolic[],
  valueOf: (leaf: Symbolic) => Float32Array,
): Float32Array[] {
  const program = compileProgram({
    outputs: outputs.map((node, i) => ({ name: `${i}`, node })),
    inputs: leaves,
    locate: () => ({ block: "step", offset: 0 }),
  });
  const arena = 65536;
  const step = arena + 4 * (program.arenaElements + 64);
  const code = step + 64;
  const memory = createMemory(code + 65536);
  const { run } = bindKernels(memory, "fast");
  new Uint32Array(memory.buffer).fill(0x7fc00000, arena / 4, step / 4);
  const addressOf = (place: { readonly kind: string; readonly offset: number }): number =>
    place.kind === "model" ? step : arena + 4 * place.offset;
  const viewOf = (buffer: number): Float32Array => {
    const { place, elements } = program.buffers[buffer];
    return new Float32Array(memory.buffer, addressOf(place), elements);
  };
  for (const leaf of leaves) viewOf(program.inputs[leaf.attributes.name as string]).set(valueOf(leaf));
  new Int32Array(memory.buffer, code).set(encodeProgram(program, addressOf));
  run(code);
  return outputs.map((_, i) => viewOf(program.outputs[`${i}`]).slice());
}
