import { assert, assertEquals, assertThrows } from "@std/assert";
import { computeFans } from "../../src/initializers/compute_fans.ts";
import type { Initializer } from "../../src/initializers/initializer.ts";
import * as initializers from "../../src/initializers/initializers.ts";
import { resolveInitializer } from "../../src/initializers/resolve_initializer.ts";
import { initializerTable } from "../../src/initializers/gen/table.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { streamOf } from "../../src/tensor/streams.ts";
import type { Shape } from "../../src/tensor/shape.ts";

const random = (seed = 1) => new RandomStream(seed, streamOf("init", 3));
const SHAPE = [400, 250]; // fans 400 and 250
const N = 100_000;

/**
 * Checks mean and variance to 5 standard errors, given the kurtosis of the distribution (Var(s²) ≈ σ⁴ (kurtosis − 1) / n),
 * and that no value lies beyond the limit.
 */
function checkMoments(made: Initializer, mean: number, variance: number, kurtosis: number, limit = Infinity) {
  const values = made.initialize(SHAPE, random());
  assertEquals(values.length, N);
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (const value of values) {
    sum += value;
    squares += (value - mean) ** 2;
    largest = Math.max(largest, Math.abs(value - mean));
  }
  const meanError = (sum / N - mean) / Math.sqrt(variance / N);
  assert(Math.abs(meanError) < 5, `mean is off by ${meanError} standard errors`);
  const varianceError = (squares / N - variance) / (variance * Math.sqrt((kurtosis - 1) / N));
  assert(Math.abs(varianceError) < 5, `variance is off by ${varianceError} standard errors`);
  assert(largest <= limit * (1 + 2 ** -22), `${largest} lies beyond ${limit}`);
  if (limit < Infinity) assert(largest > limit * 0.99, `${largest} never gets near ${limit}`);
}

const UNIFORM = 1.8; // kurtosis of the uniform distribution
const NORMAL = 3;
// Of the normal distribution truncated at ±2, with c = 2φ(2)/(2Φ(2) − 1) = 2 · 0.05399097 / 0.95449974:
// m2 = 1 − 2c, m4 = 3·m2 − 8c.
const C = 2 * 0.05399096651318806 / 0.9544997361036416;
const M2 = 1 - 2 * C;
const TRUNCATED = (3 * M2 - 8 * C) / M2 ** 2;

const uniform = (fan: number, factor: number) => Math.sqrt(factor / fan);

Deno.test("random initializers: moments and limits over 100,000 draws", async (t) => {
  const sigmaTruncated = 0.05 * Math.sqrt(M2);
  const rows: [string, Initializer, number, number, number, number?][] = [
    ["random_normal", initializers.randomNormal(), 0, 0.05 ** 2, NORMAL],
    ["random_normal 3, 2", initializers.randomNormal({ mean: 3, stddev: 2 }), 3, 4, NORMAL],
    ["truncated_normal", initializers.truncatedNormal(), 0, sigmaTruncated ** 2, TRUNCATED, 0.1],
    ["random_uniform", initializers.randomUniform(), 0, 0.1 ** 2 / 12, UNIFORM, 0.05],
    ["random_uniform 1..3", initializers.randomUniform({ minval: 1, maxval: 3 }), 2, 4 / 12, UNIFORM, 1],
    ["glorot_uniform", initializers.glorotUniform(), 0, 2 / 650, UNIFORM, uniform(650, 6)],
    ["he_uniform", initializers.heUniform(), 0, 2 / 400, UNIFORM, uniform(400, 6)],
    ["lecun_uniform", initializers.lecunUniform(), 0, 1 / 400, UNIFORM, uniform(400, 3)],
    ["glorot_normal", initializers.glorotNormal(), 0, 2 / 650, TRUNCATED, 2 * Math.sqrt(2 / 650 / M2)],
    ["he_normal", initializers.heNormal(), 0, 2 / 400, TRUNCATED, 2 * Math.sqrt(2 / 400 / M2)],
    ["lecun_normal", initializers.lecunNormal(), 0, 1 / 400, TRUNCATED, 2 * Math.sqrt(1 / 400 / M2)],
    ["variance_scaling", initializers.varianceScaling(), 0, 1 / 400, TRUNCATED, 2 * Math.sqrt(1 / 400 / M2)],
    [
      "variance_scaling 3, fan_out, untruncated",
      initializers.varianceScaling({ scale: 3, mode: "fan_out", distribution: "untruncated_normal" }),
      0,
      3 / 250,
      NORMAL,
    ],
    [
      "variance_scaling uniform, fan_avg",
      initializers.varianceScaling({ mode: "fan_avg", distribution: "uniform" }),
      0,
      1 / 325,
      UNIFORM,
      uniform(325, 3),
    ],
  ];
  for (const [name, made, mean, variance, kurtosis, limit] of rows) {
    await t.step(name, () => checkMoments(made, mean, variance, kurtosis, limit));
  }
});

