import type { CmaParameters } from "./cma_parameters.ts";

/** Float64 arrays by name. */
export type Arrays = Readonly<Record<string, Float64Array>>;

/** A form of covariance matrix C, and what CMA-ES does with it. */
export interface Covariance {
  /** The shapes of what is kept. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  /** Makes it the identity. */
  reset(arrays: Arrays): void;
  /** What is derived of it is made up to date, `age` generations after the last time; whether it was. */
  refresh(arrays: Arrays, age: number, parameters: CmaParameters): boolean;
  /** Makes rows y = C^½ z of as many rows z. */
  scale(arrays: Arrays, z: Float64Array, y: Float64Array): void;
  /** Writes C^−½ y. */
  whiten(arrays: Arrays, y: Float64Array, out: Float64Array): void;
  /** C = kept · C + c1 · path pathᵀ + cMu · Σ weightᵢ stepᵢ stepᵢᵀ. Row i of `steps` is step i. */
  update(
    arrays: Arrays,
    change: {
      readonly kept: number;
      readonly c1: number;
      readonly path: Float64Array;
      readonly cMu: number;
      readonly weights: Float64Array;
      readonly steps: Float64Array;
    },
  ): void;
  /** The quotient of the largest and the smallest eigenvalue. */
  condition(arrays: Arrays): number;
  /** The largest standard deviation along an axis of weights. */
  widest(arrays: Arrays): number;
}
