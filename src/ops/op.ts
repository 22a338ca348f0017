import type { Shape } from "../tensor/shape.ts";
import type { Attributes, Builder, Symbolic } from "../tensor/symbolic.ts";

/** A place in the model's memory: a buffer, and an offset into it in elements. */
export interface BufferRef {
  /** The buffer's number in the program. */
  readonly buffer: number;
  /** Elements from its beginning. */
  readonly offset: number;
}

/**
 * One argument of a kernel call.
 *
 * - `write`, `read`: the address of a buffer; a share that begins at unit u of the split starts `stride` · u elements further.
 *   A stride of 0 means that every share uses the whole buffer. `rowElements` says that a share is columns of a matrix whose rows are so many
 *   elements long, from the share's beginning to the buffer's end; so it is apart from other columns of that matrix only.
 * - `rank`: the address of a rank's own part of a buffer of scratch: `stride` · rank elements from its beginning.
 * - `count`: the units in the share, times `times`.
 * - `begin`: the first unit of the share, times `times`.
 * - a plain number: the same for every share.
 * - `none`: the null address, for an optional array that is not there.
 */
export type Argument =
  | { readonly kind: "write" | "read"; readonly ref: BufferRef; readonly stride: number; readonly rowElements?: number }
  | { readonly kind: "rank"; readonly ref: BufferRef; readonly stride: number }
  | { readonly kind: "count" | "begin"; readonly times: number }
  | { readonly kind: "none" }
  | number;

/**
 * How threads may share a kernel call: `extent` units along an axis, cut at multiples of `quantum`.
 *
 * `batch`: rows of the batch. `parameter`: a range of a parameter, of its gradient or of its packed copy. `every`: each thread does all
 * of it, into memory of its own. `one`: the thread `rank` does all of it.
 */
export interface Split {
  readonly axis: "batch" | "parameter" | "every" | "one";
  readonly extent: number;
  readonly quantum: number;
  /** The least quantum that the kernel can do with, where that is more than what its stores need. */
  readonly least?: number;
  /** Of the axis `one`: which thread. */
  readonly rank?: number;
}

/** One kernel call, before its buffers have addresses. `split` is null when one thread does it all. */
export interface KernelCall {
  readonly kernel: string;
  readonly args: readonly Argument[];
  readonly split: Split | null;
}

/** What an op needs to write its kernel calls. */
export interface Lowering {
  readonly node: Symbolic;
  readonly output: BufferRef;
  readonly inputs: readonly BufferRef[];
  /** The node whose work is done along with this one's, straight into `output`; only what `fuses` agreed to. */
  readonly fused: Symbolic | null;
  /** How many threads will run the program. */
  readonly ranks: number;
  /** A buffer of `elements` that lives for this op only. */
  scratch(elements: number): BufferRef;
  call(kernel: string, args: readonly Argument[], split: Split | null): void;
}

