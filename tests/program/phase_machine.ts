import type { Argument, KernelCall, Split } from "../../src/ops/op.ts";
import type { BufferSpan } from "../../src/program/schedule_phases.ts";

/** What one unit of an instruction touches: places in memory, as `space:element`. */
interface Touch {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** An instruction that was given to a rank. */
export interface Task {
  readonly index: number;
  readonly rank: number;
  readonly units: readonly number[];
}

/**
 * A machine for instructions as kernels carry them out, element by element. It shares no code with the scheduler: shares, addresses and
 * overlaps are worked out anew. Values are hashes of what was read, so that any change of order between dependent accesses shows.
 */
export class PhaseMachine {
  readonly #calls: readonly KernelCall[];
  readonly #spans: readonly BufferSpan[];
  readonly #ranks: number;

  constructor(calls: readonly KernelCall[], spans: readonly BufferSpan[], ranks: number) {
    this.#calls = calls;
    this.#spans = spans;
    this.#ranks = ranks;
  }

  /** The work of one instruction, rank by rank. */
  tasks(index: number): Task[] {
    const units = unitsOf(this.#calls[index].split, this.#ranks);
    return units.map((own, rank) => ({ index, rank, units: own })).filter((task) => task.units.length > 0);
  }

  /** The places that a task reads and writes. */
  touch({ index, rank, units }: Task): Touch {
    const touches = units.map((unit) => this.#touchUnit(index, rank, unit));
    return { reads: touches.flatMap((t) => t.reads), writes: touches.flatMap((t) => t.writes) };
  }

  /** Reads what one unit needs; the returned function writes what it makes of it. */
  start(memory: Map<string, number>, index: number, rank: number, unit: number): () => void {
    const { reads, writes } = this.#touchUnit(index, rank, unit);
    let hash = 7 + index;
    for (const place of reads) hash = Math.imul(hash ^ (memory.get(place) ?? 0), 0x01000193) >>> 0;
    return () => writes.forEach((place, i) => memory.set(place, Math.imul(hash + i, 0x9E3779B1) >>> 0));
  }

  #touchUnit(index: number, rank: number, unit: number): Touch {
    const { args } = this.#calls[index];
    const reads: string[] = [];
    const writes: string[] = [];
    for (const arg of args) {
      if (typeof arg === "number" || !("ref" in arg)) continue;
      const places = this.#places(arg, rank, unit);
      (arg.kind === "write" ? writes : reads).push(...places);
      if (arg.kind === "rank") writes.push(...places);
    }
    return { reads, writes };
  }

  #places(arg: Extract<Argument, { ref: unknown }>, rank: number, unit: number): string[] {
    const { space, offset, elements } = this.#spans[arg.ref.buffer];
    const from = offset + arg.ref.offset;
    const places: string[] = [];
    const add = (begin: number, end: number): void => {
      for (let i = begin; i < end; i++) places.push(`${space}:${i}`);
    };
    if (arg.kind === "rank") add(from + rank * arg.stride, from + (rank + 1) * arg.stride);
    else if (arg.stride === 0) add(from, offset + elements);
    else if (arg.rowElements !== undefined) {
      for (let start = from + arg.stride * unit; start < offset + elements; start += arg.rowElements) {
        add(start, Math.min(start + arg.stride, offset + elements));
      }
    } else add(from + arg.stride * unit, from + arg.stride * (unit + 1));
    return places;
  }
}

/** The units of every rank: whole quanta in order, the last rank to the end. */
function unitsOf(split: Split | null, ranks: number): number[][] {
  const shares: number[][] = Array.from({ length: ranks }, () => []);
  if (split === null) shares[0].push(0);
  else if (split.axis === "every") { for (const share of shares) share.push(...Array(split.extent).keys()); }
  else {
    const quanta = Math.ceil(split.extent / split.quantum);
    for (let unit = 0; unit < split.extent; unit++) {
      const quantum = Math.floor(unit / split.quantum);
      let owner = 0;
      while (quantum >= Math.floor(quanta * (owner + 1) / ranks)) owner++;
      shares[owner].push(unit);
    }
  }
  return shares;
}
