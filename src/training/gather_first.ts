import { namePorts } from "../data/name_ports.ts";
import { begin, byBatch, count, type KernelCall, read, write } from "../ops/op.ts";
import type { Program, ProgramBuffer } from "../program/program.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** The block with the words for `gather_rows`. */
export const PLACES = "places";

/** Words for one input: where its samples are, where their order is or 0, and the first of the batch in it. */
export const WORDS_OF_PLACE = 3;

/** The elements of the block `PLACES`, for so many inputs. */
export function wordsOfPlaces(inputs: number): number {
  return wholeVectors(WORDS_OF_PLACE * inputs);
}

/**
 * A program of several threads, preceded by the gathering of its inputs `x/i`: each thread copies its rows from the samples that
 * `SharedSamples` keeps, then all meet.
 */
export function gatherFirst(program: Program, rows: number, inputCount: number): Program {
  const { inputs, buffers, instructions, barriers } = program;
  const places: ProgramBuffer = {
    name: "place of the batch",
    elements: wordsOfPlaces(inputCount),
    place: { kind: "model", block: PLACES, offset: 0 },
  };
  const gathers = namePorts("x", inputCount).map((name, i): KernelCall => {
    const width = buffers[inputs[name]].elements / rows;
    const x = { buffer: inputs[name], offset: 0 };
    const cell = { buffer: buffers.length, offset: WORDS_OF_PLACE * i };
    const args = [write(x, width), read(cell, 0), begin(), count(), width];
    return { kernel: "gather_rows", args, split: byBatch(rows) };
  });
  return {
    ...program,
    buffers: [...buffers, places],
    instructions: [...gathers, ...instructions],
    barriers: [gathers.length, ...barriers.map((position) => position + gathers.length)],
  };
}
