import type { Split } from "../ops/op.ts";

/** The units of a split that one rank does: from … to. */
export interface Share {
  readonly begin: number;
  readonly end: number;
}

/** The units of a split that belong to one rank: whole quanta, as even as they go. Without a split rank 0 does it all. */
export function shareOf(split: Split | null, rank: number, ranks: number): Share {
  if (split === null) return { begin: 0, end: rank === 0 ? 1 : 0 };
  if (split.axis === "every") return { begin: 0, end: split.extent };
  if (split.axis === "one") return { begin: 0, end: rank === split.rank ? split.extent : 0 };
  const blocks = Math.ceil(split.extent / split.quantum);
  const cut = (r: number): number => Math.min(split.extent, Math.floor(blocks * r / ranks) * split.quantum);
  return { begin: cut(rank), end: rank === ranks - 1 ? split.extent : cut(rank + 1) };
}
