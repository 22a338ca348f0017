import type { Covariance } from "./covariance.ts";

/** A covariance matrix that is 0 beside its diagonal, `variances`. */
export function diagonalCovariance(size: number): Covariance {
  const widest = (variances: Float64Array): number => {
    let most = 0;
    for (const variance of variances) most = Math.max(most, variance);
    return most;
  };
  return {
    arrays: { variances: [size] },
    reset: ({ variances }) => void variances.fill(1),
    refresh: () => true,
    scale({ variances }, z, y) {
      for (let i = 0; i < size; i++) {
        const deviation = Math.sqrt(variances[i]);
        for (let at = i; at < z.length; at += size) y[at] = deviation * z[at];
      }
    },
    whiten({ variances }, y, out) {
      for (let i = 0; i < size; i++) out[i] = y[i] / Math.sqrt(variances[i]);
    },
    update({ variances }, { kept, c1, path, cMu, weights, steps }) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) sum += weights[k] * steps[k * size + i] * steps[k * size + i];
        const next = kept * variances[i] + c1 * path[i] * path[i] + cMu * sum;
        // Negative weights could make it 0 or less in one axis, which the whole matrix is kept from by their size.
        variances[i] = Math.max(next, 1e-3 * variances[i], 1e-300);
      }
    },
    condition({ variances }) {
      let least = Infinity;
      for (const variance of variances) least = Math.min(least, variance);
      return widest(variances) / least;
    },
    widest: ({ variances }) => Math.sqrt(widest(variances)),
  };
}
