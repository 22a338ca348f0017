import type { Argument, KernelCall } from "../ops/op.ts";
import { type Share, shareOf } from "./share_of.ts";

/** Where a buffer lies for the purpose of overlaps: buffers in different spaces are apart. */
export interface BufferSpan {
  readonly space: string | number;
  /** In elements of the space. */
  readonly offset: number;
  readonly elements: number;
}

/** Instructions in a new order, and the positions before which all threads must meet. */
export interface Schedule {
  readonly instructions: KernelCall[];
  readonly barriers: number[];
}

/** What one instruction touches in one buffer. */
interface Access {
  readonly space: string | number;
  readonly writes: boolean;
  /** For each rank two numbers, from … to; Infinity and −Infinity where it touches nothing. */
  readonly ranges: readonly number[];
  /** From the first to the last element of all ranks. */
  readonly from: number;
  readonly to: number;
  /** Of columns of a matrix: the length of its rows, and where the first row begins; 0 for other accesses. */
  readonly row: number;
  readonly origin: number;
  /** For each rank two numbers, its columns: from … to. */
  readonly columns: readonly number[];
}

/** An access of an instruction that has its phase. */
interface Earlier {
  readonly access: Access;
  readonly phase: number;
}

/** A part of a space that every access takes whole or leaves alone, and those that later ones must heed. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readers: Earlier[];
  writers: Earlier[];
}

/** How two accesses hang together. */
const APART = 0;
/** Only what one rank does in both overlaps: its own order suffices. */
const SAME_RANK = 1;
/** What one rank writes, another one touches: all must meet between them. */
const ACROSS = 2;

/**
 * Puts instructions into as few phases as it can: in the given order, each joins the first phase that is not before one of an instruction
 * that it depends on, and in which no other thread touches what it writes or writes what it touches. Between phases all threads meet.
 *
 * Results do not change: instructions that depend on each other keep their order.
 */
export function schedulePhases(
  instructions: readonly KernelCall[],
  spanOf: (buffer: number) => BufferSpan,
  ranks: number,
): Schedule {
  if (ranks === 1) return { instructions: [...instructions], barriers: [] };
  const accesses = instructions.map((instruction) => accessesOf(instruction, spanOf, ranks));
  const piecesOf = cutSpaces(accesses);
  const phases: KernelCall[][] = [];
  instructions.forEach((instruction, i) => {
    const pieces = accesses[i].map(piecesOf);
    let phase = 0;
    accesses[i].forEach((access, a) => {
      for (const { readers, writers } of pieces[a]) {
        for (const earlier of writers) phase = Math.max(phase, phaseAfter(earlier, access, phase));
        if (access.writes) {
          for (const earlier of readers) phase = Math.max(phase, phaseAfter(earlier, access, phase));
        }
      }
    });
    accesses[i].forEach((access, a) => pieces[a].forEach((piece) => note(piece, { access, phase })));
    (phases[phase] ??= []).push(instruction);
  });
  const barriers: number[] = [];
  let position = 0;
  for (const { length } of phases.slice(0, -1)) barriers.push(position += length);
  return { instructions: phases.flat(), barriers };
}

/** The first phase for `access` as far as `earlier` is concerned. What cannot raise it above `phase` is not looked at. */
function phaseAfter(earlier: Earlier, access: Access, phase: number): number {
  if (earlier.phase + 1 <= phase) return phase;
  const relation = relate(earlier.access, access);
  if (relation === APART) return 0;
  return relation === ACROSS ? earlier.phase + 1 : earlier.phase;
}

/**
 * Adds an access to a piece. A writer takes the place of what it hides: all that stands in an earlier phase, if it writes the whole piece,
 * since whatever follows must heed the writer anyway; and what touches the same elements by the same ranks in the same phase.
 */
function note(piece: Piece, added: Earlier): void {
  const { access, phase } = added;
  if (!access.writes) {
    piece.readers.push(added);
    return;
  }
  const whole = coversPiece(access, piece);
  const stays = (other: Earlier): boolean =>
    other.phase > phase || !(whole && other.phase < phase || areSame(other.access, access));
  piece.readers = piece.readers.filter(stays);
  piece.writers = piece.writers.filter(stays);
  piece.writers.push(added);
}

