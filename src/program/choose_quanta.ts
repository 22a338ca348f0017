import type { KernelCall, Split } from "../ops/op.ts";
import { shareOf } from "./share_of.ts";

/** Shares that are so many times as large as they could be are cut finer. */
const UNEVEN = 1.25;

/**
 * Cuts the batch at fewer units than 4 where shares would be uneven otherwise: few large samples shall use all threads.
 *
 * Kernels store whole vectors, so that a share must end on one; where every unit of what is written is whole vectors, shares may end at any
 * unit. Other instructions keep a quantum of 2 or 4, and threads meet before them where the cuts differ.
 */
export function chooseQuanta(instructions: readonly KernelCall[], ranks: number): readonly KernelCall[] {
  if (ranks === 1) return instructions;
  return instructions.map((call) => {
    const { split, args } = call;
    if (split === null || split.axis !== "batch" || !isUneven(split, ranks)) return call;
    let quantum = split.least ?? split.quantum;
    for (const arg of args) {
      if (typeof arg === "number" || arg.kind !== "write") continue;
      while (quantum < split.quantum && arg.stride * quantum % 4 !== 0) quantum *= 2;
    }
    return quantum === split.quantum ? call : { ...call, split: { ...split, quantum } };
  });
}

/** Whether the largest share is far above an even one. */
function isUneven(split: Split, ranks: number): boolean {
  for (let rank = 0; rank < ranks; rank++) {
    const { begin, end } = shareOf(split, rank, ranks);
    if ((end - begin) * ranks > UNEVEN * split.extent) return true;
  }
  return false;
}
