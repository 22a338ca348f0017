import { summarize } from "./summarize.ts";

/** Bytes in each of the two arrays: together about the weights, gradients and Adam slots of 784-512-512-10. */
const BYTES = 5 << 20;

/** GB/s of a copy between two arrays of 5 MiB, bytes read and bytes written both counted; the median of 40 copies. */
export function measureBandwidth(): number {
  const from = new Float32Array(BYTES / 4).fill(1);
  const to = new Float32Array(BYTES / 4);
  const samples = Array.from({ length: 50 }, () => {
    const start = performance.now();
    to.set(from);
    return performance.now() - start;
  });
  return 2 * BYTES / 1e6 / summarize(samples.slice(10)).median;
}
