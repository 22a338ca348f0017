import type { Sequential } from "../../mod.ts";
import { chooseThreads } from "./choose_threads.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [[0], [1], [1], [0]];

/** Trains XOR on its four samples for 200 epochs of one batch, silently. @returns milliseconds of `fit` */
export async function fitXor(model: Sequential, threads?: number): Promise<number> {
  const start = performance.now();
  await model.fit(X, Y, { epochs: 200, batchSize: 4, verbose: 0, ...chooseThreads(threads) });
  return performance.now() - start;
}
