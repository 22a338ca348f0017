import { streamOfNormals } from "../evolution/row_streams.ts";
import { begin, count, type KernelCall, read, type Split, write } from "../ops/op.ts";
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
 * normal numbers, those of the stream of row 2p. The step is the cell of all programs.
 */
export function composePairs({ block, stride, members, center, sigma, seed, ranks }: PairsRequest): Program {
  const row = (index: number): ProgramBuffer => {
    return { name: `row ${index}`, elements: stride, place: { kind: "model", block, offset: index * stride } };
  };
  const buffers: ProgramBuffer[] = Array.from({ length: members }, (_, index) => row(index));
  const from = buffers.push(row(center)) - 1;
  const step = buffers.push({ name: "step", elements: 1, place: { kind: "model", block: "step", offset: 0 } }) - 1;
  const at = (buffer: number) => ({ buffer, offset: 0 });
  const instructions: KernelCall[] = [];
  for (let pair = 0; pair < members / 2; pair++) {
    const [plus, minus] = [2 * pair, 2 * pair + 1];
    const rank = Math.floor(pair * ranks / (members / 2));
    const split: Split = { axis: "one", extent: stride, quantum: 1, rank };
    const seeds = [seed | 0, Math.floor(seed / 0x100000000) | 0, streamOfNormals(plus) | 0];
    const rows = [write(at(plus), 1), write(at(minus), 1), read(at(from), 1)];
    instructions.push({
      kernel: "draw_normals",
      args: [...rows, read(at(step), 0), sigma, ...seeds, begin(1), count(1)],
      split,
    });
  }
  const cost = { flops: 20 * stride * members, bytes: 16 * stride * members };
  return { buffers, instructions, ranks, barriers: [], cost, arenaElements: 0, inputs: {}, outputs: {} };
}