Deno.test("computeFans: as Keras", () => {
  const cases: [Shape, number, number][] = [[[], 1, 1], [[7], 7, 7], [[3, 5], 3, 5], [[3, 3, 8, 16], 72, 144], [
    [5, 2, 4],
    10,
    20,
  ]];
  for (const [shape, fanIn, fanOut] of cases) assertEquals(computeFans(shape), { fanIn, fanOut });
});

Deno.test("zeros, ones, constant, identity: exact values", () => {
  const make = (made: Initializer, shape: Shape) => [...made.initialize(shape, random())];
  assertEquals(make(initializers.zeros(), [2, 2]), [0, 0, 0, 0]);
  assertEquals(make(initializers.ones(), [3]), [1, 1, 1]);
  assertEquals(make(initializers.constant({ value: 2.5 }), [2]), [2.5, 2.5]);
  assertEquals(make(initializers.constant(), []), [0]);
  assertEquals(make(initializers.identity(), [2, 3]), [1, 0, 0, 0, 1, 0]);
  assertEquals(make(initializers.identity({ gain: 3 }), [3, 2]), [3, 0, 0, 3, 0, 0]);
  assertThrows(() => make(initializers.identity(), [3]), TypeError, "shape must have 2 axes, got [3]");
});

Deno.test("orthogonal: columns, or rows, are orthonormal times the gain", () => {
  for (const shape of [[1, 1], [64, 64], [50, 20], [20, 50], [3, 3, 4, 8], [2, 2, 1, 9]]) {
    const gain = 1.7;
    const values = initializers.orthogonal({ gain }).initialize(shape, random());
    const columns = shape[shape.length - 1];
    const rows = values.length / columns;
    const tall = rows >= columns;
    const at = (vector: number, i: number) => tall ? values[i * columns + vector] : values[vector * columns + i];
    const [count, length] = tall ? [columns, rows] : [rows, columns];
    for (let a = 0; a < count; a++) {
      for (let b = 0; b <= a; b++) {
        let dot = 0;
        for (let i = 0; i < length; i++) dot += at(a, i) * at(b, i);
        const wanted = a === b ? gain ** 2 : 0;
        // float32 storage: each product is off by at most 2 · 2^-24 · |a·b|, and Σ|a·b| <= gain².
        assert(Math.abs(dot - wanted) <= 2 ** -22 * gain ** 2, `${shape}: (${a}, ${b}) is ${dot}`);
      }
    }
  }
  assertThrows(() => initializers.orthogonal().initialize([5], random()), TypeError, "2 axes or more, got [5]");
});

