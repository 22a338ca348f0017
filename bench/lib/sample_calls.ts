/** How long to sample. */
export interface SamplingTime {
  /** Milliseconds of calls that do not count, so that the optimizing compiler, which works in the background, is done. Default 600. */
  warmMs?: number;
  /** Milliseconds of calls that count; at least 5 calls are made. Default 1000. */
  ms?: number;
}

/**
 * Calls a function again and again.
 *
 * @param call does the work and returns the time that counts, in any unit
 * @returns what the calls returned after the warm-up
 */
export async function sampleCalls(
  call: () => number | Promise<number>,
  { warmMs = 600, ms = 1000 }: SamplingTime = {},
): Promise<number[]> {
  const samples: number[] = [];
  let end = performance.now() + warmMs;
  for (let calls = 0; calls < 3 || performance.now() < end; calls++) await call();
  end = performance.now() + ms;
  while (samples.length < 5 || performance.now() < end) samples.push(await call());
  return samples;
}
