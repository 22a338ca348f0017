import { Graph } from "../../src/graph/graph.ts";
import { applyOp } from "./apply_op.ts";
import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import type { Numerics } from "../../src/kernels/numerics.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import type { Attributes, Symbolic } from "../../src/tensor/symbolic.ts";
import type { Shape } from "../../src/tensor/shape.ts";

/** What a kernel run gives: the output, and where the memory changed that it had no business with. */
export interface OpRun {
  readonly y: Float32Array;
  /** Byte offsets of changed words outside the output and its padding. */
  readonly strayWrites: readonly number[];
}

/**
 * Runs one op's kernels over memory that is full of NaN, as `ranks` workers would, phase by phase, the last share first: a share that
 * writes into the next one spoils it.
 *
 * @param inputs float32 data, or a uint32 for a step
 * @param options `inPlace`: the first input is computed (times 1), so that an op that may take its place does
 */
export function runOp(
  op: string,
  inputs: readonly { readonly shape: Shape; readonly data: Float32Array | Uint32Array }[],
  attributes: Attributes,
  { ranks = 1, numerics = "fast" as Numerics, inPlace = false, result = 0 } = {},
): OpRun {
  const graph = new Graph();
  const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const sources: Symbolic[] = [...leaves];
  if (inPlace) sources[0] = graph.apply("scale_by", [leaves[0], graph.constant(1)]);
  const node = applyOp(graph, op, sources, attributes, result);
  const program = compileProgram({
    outputs: [{ name: "y", node }],
    inputs: leaves,
    locate: () => {
      throw new Error("no variables here");
    },
    ranks,
  });
  const arena = 65536;
  const code = arena + 4 * (program.arenaElements + 64);
  const memory = createMemory(code + 65536);
  const { run, heapBase } = bindKernels(memory, numerics);
  if (heapBase > arena) throw new Error(`The kernels' tables end at ${heapBase}`);
  const words = new Uint32Array(memory.buffer);
  words.fill(0x7fc00000, arena / 4, code / 4);
  const addressOf = (place: { readonly kind: string; readonly offset: number }): number => arena + 4 * place.offset;
  inputs.forEach(({ data }, i) => {
    const address = addressOf(program.buffers[program.inputs[`x${i}`]].place);
    words.set(new Uint32Array(data.buffer, data.byteOffset, data.length), address / 4);
  });
  const before = words.slice(arena / 4, code / 4);
  const cuts = [0, ...program.barriers, program.instructions.length];
  for (let phase = 0; phase + 1 < cuts.length; phase++) {
    const instructions = program.instructions.slice(cuts[phase], cuts[phase + 1]);
    for (let rank = ranks - 1; rank >= 0; rank--) {
      new Int32Array(memory.buffer, code).set(
        encodeProgram({ ...program, instructions, barriers: [] }, addressOf, rank),
      );
      run(code);
    }
  }
  const { place, elements } = program.buffers[program.outputs["y"]];
  const start = addressOf(place) / 4;
  const end = start + Math.ceil(elements / 4) * 4;
  // Results of an op that has several lie in a buffer of its own, of which the output is a copy; and it may have scratch.
  const common = program.buffers.filter(({ name }) =>
    (node.op === "part" && name.startsWith(`${op} `)) || name.startsWith(`scratch of ${op} `)
  );
  const isCommon = (at: number): boolean =>
    common.some(({ place, elements }) =>
      at >= addressOf(place) / 4 && at < addressOf(place) / 4 + Math.ceil(elements / 4) * 4
    );
  const strayWrites: number[] = [];
  before.forEach((word, i) => {
    const at = arena / 4 + i;
    if (words[at] !== word && !(at >= start && at < end) && !isCommon(at)) strayWrites.push(4 * at);
  });
  return { y: new Float32Array(memory.buffer.slice(4 * start, 4 * (start + elements))), strayWrites };
}
