import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { splitSamples } from "../../examples/csv/split_samples.ts";

const y = [...new Array(40).fill(0), ...new Array(20).fill(1), 2, 3, 3];
const rows = y.map((_, i) => i);

Deno.test("split: every sample is in one part, every class is shared out alike", () => {
  const { held, rest } = splitSamples(rows, y, { share: 0.25, seed: 1 });
  assertEquals([...held, ...rest].sort((a, b) => a - b), rows);
  const count = (list: number[]): number[] => [0, 1, 2, 3].map((k) => list.filter((i) => y[i] === k).length);
  // A class of one sample stays in the rest, a class of two is split.
  assertEquals(count(held), [10, 5, 0, 1]);
  assertEquals(count(rest), [30, 15, 1, 1]);
});

Deno.test("split: the same seed gives the same split, another seed another", () => {
  const options = { share: 0.25, seed: 1 };
  assertEquals(splitSamples(rows, y, options), splitSamples(rows, y, options));
  assertNotEquals(splitSamples(rows, y, options), splitSamples(rows, y, { ...options, seed: 2 }));
});

Deno.test("split: over many seeds every sample is held out about as often as any other", () => {
  const counts = new Array(40).fill(0);
  for (let seed = 0; seed < 400; seed++) {
    for (const i of splitSamples(rows.slice(0, 40), y, { share: 0.25, seed }).held) counts[i]++;
  }
  // Binomial with n = 400 and p = 0.25: mean 100, standard deviation 8.7; five of them on both sides.
  for (const [i, count] of counts.entries()) {
    assert(count > 56 && count < 144, `sample ${i} was held out ${count} times of 400`);
  }
});
