import { bindKernels, createMemory } from "../../src/kernels/bind.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/**
 * The values of `outputs` as the kernels compute them in memory that is full of NaN, as `ranks` workers would: phase by phase, the last
 * share first.
 */
export function runGraph(
  leaves: readonly Symbolic[],
  outputs: readonly Symbolic[],
  valueOf: (leaf: Symbolic) => ArrayLike<number>,
  ranks = 1,
): Float32Array[] {
  const program = compileProgram({
    outputs: outputs.map((node, i) => ({ name: `${i}`, node })),
    inputs: leaves,
    locate: () => {
      throw new Error("no variables here");
    },
    ranks,
  });
  const arena = 65536;
  const code = arena + 4 * (program.arenaElements + 64);
  const memory = createMemory(code + 65536);
  const { run } = bindKernels(memory, "fast");
  new Uint32Array(memory.buffer).fill(0x7fc00000, arena / 4, code / 4);
  const addressOf = (place: { readonly offset: number }): number => arena + 4 * place.offset;
  const viewOf = (buffer: number): Float32Array => {
    const { place, elements } = program.buffers[buffer];
    return new Float32Array(memory.buffer, addressOf(place), elements);
  };
  for (const leaf of leaves) viewOf(program.inputs[leaf.attributes.name as string]).set(valueOf(leaf));
  const cuts = [0, ...program.barriers, program.instructions.length];
  for (let phase = 0; phase + 1 < cuts.length; phase++) {
    const instructions = program.instructions.slice(cuts[phase], cuts[phase + 1]);
    for (let rank = ranks - 1; rank >= 0; rank--) {
      const words = encodeProgram({ ...program, instructions, barriers: [] }, addressOf, rank);
      new Int32Array(memory.buffer, code).set(words);
      run(code);
    }
  }
  return outputs.map((_, i) => viewOf(program.outputs[`${i}`]).slice());
}
