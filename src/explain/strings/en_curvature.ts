import type { StringTable } from "../../drawing/language.ts";

/** What is said of curvature, rates and traps, in English. */
export const en = {
  sharpness: (lambda: string, weights: string, loss: string) =>
    `λmax of the Hessian is ${lambda} (${weights} weights, loss ${loss})`,
  lowest: (lambda: string) => `λmin is ${lambda}`,
  negative: (count: string, all: string) => `${count} of ${all} eigenvalues are below 0`,
  stable: (rate: string, product: string, edge: string) =>
    `rate ${rate}: η·λmax = ${product}; full-batch steps are stable below ${edge}`,
  suggested: (rate: string) => `a good rate to try is 2/λmax = ${rate}`,
  otherOptimizer: (optimizer: string) =>
    `η·λmax means something for gradient descent alone, plain or with momentum; "${optimizer}" has steps of its own`,
  flat: () => "the loss curves upwards in no direction: there is no 2/λmax",
} satisfies StringTable;