/** Whether the ranks together touch every element of the piece. Columns may leave some out. */
function coversPiece({ row, ranges }: Access, piece: Piece): boolean {
  if (row > 0) return false;
  let at = piece.from;
  for (let i = 0; i < ranges.length; i += 2) if (ranges[i] <= at) at = Math.max(at, ranges[i + 1]);
  return at >= piece.to;
}

function areSame(a: Access, b: Access): boolean {
  return a.row === b.row && a.origin === b.origin && areEqual(a.ranges, b.ranges) && areEqual(a.columns, b.columns);
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A space, cut where accesses begin or end. */
interface Space {
  readonly points: number[];
  pieces: readonly Piece[];
}

/** Cuts every space where an access begins or ends, so that only neighbours need to be compared. */
function cutSpaces(accesses: readonly (readonly Access[])[]): (access: Access) => readonly Piece[] {
  const spaces = new Map<string | number, Space>();
  for (const each of accesses) {
    for (const { space, from, to } of each) {
      const found = spaces.get(space);
      if (found === undefined) spaces.set(space, { points: [from, to], pieces: [] });
      else found.points.push(from, to);
    }
  }
  for (const space of spaces.values()) {
    const { points } = space;
    points.sort((a, b) => a - b);
    let count = 1;
    for (let i = 1; i < points.length; i++) if (points[i] !== points[count - 1]) points[count++] = points[i];
    points.length = count;
    space.pieces = Array.from({ length: count - 1 }, (_, i) => {
      return { from: points[i], to: points[i + 1], readers: [], writers: [] };
    });
  }
  return ({ space, from, to }) => {
    const { pieces, points } = spaces.get(space)!;
    if (pieces.length === 1) return pieces;
    return pieces.slice(find(points, from), find(points, to));
  };
}

/** Where `value`, which is among them, stands in sorted numbers. */
function find(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function accessesOf({ split, args }: KernelCall, spanOf: (buffer: number) => BufferSpan, ranks: number): Access[] {
  const shares: Share[] = [];
  for (let rank = 0; rank < ranks; rank++) shares.push(shareOf(split, rank, ranks));
  const accesses: Access[] = [];
  for (const arg of args) {
    if (typeof arg === "number" || !("ref" in arg)) continue;
    const { space, offset, elements } = spanOf(arg.ref.buffer);
    const start = offset + arg.ref.offset;
    const end = offset + elements;
    const row = isColumns(arg) ? arg.rowElements : 0;
    const ranges: number[] = [];
    const columns: number[] = [];
    let [from, to] = [Infinity, -Infinity];
    for (let rank = 0; rank < ranks; rank++) {
      const { begin, end: last } = shares[rank];
      let [first, behind] = [Infinity, -Infinity];
      if (last > begin) {
        if (arg.kind === "rank") [first, behind] = [start + rank * arg.stride, start + (rank + 1) * arg.stride];
        else if (arg.stride === 0) [first, behind] = [start, end];
        else [first, behind] = [start + arg.stride * begin, row > 0 ? end : Math.min(end, start + arg.stride * last)];
        from = Math.min(from, first);
        to = Math.max(to, behind);
      }
      ranges.push(first, behind);
      if (row > 0) columns.push(arg.ref.offset % row + arg.stride * begin, arg.ref.offset % row + arg.stride * last);
    }
    if (from > to) continue;
    accesses.push({ space, writes: arg.kind !== "read", ranges, from, to, row, origin: offset, columns });
  }
  return accesses;
}

function relate(a: Access, b: Access): number {
  let relation = APART;
  for (let i = 0; i < a.ranges.length; i += 2) {
    for (let j = 0; j < b.ranges.length; j += 2) {
      if (a.ranges[i] >= b.ranges[j + 1] || b.ranges[j] >= a.ranges[i + 1]) continue;
      const areColumns = a.row > 0 && a.row === b.row && a.origin === b.origin;
      if (areColumns && (a.columns[i] >= b.columns[j + 1] || b.columns[j] >= a.columns[i + 1])) continue;
      if (i !== j) return ACROSS;
      relation = SAME_RANK;
    }
  }
  return relation;
}

/** Whether a share is columns of a matrix, none of which goes beyond the end of a row. */
function isColumns(arg: Argument): arg is Argument & { readonly rowElements: number } {
  return typeof arg === "object" && "rowElements" in arg && arg.rowElements !== undefined;
}
