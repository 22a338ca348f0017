import type { Operation, Operations } from "./operations.ts";

/** A call with its arguments resolved: each is `fixed + perRow · rows`, in elements for addresses; a null address is −1. */
export interface PlannedCall {
  readonly name: string;
  readonly operation: Operation;
  readonly fixed: number[];
  readonly perRow: number[];
  /** Which arguments are addresses in the arena. */
  readonly inArena: boolean[];
}

/** What an operation does in plain JavaScript: a formula of elements and scalars, or in an array a function of the kernel's arguments. */
export type Action = ((...values: number[]) => number) | readonly ((...args: never[]) => void)[];

/** What an entry knows: the entries for compiled models differ in nothing else. */
export interface Runtime extends Operations {
  /** What operations do in plain JavaScript, by their opcodes from 1. */
  readonly actions: readonly Action[];
  /** The kernels in hexadecimal, with marks: see `unmark_module.ts`. */
  readonly wasm: string;
  /** Stands for the kernels. */
  readonly version: number;
  /** The rule that a call breaks beyond those of its single arguments; undefined in a runtime whose operations have none. */
  readonly findFault?: (call: PlannedCall) => string | undefined;
  /** Ends the message about an operation that it has not. */
  readonly hint: string;
  /** The modules that were compiled: compiling is pure, so each is compiled once. */
  readonly modules: { fast?: WebAssembly.Module; portable?: WebAssembly.Module };
}
