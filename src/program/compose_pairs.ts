import { begin, count, type KernelCall, read, write } from "../ops/op.ts";
import { streamOf } from "../tensor/streams.ts";
import type { Program, ProgramBuffer } from "./program.ts";

/** Which rows are drawn, and from what. */
export interface PairsRequest {
  /** The block of rows, and elements from one to the next. */
  readonly block: string;
  readonly stride: number;
  /** How many rows, from the first one on; an even number. */
  readonly members: number;
  /** The row that they lie about. */
  readonly center: number;
  readonly sigma: number;
  readonly seed: number;
  /** With how many threads it runs; each draws whole pairs. */
  readonly ranks: number;
}

/**
 * The program that draws the members of an evolution strategy: rows 2p and 2p + 1 become the row `center` plus and minus sigma times the same
 * normal numbers, a function of (seed, stream, step), a stream for each pair. The step is the cell of all programs.
 */
export function composePairs({ block, stride, members, center, sigma, seed, ranks }: PairsRequest): Program {
  const row = (index: number): ProgramBuffer => {
    return { name: `row ${index}`, elements: stride, place: { kind: "model", block, offset: index * stride } };
  };
  const buffers: ProgramBuffer[] = Array.from({ length: members }, (_, index) => row(index));
  const from = buffers.push(row(center)) - 1;
  const step = buffers.push({ name: "step", elements: 1, place: { kind: "model", block: "step", offset: 0 } }) - 1;
  const instructions = Array.from({ length: members }, (_, index): KernelCall => ({
    kernel: "noise_forward",
    args: [
      write({ buffer: index, offset: 0 }, 1),
      read({ buffer: from, offset: 0 }, 1),
      read({ buffer: step, offset: 0 }, 0),
      index % 2 === 0 ? sigma : -sigma,
      0,
      seed | 0,
      Math.floor(seed / 0x100000000) | 0,
      streamOf("evolution", 1 + (index >> 1)) | 0,
      begin(1),
      count(1),
    ],
    split: { axis: "one", extent: stride, quantum: 1, rank: Math.floor((index >> 1) * ranks / (members >> 1)) },
  }));
  const cost = { flops: 40 * stride * members, bytes: 8 * stride * members };
  return { buffers, instructions, ranks, barriers: [], cost, arenaElements: 0, inputs: {}, outputs: {} };
}
