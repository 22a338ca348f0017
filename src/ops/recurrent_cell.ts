import type { ReferenceActivation } from "./recurrent_activation.ts";

/** What a cell computes with: the activations, and products of a row with columns of the recurrent kernel. */
export interface CellContext {
  readonly units: number;
  /** The activation of the candidate. */
  readonly plain: ReferenceActivation;
  /** That of the gates. */
  readonly gate: ReferenceActivation;
  /** A row times the columns `from` … `from + count − 1` of the recurrent kernel. */
  product(row: Float64Array, from: number, count: number): Float64Array;
  /** A row of these columns times their transpose. */
  productBack(row: Float64Array, from: number): Float64Array;
  /** The recurrent bias; null for none. */
  readonly bias: Float64Array | null;
}

/** A row before a step. */
export interface CellInput {
  /** What the projection of x has given. */
  readonly z: Float64Array;
  readonly h: Float64Array;
  /** h as it enters the product: times the mask of recurrent dropout. */
  readonly dropped: Float64Array;
  /** The second state of a cell that has one; else empty. */
  readonly c: Float64Array;
}

/** A row behind a step: its state, and what the way back needs. */
export interface CellStep {
  readonly h: Float64Array;
  readonly c: Float64Array;
  /** The gates and the candidate, in the order of z. */
  readonly gates: Float64Array;
  /** The same before their activations. */
  readonly pre: Float64Array;
  /** What else is kept, one row: empty for a cell that needs nothing. */
  readonly extra: Float64Array;
}

/** What flows back to a row behind a step, and what the step has kept. */
export interface CellFlow {
  readonly dh: Float64Array;
  readonly dc: Float64Array;
  readonly gates: Float64Array;
  readonly pre: Float64Array;
  readonly extra: Float64Array;
  /** The states before the step. */
  readonly h: Float64Array;
  readonly c: Float64Array;
  /** The mask of recurrent dropout; null for none. */
  readonly drop: Float64Array | null;
}

/** What flows on to the row before a step. */
export interface CellBack {
  readonly dz: Float64Array;
  /** What flows to h · U + bias, where that is not dz. */
  readonly dInner?: Float64Array;
  readonly dh: Float64Array;
  readonly dc: Float64Array;
}

/** A cell of a recurrent layer: what the ops of its name compute. */
export interface RecurrentCell {
  /** The op's name; that of the backward pass has `_backward` behind. */
  readonly name: string;
  /** Rows of z have so many times the units. */
  readonly gates: 1 | 3 | 4;
  /** The same by products: how many of them are computed at once. */
  readonly products: readonly number[];
  /** Whether it has a second state, c. */
  readonly hasCell: boolean;
  /** Whether it keeps one row more than its gates, and whether the backward pass reads that. */
  readonly hasExtra: boolean;
  readonly readsExtra: boolean;
  /** Whether the backward pass reads h before each step. */
  readonly readsPrev: boolean;
  /** Whether the recurrent product has a bias and a gradient of its own. */
  readonly hasInner: boolean;
  /** One step of one row, in float64. */
  step(context: CellContext, input: CellInput): CellStep;
  /** Backward through it. */
  back(context: CellContext, flow: CellFlow): CellBack;
}

/** `row[i] = f(i)` of so many elements. */
export function rowOf(elements: number, f: (i: number) => number): Float64Array {
  return Float64Array.from({ length: elements }, (_, i) => f(i));
}
