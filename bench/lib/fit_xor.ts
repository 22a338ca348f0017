import type { Sequential } from "../../mod.ts";
import type { Threads } from "./thread_counts.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [[0], [1], [1], [0]];

/** Trains XOR on its four samples for 200 epochs of one batch, silently. @returns milliseconds of `fit` */
export async function fitXor(model: Sequential, workers: Threads = "auto"): Promise<number> {
  const start = performance.now();
  await model.fit(X, Y, { epochs: 200, batchSize: 4, verbose: 0, workers });
  return performance.now() - start;
}
