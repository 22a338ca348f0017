import type { Argument, KernelCall } from "../ops/op.ts";
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
  /** Of columns of a matrix: the length of its rows, and where the first row begins; 0 for other accesses. */
  readonly row: number;
  readonly origin: number;
  /** For each rank, its columns: from … to. */
  readonly columns: readonly (readonly [number, number])[];
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
      if (arg.stride === 0) return [start, end];
      if (isColumns(arg)) return [start + arg.stride * begin, end];
      return [start + arg.stride * begin, Math.min(end, start + arg.stride * last)];
    });
    const row = isColumns(arg) ? arg.spread : 0;
    const columns = row === 0 ? [] : shares.map(({ begin, end }): readonly [number, number] => {
      const first = arg.ref.offset % row;
      return [first + arg.stride * begin, first + arg.stride * end];
    });
    accesses.push({ space, writes: arg.kind !== "read", ranges, row, origin: offset, columns });
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
          if (a.row > 0 && a.row === b.row && a.origin === b.origin && !share(a.columns[i], b.columns[j])) continue;
          if (i !== j) return ACROSS;
          relation = SAME_RANK;
        }
      }
    }
  }
  return relation;
}

/** Whether a share is columns of a matrix, none of which goes beyond the end of a row. */
function isColumns(arg: Argument): arg is Argument & { readonly spread: number } {
  return typeof arg === "object" && "spread" in arg && arg.spread !== undefined;
}

function share(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
