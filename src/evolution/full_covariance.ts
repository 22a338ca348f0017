import { addOuterProducts } from "./add_outer_products.ts";
import type { Covariance } from "./covariance.ts";
import { decomposeSymmetric } from "./decompose_symmetric.ts";
import { multiplyRows } from "./multiply_rows.ts";

/** A covariance matrix with all its elements: `covariance`, and C = B D² Bᵀ as `basis` and `axes`, the diagonal of D. */
export function fullCovariance(size: number): Covariance {
  const n = size;
  let work: Float64Array | null = null;
  let found: Float64Array | null = null;
  let product: Float64Array | null = null;
  return {
    arrays: { covariance: [n, n], basis: [n, n], axes: [n] },
    reset({ covariance, basis, axes }) {
      for (const matrix of [covariance, basis]) {
        matrix.fill(0);
        for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
      }
      axes.fill(1);
    },
    refresh({ covariance, basis, axes }, age, { c1, cMu }) {
      // Hansen: often enough that it costs no more than the rest, and seldom enough that little has changed.
      if (age < 1 / (c1 + cMu) / n / 10) return false;
      work ??= new Float64Array(2 * n);
      found ??= new Float64Array(n * n);
      const values = work.subarray(n);
      if (!decomposeSymmetric(covariance, found, values, work.subarray(0, n))) return true;
      let least = Infinity;
      for (const value of values) least = Math.min(least, value);
      if (!(least > 0)) return true; // the old one serves: rounding has made the new one none
      basis.set(found);
      for (let i = 0; i < n; i++) axes[i] = Math.sqrt(values[i]);
      return true;
    },
    scale({ basis, axes }, z, y) {
      product ??= new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) product[i * n + j] = basis[i * n + j] * axes[j];
      multiplyRows(z, product, y, n);
    },
    whiten({ basis, axes }, y, out) {
      work ??= new Float64Array(2 * n);
      const turned = work;
      for (let j = 0; j < n; j++) turned[j] = 0;
      for (let i = 0; i < n; i++) {
        const row = i * n;
        for (let j = 0; j < n; j++) turned[j] += basis[row + j] * y[i];
      }
      for (let j = 0; j < n; j++) turned[j] /= axes[j];
      for (let i = 0; i < n; i++) {
        let sum = 0;
        const row = i * n;
        for (let j = 0; j < n; j++) sum += basis[row + j] * turned[j];
        out[i] = sum;
      }
    },
    update({ covariance }, { kept, c1, path, cMu, weights, steps }) {
      for (let i = 0; i < n; i++) {
        const row = i * n;
        const one = c1 * path[i];
        for (let j = 0; j <= i; j++) covariance[row + j] = kept * covariance[row + j] + one * path[j];
      }
      addOuterProducts(covariance, steps, weights, cMu, n);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) covariance[j * n + i] = covariance[i * n + j];
    },
    condition({ axes }) {
      let [least, most] = [Infinity, 0];
      for (const axis of axes) {
        least = Math.min(least, axis);
        most = Math.max(most, axis);
      }
      return (most / least) * (most / least);
    },
    widest({ covariance }) {
      let most = 0;
      for (let i = 0; i < n; i++) most = Math.max(most, covariance[i * n + i]);
      return Math.sqrt(most);
    },
  };
}
