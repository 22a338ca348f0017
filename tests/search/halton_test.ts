import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Halton } from "../../src/search/samplers/halton.ts";
import { quasiRandom } from "../../src/search/samplers/quasi_random.ts";
import { uniform } from "../../src/search/space/uniform.ts";
import { proposeAll } from "./propose_all.ts";

/** The first points in bases 2, 3, 5 and 7, as in Halton 1960 and in scipy.stats.qmc.Halton(4, scramble=False). */
const PUBLISHED = [
  [0, 0, 0, 0],
  [1 / 2, 1 / 3, 1 / 5, 1 / 7],
  [1 / 4, 2 / 3, 2 / 5, 2 / 7],
  [3 / 4, 1 / 9, 3 / 5, 3 / 7],
  [1 / 8, 4 / 9, 4 / 5, 4 / 7],
  [5 / 8, 7 / 9, 1 / 25, 5 / 7],
  [3 / 8, 2 / 9, 6 / 25, 6 / 7],
  [7 / 8, 5 / 9, 11 / 25, 1 / 49],
];

Deno.test("Halton: the published first points", () => {
  const halton = new Halton(4, null);
  PUBLISHED.forEach((point, i) => point.forEach((x, j) => assertAlmostEquals(halton.at(i, j), x, 1e-15)));
  const space = { a: uniform(0, 1), b: uniform(0, 1), c: uniform(0, 1), d: uniform(0, 1) };
  const proposed = proposeAll(quasiRandom({ scramble: false }), space, 7).map(({ a, b, c, d }) => [a, b, c, d]);
  proposed.forEach((point, i) => point.forEach((x, j) => assertAlmostEquals(x as number, PUBLISHED[i + 1][j], 1e-15)));
});

Deno.test("Halton, scrambled: one point in each of b^k intervals, coordinates uncorrelated, seeds independent", () => {
  const halton = new Halton(20, 3);
  for (const [j, base, power] of [[0, 2, 6], [1, 3, 4], [2, 5, 3], [19, 71, 1]]) {
    const count = base ** power;
    const cells = Array.from({ length: count }, (_, i) => Math.floor(halton.at(i, j) * count));
    assertEquals(new Set(cells).size, count, `base ${base}`);
  }
  // Unscrambled, the 19th and 20th coordinates of the first 67 points lie on a line.
  const correlation = (points: Halton): number => {
    const xs = Array.from({ length: 67 }, (_, i) => [points.at(i, 18), points.at(i, 19)]);
    const mean = (k: number): number => xs.reduce((sum, x) => sum + x[k], 0) / 67;
    const [m, n] = [mean(0), mean(1)];
    const moment = (f: (x: number[]) => number): number => xs.reduce((sum, x) => sum + f(x), 0);
    return moment(([a, b]) => (a - m) * (b - n)) /
      Math.sqrt(moment(([a]) => (a - m) ** 2) * moment(([, b]) => (b - n) ** 2));
  };
  assert(correlation(new Halton(20, null)) > 0.99);
  assert(Math.abs(correlation(halton)) < 0.4); // 3.3 standard deviations of 1/sqrt(67)
  // Over seeds, any point is uniformly distributed: mean 1/2 with standard deviation sqrt(1/12/400).
  const first = Array.from({ length: 400 }, (_, seed) => new Halton(3, seed).at(0, 2));
  assertAlmostEquals(first.reduce((sum, x) => sum + x, 0) / 400, 0.5, 4 * Math.sqrt(1 / 12 / 400));
  assert(new Set(first).size === 400);
});