Deno.test("orthogonal: 2×2 matrices are uniform over rotations and reflections", () => {
  const quadrants = [0, 0, 0, 0];
  let reflections = 0;
  const n = 4000;
  const stream = random(9);
  const made = initializers.orthogonal();
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = made.initialize([2, 2], stream);
    quadrants[(a > 0 ? 1 : 0) + (c > 0 ? 2 : 0)]++;
    if (a * d - b * c < 0) reflections++;
  }
  for (const count of quadrants) assert(Math.abs(count - n / 4) < 5 * Math.sqrt(n * 3 / 16));
  assert(Math.abs(reflections - n / 2) < 5 * Math.sqrt(n / 4));
});

Deno.test("initializers: every row restores from its saved form, is deterministic, and has its own seed", () => {
  const deterministic = ["zeros", "ones", "constant", "identity"];
  for (const [id, row] of Object.entries(initializerTable)) {
    const made = row.create();
    assertEquals(made.id, id);
    const saved = JSON.parse(JSON.stringify({ id: made.id, config: made.config }));
    const again = resolveInitializer(saved);
    assertEquals(again.config, made.config);
    assertEquals(again.initialize([6, 5], random()), made.initialize([6, 5], random()));
    assertEquals(resolveInitializer(made), made);
    if (deterministic.includes(id)) continue;
    assert(made.initialize([6, 5], random(1)).join() !== made.initialize([6, 5], random(2)).join(), id);
    const seeded = resolveInitializer({ id, config: { ...made.config, seed: 5 } });
    assertEquals(seeded.config.seed, 5);
    assertEquals(seeded.initialize([6, 5], random(1)), seeded.initialize([6, 5], random(2)));
    assert(seeded.initialize([6, 5], random(1)).join() !== made.initialize([6, 5], random(1)).join(), id);
  }
});

Deno.test("initializers: the namespace has every row, in camelCase", () => {
  const factories = Object.values(initializers).map((factory) => (factory as () => Initializer)().id);
  assertEquals(factories.sort(), Object.keys(initializerTable).sort());
});

Deno.test("resolveInitializer: both spellings, Keras's aliases, errors with the right names", () => {
  assertEquals(resolveInitializer("he_normal").id, "he_normal");
  assertEquals(resolveInitializer("heNormal").id, "he_normal");
  assertEquals(resolveInitializer("HeNormal").id, "he_normal");
  assertEquals(resolveInitializer("zero").id, "zeros");
  assertEquals(resolveInitializer("one").id, "ones");
  assertEquals(resolveInitializer("normal").id, "random_normal");
  assertEquals(resolveInitializer("uniform").id, "random_uniform");
  const { message } = assertThrows(() => resolveInitializer("he_norml"), RangeError);
  assert(
    message.startsWith(`Unknown initializer "he_norml"; did you mean "he_normal"? Initializers are: zeros, ones,`),
  );
  for (const name of Object.keys(initializerTable)) assert(message.includes(name));
  assertThrows(() => resolveInitializer("__proto__"), RangeError, "Unknown initializer");
  assertThrows(() => resolveInitializer(7 as unknown as string), TypeError, "or { id, config }, got 7");
  assertThrows(() => resolveInitializer({ id: "zeros", config: { value: 1 } }), TypeError, `unknown option "value"`);
});

Deno.test("initializers: options are checked", () => {
  const attempts: [() => unknown, string][] = [
    [() => initializers.randomNormal({ stddev: -1 }), "stddev must be a number >= 0, got -1"],
    [() => initializers.randomUniform({ minval: 1, maxval: 0 }), "maxval must be a number >= 1, got 0"],
    [() => initializers.varianceScaling({ scale: 0 }), "scale must be a number > 0, got 0"],
    [() => initializers.varianceScaling({ mode: "fanin" as "fan_in" }), `got "fanin"; did you mean "fan_in"?`],
    [() => initializers.glorotUniform({ seed: -1 }), "create glorot_uniform initializer: seed must be an integer >= 0"],
    [() => initializers.constant({ value: NaN }), "value must be a finite number, got NaN"],
  ];
  for (const [attempt, message] of attempts) assertThrows(attempt, RangeError, message);
});
