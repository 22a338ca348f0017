import type { Cost, KernelCall } from "../ops/op.ts";

/**
 * Where a buffer lives.
 *
 * `arena`: in the part of memory that programs share, `offset` elements from its beginning; it holds values only while the program
 * runs. `model`: in a block that persists (weights, gradients, optimizer slots, cells), `offset` elements from the block's beginning.
 */
export type BufferPlace =
  | { readonly kind: "arena"; readonly offset: number }
  | { readonly kind: "model"; readonly block: string; readonly offset: number };

/** A place in one of the model's blocks. */
export interface ModelPlace {
  readonly block: string;
  /** In elements. */
  readonly offset: number;
}

/** One buffer of a program. */
export interface ProgramBuffer {
  /** What it holds, for people. */
  readonly name: string;
  readonly elements: number;
  readonly place: BufferPlace;
}

/**
 * A compiled program: a flat list of kernel calls over numbered buffers. It is plain data: it can be printed, cloned, sent to a worker
 * and saved.
 */
export interface Program {
  readonly buffers: readonly ProgramBuffer[];
  readonly instructions: readonly KernelCall[];
  /** How many threads it is for. */
  readonly ranks: number;
  /** The instructions before which all threads must have met, ascending. Within a phase no thread touches what another one writes. */
  readonly barriers: readonly number[];
  /** What one run costs: floating-point operations, and bytes read and written. */
  readonly cost: Cost;
  /** The size of the arena that it needs, in elements. */
  readonly arenaElements: number;
  /** The buffers to be filled before a run, by name. */
  readonly inputs: Readonly<Record<string, number>>;
  /** The buffers to be read after a run, by name. */
  readonly outputs: Readonly<Record<string, number>>;
}
