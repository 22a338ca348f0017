import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { axisOf } from "../../src/search/space/axis.ts";
import { choice } from "../../src/search/space/choice.ts";
import { integer } from "../../src/search/space/integer.ts";
import { logUniform } from "../../src/search/space/log_uniform.ts";
import type { Params } from "../../src/search/space/params.ts";
import { resolveSpace } from "../../src/search/space/resolve_space.ts";
import { normalCdf } from "../../src/search/samplers/normal_cdf.ts";
import { ParzenAxis } from "../../src/search/samplers/parzen_axis.ts";
import { ParzenEstimator } from "../../src/search/samplers/parzen_estimator.ts";
import { rankTrials } from "../../src/search/samplers/rank_trials.ts";
import { uniform } from "../../src/search/space/uniform.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { conditional } from "../../src/search/space/conditional.ts";

/** The densities of all kernels at a position. */
function densities(parzen: ParzenAxis, x: number, kernels: number): Float64Array {
  const sums = new Float64Array(kernels);
  parzen.addLogDensities(x, sums);
  return sums.map(Math.exp);
}

Deno.test("kernels on a continuous axis are truncated normals of the stated widths", () => {
  const parzen = new ParzenAxis(axisOf(uniform(0, 10)), Float64Array.of(6, 2, 5.9));
  // In order: 2, 5.9, 6. Neighbours are 3.9 and 0.1 apart; the least width is 10 / min(100, 5) = 2.
  const kernels = [[6, 2], [2, 3.9], [5.9, 3.9], [5, 10]];
  const normal = (z: number): number => Math.exp(-z * z / 2);
  for (const x of [0, 1.5, 5.95, 10]) {
    const found = densities(parzen, x, 4);
    kernels.forEach(([mean, width], i) => {
      // The mass on the axis by Simpson's rule.
      const steps = 2000;
      let mass = 0;
      for (let k = 0; k <= steps; k++) {
        const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
        mass += weight * normal((10 * k / steps - mean) / width) * 10 / steps / 3;
      }
      assertAlmostEquals(found[i], normal((x - mean) / width) / mass, 1e-9);
    });
  }
});

Deno.test("a single observation reaches to the farther end, a missing one is the prior", () => {
  const parzen = new ParzenAxis(axisOf(uniform(0, 1)), Float64Array.of(NaN, 0.25));
  const [missing, kernel, prior] = densities(parzen, 0.25, 3);
  const mass = normalCdf(1) - normalCdf(-1 / 3);
  assertAlmostEquals(kernel, 1 / (0.75 * Math.sqrt(2 * Math.PI)) / mass, 1e-12);
  assertAlmostEquals(missing, prior, 1e-15);
});

Deno.test("the densities of every kind of axis sum to 1, and draws follow them", () => {
  const dimensions = [integer(1, 9, { step: 2 }), integer(1, 9, { log: true }), choice(["a", "b", "c"])];
  for (const dimension of dimensions) {
    const axis = axisOf(dimension);
    const observed = [axis.at(0), axis.at(1), axis.at(1)].map(axis.positionOf);
    const parzen = new ParzenAxis(axis, Float64Array.from([...observed, NaN]));
    const positions = Array.from({ length: axis.count }, (_, k) => axis.positionOf(axis.at(k)));
    const table = positions.map((x) => densities(parzen, x, 5));
    const random = new RandomStream(3, 0);
    for (let kernel = 0; kernel < 5; kernel++) {
      assertAlmostEquals(table.reduce((sum, row) => sum + row[kernel], 0), 1, 1e-12);
      const counts = new Map<number, number>(positions.map((x) => [x, 0]));
      for (let i = 0; i < 2000; i++) {
        const x = parzen.draw(kernel, random);
        counts.set(x, counts.get(x)! + 1);
      }
      positions.forEach((x, k) => {
        const p = table[k][kernel];
        const deviation = Math.sqrt(p * (1 - p) / 2000);
        assertAlmostEquals(counts.get(x)! / 2000, p, 4 * deviation + 1e-9);
      });
    }
  }
});

Deno.test("a categorical kernel has the stated probabilities", () => {
  const [own, , prior] = densities(new ParzenAxis(axisOf(choice([1, 2, 3])), Float64Array.of(1, 0)), 1, 3);
  assertAlmostEquals(own, (1 + 1 / 3) / (1 + 3 / 3), 1e-12);
  assertAlmostEquals(prior, 1 / 3, 1e-12);
});

Deno.test("a joint density is the mixture of products, older observations weigh less", () => {
  const space = { a: uniform(0, 1), b: logUniform(1, 100), c: conditional([0, 1], { d: true }), d: [true, false] };
  const { parameters } = resolveSpace(space);
  const observed = Array.from({ length: 30 }, (_, i): Params => {
    return i % 2 === 0 ? { a: i / 40, b: 1 + i, d: false } : { a: i / 40, b: 1 + i, c: i % 3 === 0 ? 1 : 0, d: true };
  });
  const estimator = new ParzenEstimator(parameters, observed);
  const at = { a: 0.3, b: 20, c: 1, d: true } as Record<string, number | boolean>;
  const positions = Float64Array.from(parameters, ({ name, axis }) => axis.positionOf(at[name]));
  const weights = Array.from({ length: 31 }, (_, i) => i < 5 ? 1 / 30 + (29 / 30) * i / 4 : 1);
  const products = new Float64Array(31).fill(1);
  parameters.forEach((_, j) => {
    densities(estimator.axes[j], positions[j], 31).forEach((density, k) => products[k] *= density);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = weights.reduce((sum, weight, k) => sum + weight / total * products[k], 0);
  assertAlmostEquals(estimator.logDensity(positions), Math.log(expected), 1e-12);
  const random = new RandomStream(1, 0);
  const draws = Array.from({ length: 3000 }, () => estimator.drawComponent(random));
  assertAlmostEquals(draws.filter((k) => k === 30).length / 3000, 1 / total, 0.01);
  assert(draws.filter((k) => k === 0).length < 20);
});

Deno.test("trials are ranked: done by score, pruned by epochs and score, without a score last, the older first", () => {
  const trial = (
    index: number,
    score: number | null,
    status = "done",
    epochs = 5,
  ): Parameters<typeof rankTrials>[0][0] => {
    return { index, params: {}, score, status, epochs };
  };
  const trials = [
    trial(0, null, "failed"),
    trial(1, 3),
    trial(2, 0, "pruned", 1),
    trial(3, 1),
    trial(4, 9, "pruned", 4),
    trial(5, NaN),
    trial(6, 3),
    trial(7, Infinity),
  ];
  const ranks = (direction: "min" | "max"): number[] => rankTrials(trials, direction).map(({ index }) => index);
  assertEquals(ranks("min"), [3, 1, 6, 7, 4, 2, 0, 5]);
  assertEquals(ranks("max"), [7, 1, 6, 3, 4, 2, 0, 5]);
});
