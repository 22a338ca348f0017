import type { Argument, BufferRef, Cost, KernelCall, Split } from "../ops/op.ts";
import { chooseQuanta } from "./choose_quanta.ts";
import { findLifetimes } from "./find_lifetimes.ts";
import { placeBuffers } from "./place_buffers.ts";
import type { BufferPlace, ModelPlace, Program, ProgramBuffer } from "./program.ts";
import { type BufferSpan, schedulePhases } from "./schedule_phases.ts";

/** A buffer that has no place in the arena yet. */
export interface BufferDraft {
  /** What it holds, for people. */
  readonly name: string;
  readonly elements: number;
  /** Where it is in the model's blocks; null for a buffer in the arena. */
  readonly place: ModelPlace | null;
  /** Whether the caller fills it before the run. */
  readonly isInput: boolean;
}

/** What of a program is filled and read from outside: the numbers of buffers by name. */
export interface ProgramPorts {
  readonly inputs: Readonly<Record<string, number>>;
  readonly outputs: Readonly<Record<string, number>>;
}

/**
 * A program in the making: buffers without addresses, and kernel calls over them in an order in which one thread could run them. Graphs
 * are lowered into it (`lowerGraph`), formulas are applied in it (`applyFormula`), kernels are called.
 *
 * `build` makes it a program for `ranks` threads: quanta, phases, lifetimes, places.
 */
export class ProgramBuilder {
  /** For how many threads it is. */
  readonly ranks: number;
  readonly #buffers: BufferDraft[] = [];
  readonly #instructions: KernelCall[] = [];
  readonly #places: Map<string, number> = new Map();
  #flops = 0;
  #bytes = 0;

  constructor(ranks = 1) {
    this.ranks = ranks;
  }

  /** The buffer `index`. */
  buffer(index: number): BufferDraft {
    return this.#buffers[index];
  }

  /** `elements` of one of the model's blocks from `place` on; what is asked for twice is one buffer. */
  place(place: ModelPlace, elements: number, name = place.block): BufferRef {
    const key = `${place.block} ${place.offset} ${elements}`;
    let buffer = this.#places.get(key);
    if (buffer === undefined) {
      buffer = this.#add({ name, elements, place, isInput: false });
      this.#places.set(key, buffer);
    }
    return { buffer, offset: 0 };
  }

  /** A buffer in the arena that the caller fills before the run. */
  input(name: string, elements: number): BufferRef {
    return { buffer: this.#add({ name, elements, place: null, isInput: true }), offset: 0 };
  }

  /** A buffer of its own: in the arena, where it holds something from its first use to its last; or at `place`. */
  create(name: string, elements: number, place: ModelPlace | null = null): BufferRef {
    return { buffer: this.#add({ name, elements, place, isInput: false }), offset: 0 };
  }

  /** Adds a kernel call. */
  call(kernel: string, args: readonly Argument[], split: Split | null): void {
    this.#instructions.push({ kernel, args, split });
  }

  /** Adds to what a run costs. */
  addCost({ flops, bytes }: Cost): void {
    this.#flops += flops;
    this.#bytes += bytes;
  }

  /**
   * The program. Inputs stay as they were filled, so that a caller need not fill again what does not change.
   *
   * @param rows makes a program whose buffers grow with the number of rows, where this is their number now: places and sizes in the arena are
   * multiples of it, and an input lives as long as it is read
   */
  build({ inputs, outputs }: ProgramPorts = { inputs: {}, outputs: {} }, rows: number | null = null): Program {
    const drafts = this.#buffers;
    const spans = drafts.map(({ place, elements }, buffer): BufferSpan => {
      return { space: place?.block ?? buffer, offset: place?.offset ?? 0, elements };
    });
    const schedule = schedulePhases(
      chooseQuanta(this.#instructions, this.ranks),
      (buffer) => spans[buffer],
      this.ranks,
    );
    const kept = new Set([...rows === null ? Object.values(inputs) : [], ...Object.values(outputs)]);
    const unit = rows ?? 1;
    const lifetimes = findLifetimes(drafts, kept, schedule, this.ranks);
    const inArena = drafts.map((_, i) => i).filter((i) => drafts[i].place === null);
    const { offsets, elements } = placeBuffers(
      inArena.map((i) => ({ ...lifetimes[i], elements: drafts[i].elements / unit })),
    );
    const places: BufferPlace[] = drafts.map(({ place }) => ({ kind: "model", block: "", offset: 0, ...place }));
    inArena.forEach((i, j) => places[i] = { kind: "arena", offset: offsets[j] * unit });
    return {
      buffers: drafts.map(({ name, elements }, i): ProgramBuffer => ({ name, elements, place: places[i] })),
      ...schedule,
      ranks: this.ranks,
      cost: { flops: this.#flops, bytes: this.#bytes },
      arenaElements: elements * unit,
      inputs,
      outputs,
    };
  }

  #add(buffer: BufferDraft): number {
    return this.#buffers.push(buffer) - 1;
  }
}
