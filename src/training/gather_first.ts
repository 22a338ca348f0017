import { begin, byBatch, count, read, write } from "../ops/op.ts";
import type { Program, ProgramBuffer } from "../program/program.ts";

/** Where the words for `gather_rows` are: in the block `step`, behind the step's number. */
export const GATHER_WORDS = 1;

/**
 * A program of several threads, preceded by the gathering of its input `x`: each thread copies its rows from the samples that `SharedSamples`
 * keeps, then all meet.
 */
export function gatherFirst(program: Program, rows: number): Program {
  const { inputs, instructions, barriers } = program;
  const place: ProgramBuffer = {
    name: "place of the batch",
    elements: 3,
    place: { kind: "model", block: "step", offset: GATHER_WORDS },
  };
  const width = program.buffers[inputs.x].elements / rows;
  const cell = { buffer: program.buffers.length, offset: 0 };
  const x = { buffer: inputs.x, offset: 0 };
  const args = [write(x, width), read(cell, 0), begin(), count(), width];
  return {
    ...program,
    buffers: [...program.buffers, place],
    instructions: [{ kernel: "gather_rows", args, split: byBatch(rows) }, ...instructions],
    barriers: [1, ...barriers.map((position) => position + 1)],
  };
}
