import { kernels } from "../memory/gen/kernels.ts";
import type { Split } from "../ops/op.ts";
import type { Home, Program } from "./program.ts";

/** The units of a split that belong to one rank. */
export function shareOf(split: Split | null, rank: number, ranks: number): { begin: number; end: number } {
  if (split === null) return { begin: 0, end: rank === 0 ? 1 : 0 };
  const blocks = Math.ceil(split.extent / split.quantum);
  const cut = (r: number): number => Math.min(split.extent, Math.floor(blocks * r / ranks) * split.quantum);
  return { begin: cut(rank), end: rank === ranks - 1 ? split.extent : cut(rank + 1) };
}

/**
 * Writes the instructions of one rank as 32-bit words: opcode, then one word an argument; 0 ends the program.
 *
 * @param addressOf the byte address of a buffer's home
 */
export function encodeProgram(
  program: Program,
  addressOf: (home: Home) => number,
  rank = 0,
  ranks = 1,
): Int32Array<ArrayBuffer> {
  let words = 1;
  for (const { args } of program.instructions) words += 1 + args.length;
  const code = new Int32Array(words);
  const floats = new Float32Array(code.buffer);
  const addresses = program.buffers.map((buffer) => addressOf(buffer.home));
  let at = 0;
  for (const { kernel, args, split } of program.instructions) {
    const { begin, end } = shareOf(split, rank, ranks);
    if (end <= begin) continue;
    const known = kernels[kernel];
    if (known === undefined) throw new Error(`Unknown kernel "${kernel}"`);
    const [opcode, signature] = known;
    if (signature.length !== args.length) {
      throw new Error(`Kernel ${kernel} takes ${signature.length} arguments (${signature}), got ${args.length}`);
    }
    code[at++] = opcode;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (typeof arg === "number") {
        if (signature[i] === "f") floats[at++] = arg;
        else code[at++] = arg;
      } else if (arg.kind === "count") {
        code[at++] = (end - begin) * arg.times;
      } else if (arg.kind === "begin") {
        code[at++] = begin * arg.times;
      } else if (arg.kind === "none") {
        code[at++] = 0;
      } else if (arg.kind === "read" || arg.kind === "write") {
        code[at++] = addresses[arg.ref.buffer] + 4 * (arg.ref.offset + arg.stride * begin);
      }
    }
  }
  return code.subarray(0, at + 1);
}
