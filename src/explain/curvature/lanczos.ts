import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/** An eigenvalue with its vector of length 1. */
export interface EigenPair {
  readonly value: number;
  readonly vector: Float64Array;
  /** How far the value is from an eigenvalue at most: ‖A·v − value·v‖. */
  readonly residual: number;
}

/** The ends of a spectrum. */
export interface SpectrumEnds {
  readonly largest: EigenPair;
  readonly smallest: EigenPair;
}

/** A value is exact enough if its residual is so small beside the largest one: the value's own error is about the square of that. */
const TOLERANCE = 1e-5;

/**
 * The ends of the spectrum of a symmetric matrix that is known by its products alone: Lanczos with every vector made orthogonal to all before
 * it. Stops when the largest and the smallest value are exact enough. The first vector has random signs, always the same ones.
 *
 * Source: Golub and Van Loan, Matrix Computations, section 10.1 to 10.3.
 *
 * @param times the matrix times a vector of length 1
 * @param most products at most
 */
export function lanczos(times: (v: Float64Array) => Float64Array, n: number, most: number): SpectrumEnds {
  let state = 1;
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 31 === 0 ? -1 : 1;
  };
  let v = scaled(Float64Array.from({ length: n }, draw), 1 / Math.sqrt(n));
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  for (;;) {
    basis.push(v);
    let w = times(v);
    diagonal.push(dot(w, v));
    for (let twice = 0; twice < 2; twice++) for (const each of basis) w = added(w, each, -dot(w, each));
    const beta = Math.sqrt(dot(w, w));
    const m = basis.length;
    const isLast = m === Math.min(most, n) || !(beta > 1e-12 * Math.abs(diagonal[0])) || !Number.isFinite(beta);
    if (isLast || m % 5 === 0) {
      const { values, vectors } = symmetricEigenvalues(diagonal.map((each, i) => {
        const row = new Float64Array(m);
        row[i] = each;
        if (i > 0) row[i - 1] = beside[i - 1];
        if (i < m - 1) row[i + 1] = beside[i];
        return row;
      }));
      const residuals = vectors.map((s) => beta * Math.abs(s[m - 1]));
      const scale = TOLERANCE * Math.max(Math.abs(values[0]), Math.abs(values[m - 1]));
      if (isLast || residuals[0] <= scale && residuals[m - 1] <= scale) {
        const pairOf = (k: number): EigenPair => ({
          value: values[k],
          vector: basis.reduce((sum, each, i) => added(sum, each, vectors[k][i]), new Float64Array(n)),
          residual: residuals[k],
        });
        return { largest: pairOf(0), smallest: pairOf(m - 1) };
      }
    }
    beside.push(beta);
    v = scaled(w, 1 / beta);
  }
}

/** a · b */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** factor · a */
export function scaled(a: Float64Array, factor: number): Float64Array {
  return a.map((each) => each * factor);
}

/** a + factor · b */
export function added(a: Float64Array, b: Float64Array, factor: number): Float64Array {
  return a.map((each, i) => each + factor * b[i]);
}
