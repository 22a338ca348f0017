import { createRandom } from "../random/create_random.ts";

/**
 * Splits samples at random so that every class is shared out alike: the same seed gives the same split. A class of one sample
 * goes to the rest.
 *
 * @param rows The indices of the samples to split.
 * @param y The class of every sample, by its index.
 * @param share How much is held out, between 0 and 1.
 * @returns The indices held out and the rest, each in random order.
 */
export function splitSamples(
  rows: readonly number[],
  y: readonly number[],
  { share, seed }: { share: number; seed: number },
): { held: number[]; rest: number[] } {
  const random = createRandom(seed);
  const classes = new Map<number, number[]>();
  for (const row of rows) {
    const list = classes.get(y[row]);
    if (list === undefined) classes.set(y[row], [row]);
    else list.push(row);
  }
  const held: number[] = [];
  const rest: number[] = [];
  for (const [, list] of [...classes].sort(([a], [b]) => a - b)) {
    shuffle(list, random);
    const count = Math.min(Math.max(Math.round(list.length * share), 1), list.length - 1);
    list.forEach((row, i) => (i < count ? held : rest).push(row));
  }
  return { held: shuffle(held, random), rest: shuffle(rest, random) };
}

function shuffle(list: number[], random: () => number): number[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
