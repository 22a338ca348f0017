/** Sequences and what is asked of them. */
export interface Sums {
  /** [count, steps, 2]: a number from 0 to 1, and beside it 1 where it is marked, else 0. */
  readonly x: { readonly data: Float32Array; readonly shape: readonly number[] };
  /** [count]: the sum of the two numbers that are marked. */
  readonly y: Float32Array;
}

/**
 * The adding problem (Hochreiter and Schmidhuber, Long short-term memory, 1997): two numbers of a sequence are marked, one in its first half and
 * one in its second, and their sum is asked for. Who always guesses 1 has a mean squared error of 1/6 = 0.167.
 *
 * @param count How many sequences.
 * @param steps Their length, >= 2.
 * @param random Gives numbers from 0 to 1.
 */
export function drawSums(count: number, steps: number, random: () => number): Sums {
  const data = new Float32Array(count * steps * 2);
  const y = new Float32Array(count);
  const half = Math.floor(steps / 2);
  for (let i = 0; i < count; i++) {
    for (let t = 0; t < steps; t++) data[2 * (i * steps + t)] = random();
    for (const step of [Math.floor(random() * half), half + Math.floor(random() * (steps - half))]) {
      const at = 2 * (i * steps + step);
      data[at + 1] = 1;
      y[i] += data[at];
    }
  }
  return { x: { data, shape: [count, steps, 2] }, y };
}
