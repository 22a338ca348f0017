import { describeValue } from "../../errors/describe_value.ts";
import { dot, lanczos, type SpectrumEnds } from "./lanczos.ts";
import type { LossSurface } from "./loss_surface.ts";
import { symmetricEigenvalues } from "./symmetric_eigenvalues.ts";

/** With so many weights at most all eigenvalues are found. */
const DENSE = 100;

/** The eigenvalues of a Hessian. */
export interface Spectrum extends SpectrumEnds {
  /** All of them, falling; null where there are more than 100 weights. */
  readonly values: readonly number[] | null;
  /** The loss there. */
  readonly loss: number;
  /** The length of the gradient there. */
  readonly gradientNorm: number;
}

/**
 * The spectrum of the Hessian of a loss: all of it for up to 100 weights, else its ends.
 *
 * @param what what is done, for messages
 * @param iterations products at most, where only the ends are looked for
 * @throws {RangeError} If loss or gradient are not finite there
 */
export function spectrumAt(what: string, surface: LossSurface, w: Float64Array, iterations: number): Spectrum {
  const n = surface.count;
  const loss = surface.lossAt(w);
  const gradient = surface.gradientAt(w);
  const gradientNorm = Math.sqrt(dot(gradient, gradient));
  if (!Number.isFinite(loss + gradientNorm)) {
    const found = `loss ${describeValue(loss)}, gradient ${describeValue(gradientNorm)}`;
    throw new RangeError(`Cannot ${what}: the loss and its gradient must be finite, got ${found}`);
  }
  const times = (v: Float64Array): Float64Array => surface.hessianTimes(v, w);
  if (n > DENSE) return { ...lanczos(times, n, iterations), values: null, loss, gradientNorm };
  const rows = Array.from({ length: n }, (_, i) => {
    const axis = new Float64Array(n);
    axis[i] = 1;
    return times(axis);
  });
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) rows[i][j] = rows[j][i] = (rows[i][j] + rows[j][i]) / 2;
  const { values, vectors } = symmetricEigenvalues(rows);
  const pairOf = (k: number) => ({ value: values[k], vector: vectors[k], residual: 0 });
  return { largest: pairOf(0), smallest: pairOf(n - 1), values, loss, gradientNorm };
}
