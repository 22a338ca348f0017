import type { ParamValue } from "./params.ts";

/** One of a list of values, all equally likely. */
export interface Choice<V extends ParamValue = ParamValue> {
  /** Which dimension this is. */
  readonly kind: "choice";
  /** The values. */
  readonly values: readonly V[];
}

/** An integer min, min + step, … up to max; evenly spread, or evenly on a log scale. */
export interface IntegerRange {
  /** Which dimension this is. */
  readonly kind: "integer";
  /** The least value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** The distance of neighbouring values. */
  readonly step: number;
  /** Whether values are spread evenly on a log scale. */
  readonly log: boolean;
}

/** A number from min to max; with steps, one of that many evenly spaced numbers. */
export interface UniformRange {
  /** Which dimension this is. */
  readonly kind: "uniform";
  /** The least value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** How many values there are; all of the range if left out. */
  readonly steps?: number;
}

/** A number from min to max, even on a log scale; with steps, one of that many numbers in equal ratios. */
export interface LogUniformRange {
  /** Which dimension this is. */
  readonly kind: "logUniform";
  /** The least value. */
  readonly min: number;
  /** The largest value. */
  readonly max: number;
  /** How many values there are; all of the range if left out. */
  readonly steps?: number;
}

/** Always the same value. */
export interface Constant<V extends ParamValue = ParamValue> {
  /** Which dimension this is. */
  readonly kind: "constant";
  /** The value. */
  readonly value: V;
}

/** A dimension without a condition. */
export type PlainDimension = Choice | IntegerRange | UniformRange | LogUniformRange | Constant;

/** What other parameters must be: by name a value, or a list of which one is enough. All names must match. */
export type Condition = Readonly<Record<string, ParamValue | readonly ParamValue[]>>;

/** A dimension that exists only where its condition holds. */
export interface Conditional<D extends PlainDimension = PlainDimension> {
  /** Which dimension this is. */
  readonly kind: "conditional";
  /** What the parameter may be where it exists. */
  readonly dimension: D;
  /** Where it exists. */
  readonly when: Condition;
}

/** What one parameter may be. Plain data: JSON holds it, and what JSON holds is taken as a dimension. */
export type Dimension = PlainDimension | Conditional;
