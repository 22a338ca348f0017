import { kernels } from "../kernels/gen/kernels.ts";
import type { BufferPlace, Program } from "./program.ts";
import { shareOf } from "./share_of.ts";

/**
 * Writes the instructions of one rank as 32-bit words: opcode, then one word an argument; 0 ends the program.
 *
 * A program for several ranks has a barrier before every phase but the first. The one at its end is not in the code: once a rank has
 * passed it, another program may lie where this one was.
 *
 * A rank's own part of a buffer must lie within it: a program that was made for fewer ranks than it has is refused.
 *
 * @param addressOf the byte address of a buffer's place
 * @param control the byte address of the team's control block; needed with several ranks
 */
export function encodeProgram(
  program: Program,
  addressOf: (place: BufferPlace) => number,
  rank = 0,
  control = 0,
): Int32Array<ArrayBuffer> {
  const { ranks } = program;
  const barrier = kernels["team_barrier"][0];
  const phases = new Set(program.barriers);
  let words = 1 + 4 * phases.size;
  for (const { args } of program.instructions) words += 1 + args.length;
  const code = new Int32Array(words);
  const floats = new Float32Array(code.buffer);
  const addresses = program.buffers.map((buffer) => addressOf(buffer.place));
  let at = 0;
  const meet = (): void => {
    code[at++] = barrier;
    code[at++] = control;
    code[at++] = rank;
    code[at++] = ranks;
  };
  program.instructions.forEach(({ kernel, args, split }, position) => {
    if (phases.has(position)) meet();
    const { begin, end } = shareOf(split, rank, ranks);
    if (end <= begin) return;
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
      } else if (arg.kind === "rank") {
        const { elements, name } = program.buffers[arg.ref.buffer];
        if (arg.ref.offset + arg.stride * ranks > elements) {
          throw new Error(`Kernel ${kernel}: ${name} has no part for each of ${ranks} threads in ${elements} elements`);
        }
        code[at++] = addresses[arg.ref.buffer] + 4 * (arg.ref.offset + arg.stride * rank);
      }
    }
  });
  return code.subarray(0, at + 1);
}
