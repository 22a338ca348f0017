import { byParameter, count, type KernelCall, none, read, write } from "../ops/op.ts";
import type { BufferPlace, Program, ProgramBuffer } from "./program.ts";

/** Which rows are added up, and where the sum goes. */
export interface RowSumRequest {
  /** The block of rows, and elements from one to the next. */
  readonly block: string;
  readonly stride: number;
  /** How many rows: 0, `every`, 2 · `every`, … */
  readonly rows: number;
  readonly every: number;
  /** The block with what each row is multiplied by, from its beginning on. */
  readonly shares: string;
  /** The block with the sum, in the layout of a row. */
  readonly into: string;
  /** The parts of a row that count; what is between them stays. */
  readonly parts: readonly { readonly slot: number; readonly elements: number }[];
  readonly ranks: number;
}

/** The program that adds rows up, each times its share: products of a row of shares with a matrix. Threads share the columns. */
export function composeRowSum({ block, stride, rows, every, shares, into, parts, ranks }: RowSumRequest): Program {
  const buffers: ProgramBuffer[] = [];
  const add = (name: string, elements: number, block: string, offset: number) => {
    const place: BufferPlace = { kind: "model", block, offset };
    return { buffer: buffers.push({ name, elements, place }) - 1, offset: 0 };
  };
  const factors = add("shares", rows, shares, 0);
  const step = every * stride;
  const instructions = parts.map(({ slot, elements }): KernelCall => {
    const sum = write(add("sum", elements, into, slot), 1);
    const from = read(add("rows", (rows - 1) * step + elements, block, slot), 1);
    const args = [sum, read(factors, 0), from, none, 1, count(1), rows, rows, step, elements];
    return { kernel: "matmul_small_n", args, split: byParameter(elements, 32) };
  });
  const elements = parts.reduce((sum, part) => sum + part.elements, 0);
  const cost = { flops: 2 * rows * elements, bytes: 4 * rows * elements };
  return { buffers, instructions, ranks, barriers: [], cost, arenaElements: 0, inputs: {}, outputs: {} };
}
