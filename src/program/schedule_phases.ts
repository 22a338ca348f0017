import type { Argument, KernelCall } from "../ops/op.ts";
import { shareOf } from "./share_of.ts";

/** Where a buffer lies for the purpose of overlaps: buffers in different spaces are apart. */
export interface BufferSpan {
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
  /** From the first to the last element of all ranks. */
  readonly from: number;
  readonly to: number;
  /** Of columns of a matrix: the length of its rows, and where the first row begins; 0 for other accesses. */
  readonly row: number;
  readonly origin: number;
  /** For each rank, its columns: from … to. */
  readonly columns: readonly (readonly [number, number])[];
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
  const piecesOf = cutSpaces(accesses.flat());
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
  for (const range of ranges) if (range !== null && range[0] <= at) at = Math.max(at, range[1]);
  return at >= piece.to;
}

function areSame(a: Access, b: Access): boolean {
  return a.row === b.row && a.origin === b.origin &&
    a.ranges.every((range, i) => range?.[0] === b.ranges[i]?.[0] && range?.[1] === b.ranges[i]?.[1]) &&
    a.columns.every((columns, i) => columns[0] === b.columns[i][0] && columns[1] === b.columns[i][1]);
}

/** Cuts every space where an access begins or ends, so that only neighbours need to be compared. */
function cutSpaces(accesses: readonly Access[]): (access: Access) => readonly Piece[] {
  const cuts = new Map<string, Set<number>>();
  for (const { space, from, to } of accesses) {
    const found = cuts.get(space);
    if (found === undefined) cuts.set(space, new Set([from, to]));
    else found.add(from).add(to);
  }
  const spaces = new Map<string, { readonly pieces: readonly Piece[]; readonly index: ReadonlyMap<number, number> }>();
  for (const [space, points] of cuts) {
    const sorted = [...points].sort((a, b) => a - b);
    const pieces = sorted.slice(1).map((to, i): Piece => ({ from: sorted[i], to, readers: [], writers: [] }));
    spaces.set(space, { pieces, index: new Map(sorted.map((point, i) => [point, i])) });
  }
  return ({ space, from, to }) => {
    const { pieces, index } = spaces.get(space)!;
    return pieces.slice(index.get(from), index.get(to));
  };
}

function accessesOf(call: KernelCall, spanOf: (buffer: number) => BufferSpan, ranks: number): Access[] {
  const shares = Array.from({ length: ranks }, (_, rank) => shareOf(call.split, rank, ranks));
  const accesses: Access[] = [];
  for (const arg of call.args) {
    if (typeof arg === "number" || !("ref" in arg)) continue;
    const { space, offset, elements } = spanOf(arg.ref.buffer);
    const start = offset + arg.ref.offset;
    const end = offset + elements;
    const ranges = shares.map(({ begin, end: last }, rank): readonly [number, number] | null => {
      if (last <= begin) return null;
      if (arg.kind === "rank") return [start + rank * arg.stride, start + (rank + 1) * arg.stride];
      if (arg.stride === 0) return [start, end];
      if (isColumns(arg)) return [start + arg.stride * begin, end];
      return [start + arg.stride * begin, Math.min(end, start + arg.stride * last)];
    });
    const row = isColumns(arg) ? arg.rowElements : 0;
    const columns = row === 0 ? [] : shares.map(({ begin, end }): readonly [number, number] => {
      const first = arg.ref.offset % row;
      return [first + arg.stride * begin, first + arg.stride * end];
    });
    const touched = ranges.filter((range) => range !== null);
    if (touched.length === 0) continue;
    const from = Math.min(...touched.map(([first]) => first));
    const to = Math.max(...touched.map(([, last]) => last));
    accesses.push({ space, writes: arg.kind !== "read", ranges, from, to, row, origin: offset, columns });
  }
  return accesses;
}

function relate(a: Access, b: Access): number {
  let relation = APART;
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
  return relation;
}

/** Whether a share is columns of a matrix, none of which goes beyond the end of a row. */
function isColumns(arg: Argument): arg is Argument & { readonly rowElements: number } {
  return typeof arg === "object" && "rowElements" in arg && arg.rowElements !== undefined;
}

function share(a: readonly [number, number], b: readonly [number, number]): boolean {
  return a[0] < b[1] && b[0] < a[1];
}