/** A float64 value with its shape, for the reference evaluation. */
export interface ReferenceValue {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** What an op costs: floating-point operations, and bytes read and written. */
export interface Cost {
  readonly flops: number;
  readonly bytes: number;
}

/** What an op is applied to; `checkNode` refuses everything else. */
export interface Takes {
  /** How many tensors it reads: so many, or from … to. */
  readonly inputs: number | readonly [least: number, most: number];
  /** The names of the attributes that it must have. */
  readonly needs?: readonly string[];
  /** The names of those that it may have, besides `axis: "parameter"`, by which threads share elements instead of samples. */
  readonly may?: readonly string[];
}

/** What the rows of all ops have. */
interface CommonOp {
  /** What it is applied to. */
  readonly takes: Takes;
  /** The float64 reference. */
  evaluate(inputs: readonly ReferenceValue[], node: Symbolic): Float64Array;
  /** Writes the kernel calls. */
  lower(l: Lowering): void;
  /** What it costs. Defaults to one operation an output element. */
  cost?(node: Symbolic): Cost;
  /** Whether the op can do the work of `reader`, the only reader of its output, along with its own. */
  fuses?(node: Symbolic, reader: Symbolic): boolean;
  /** The output is the first input under another shape, from the attribute `offset` on: no kernel, the same memory. */
  readonly alias?: true;
  /** The output may take the first input's place in memory if nothing reads that later. */
  readonly inPlace?: true;
}

/** One row of the table of ops. */
export interface Op extends CommonOp {
  /** The output's shape; throws where the inputs do not fit. */
  shape(inputs: readonly Shape[], attributes: Attributes): Shape;
  /** The vector-Jacobian product: for every input, dinput given dy, or null where nothing flows back. */
  differentiate(g: Builder, node: Symbolic, dy: Symbolic): readonly (Symbolic | null)[];
}

/** A row of an op with several results, which lie one behind the other in one buffer (`tensor/place_parts.ts`). */
export interface OpOfParts extends CommonOp {
  /** The shapes of the results; throws where the inputs do not fit. */
  shapes(inputs: readonly Shape[], attributes: Attributes): readonly Shape[];
  /** As for `Op`, given what flows back to every result; null for one that nothing depends on. */
  differentiate(g: Builder, node: Symbolic, dy: readonly (Symbolic | null)[]): readonly (Symbolic | null)[];
}

/** The place `elements` elements behind `ref`. */
export function at(ref: BufferRef, elements: number): BufferRef {
  return { buffer: ref.buffer, offset: ref.offset + elements };
}

/** The address of `ref`, written; `stride` elements further for every unit of the split. */
export function write(ref: BufferRef, stride: number): Argument {
  return { kind: "write", ref, stride };
}

/** The address of `ref`, read; `stride` elements further for every unit of the split. */
export function read(ref: BufferRef, stride: number): Argument {
  return { kind: "read", ref, stride };
}

/** The address of `ref`, written in columns of rows of `row` elements: `stride` elements further for every unit of the split. */
export function writeColumns(ref: BufferRef, stride: number, row: number): Argument {
  return { kind: "write", ref, stride, rowElements: row };
}

/** As `writeColumns`, read. */
export function readColumns(ref: BufferRef, stride: number, row: number): Argument {
  return { kind: "read", ref, stride, rowElements: row };
}

/** The address of a rank's own part of `ref`, `stride` elements long. */
export function ofRank(ref: BufferRef, stride: number): Argument {
  return { kind: "rank", ref, stride };
}

/** The number of units in the share, times `times`. */
export function count(times = 1): Argument {
  return { kind: "count", times };
}

/** The first unit of the share, times `times`. */
export function begin(times = 1): Argument {
  return { kind: "begin", times };
}

/** The null address. */
export const none: Argument = { kind: "none" };

/**
 * A split by units of the batch, cut at multiples of 4 so that shares of every width end on whole vectors. Where shares would be uneven a
 * program may cut finer, down to `least` (`program/choose_quanta.ts`).
 */
export function byBatch(units: number, least = 1): Split {
  return { axis: "batch", extent: units, quantum: 4, least };
}

/** A split of `extent` parameter elements (or rows, or columns) at multiples of `quantum`. */
export function byParameter(extent: number, quantum = 4): Split {
  return { axis: "parameter", extent, quantum };
}

/** Every thread does all of it. */
export const byEvery: Split = { axis: "every", extent: 1, quantum: 1 };

/** Rows and width of a tensor seen as a matrix: all axes but the last, and the last. A scalar is 1 × 1. */
export function matrixOf(shape: Shape): { readonly rows: number; readonly width: number } {
  if (shape.length === 0) return { rows: 1, width: 1 };
  const width = shape[shape.length - 1];
  let rows = 1;
  for (let i = 0; i < shape.length - 1; i++) rows *= shape[i];
  return { rows, width };
}
