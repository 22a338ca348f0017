import type { ParamValue } from "./params.ts";

/** One of a list of values, all equally likely. */
export interface Choice<V extends ParamValue = ParamValue> {
  readonly kind: "choice";
  readonly values: readonly V[];
}

/** An integer min, min + step, … up to max; evenly spread, or evenly on a log scale. */
export interface IntegerRange {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly log: boolean;
}

/** A number from min to max; with steps, one of that many evenly spaced numbers. */
export interface UniformRange {
  readonly kind: "uniform";
  readonly min: number;
  readonly max: number;
  readonly steps?: number;
}

/** A number from min to max, even on a log scale; with steps, one of that many numbers in equal ratios. */
export interface LogUniformRange {
  readonly kind: "logUniform";
  readonly min: number;
  readonly max: number;
  readonly steps?: number;
}

/** Always the same value. */
export interface Constant<V extends ParamValue = ParamValue> {
  readonly kind: "constant";
  readonly value: V;
}

/** A dimension without a condition. */
export type PlainDimension = Choice | IntegerRange | UniformRange | LogUniformRange | Constant;

/** What other parameters must be: by name a value, or a list of which one is enough. All names must match. */
export type Condition = Readonly<Record<string, ParamValue | readonly ParamValue[]>>;

/** A dimension that exists only where its condition holds. */
export interface Conditional<D extends PlainDimension = PlainDimension> {
  readonly kind: "conditional";
  readonly dimension: D;
  readonly when: Condition;
}

/** What one parameter may be. Plain data: JSON holds it, and what JSON holds is taken as a dimension. */
export type Dimension = PlainDimension | Conditional;
