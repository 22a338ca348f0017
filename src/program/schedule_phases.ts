import type { KernelCall } from "../ops/op.ts";
import { shareOf } from "./share_of.ts";

/** Where a buffer lies for the purpose of overlaps: buffers in different spaces are apart. */
export interface Footing {
  readonly space: string;
  /** In elements of the space. */
  readonly offset: number;
  readonly elements: number;
}

/** Instructions in a new order, and the positions before which all threads must meet. */
export interface Schedule {
  readonly instructions: KernelCall[];
  readonly barriers: number[];
}

/** What one instruction touches in one buffer: for each rank, from … to, or nothing. */
interface Access {
  readonly space: string;
  readonly writes: boolean;
  readonly ranges: readonly (readonly [number, number] | null)[];
}

/** How two instructions hang together. */
const APART = 0;
/** Only what one rank does in both overlaps: its own order suffices. */
const SAME_RANK = 1;
/** What one rank writes, another one touches: all must meet between them. */
const ACROSS = 2;

/**
 * Puts instructions into as few phases as it can: in the given order, each joins the current phase if nothing that it depends on is left
 * out, and if no thread would touch what another one writes in that phase. Between phases all threads meet.
 *
 * Results do not change: instructions that depend on each other keep their order.
 */
export function schedulePhases(
  instructions: readonly KernelCall[],
  footingOf: (buffer: number) => Footing,
  ranks: number,
): Schedule {
  if (ranks === 1) return { instructions: [...instructions], barriers: [] };
  const accesses = instructions.map((instruction) => accessesOf(instruction, footingOf, ranks));
  const scheduled: KernelCall[] = [];
  const barriers: number[] = [];
  let left = instructions.map((_, i) => i);
  while (left.length > 0) {
    const phase: number[] = [];
    const later: number[] = [];
    for (const j of left) {
      const waits = later.some((i) => relate(accesses[i], accesses[j]) !== APART) ||
        phase.some((i) => relate(accesses[i], accesses[j]) === ACROSS);
      (waits ? later : phase).push(j);
    }
    if (scheduled.length > 0) barriers.push(scheduled.length);
    scheduled.push(...phase.map((i) => instructions[i]));
    left = later;
  }
  return { instructions: scheduled, barriers };
}

function accessesOf(call: KernelCall, footingOf: (buffer: number) => Footing, ranks: number): Access[] {
  const shares = Array.from({ length: ranks }, (_, rank) => shareOf(call.split, rank, ranks));
  const accesses: Access[] = [];
  for (const arg of call.args) {
    if (typeof arg === "number" || !("ref" in arg)) continue;
    const { space, offset, elements } = footingOf(arg.ref.buffer);
    const start = offset + arg.ref.offset;
    const end = offset + elements;
    const ranges = shares.map(({ begin, end: last }, rank): readonly [number, number] | null => {
      if (last <= begin) return null;
      if (arg.kind === "own") return [start + rank * arg.stride, start + (rank + 1) * arg.stride];
      if (arg.stride === 0 || arg.spread) return [start, end];
      return [start + arg.stride * begin, Math.min(end, start + arg.stride * last)];
    });
    accesses.push({ space, writes: arg.kind !== "read", ranges });
  }
  return accesses;
}

function relate(first: readonly Access[], second: readonly Access[]): number {
  let relation = APART;
  for (const a of first) {
    for (const b of second) {
      if (a.space !== b.space || !(a.writes || b.writes)) continue;
      for (let i = 0; i < a.ranges.length; i++) {
        const left = a.ranges[i];
        if (left === null) continue;
        for (let j = 0; j < b.ranges.length; j++) {
          const right = b.ranges[j];
          if (right === null || left[0] >= right[1] || right[0] >= left[1]) continue;
          if (i !== j) return ACROSS;
          relation = SAME_RANK;
        }
      }
    }
  }
  return relation;
}
