import { kernels } from "../kernels/gen/kernels.ts";
import type { LoadedProgram } from "./loaded_program.ts";

/**
 * The code of what all ranks have left to do of a run that was broken off: phase by phase, rank by rank, without barriers.
 *
 * @param at the address of the next instruction of every rank
 */
export function restOfRun(loaded: LoadedProgram, at: readonly number[]): Int32Array {
  const phases: Int32Array[][] = [];
  const barrier = kernels["team_barrier"][0];
  const words = new Map(Object.values(kernels).map(([opcode, signature]) => [opcode, 1 + signature.length]));
  loaded.codes.forEach((code, rank) => {
    const from = (at[rank] - loaded.addresses[rank]) / 4;
    let phase = 0;
    for (let i = 0; code[i] !== 0;) {
      const length = words.get(code[i])!;
      if (code[i] === barrier) phase++;
      else if (i >= from) (phases[phase] ??= []).push(code.subarray(i, i + length));
      i += length;
    }
  });
  const parts = phases.flat();
  const rest = new Int32Array(parts.reduce((sum, part) => sum + part.length, 1));
  let end = 0;
  for (const part of parts) {
    rest.set(part, end);
    end += part.length;
  }
  return rest;
}
