import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bodyCalls, bodyTexts } from "../../src/kernels/gen/body_texts.ts";
import { mapRows } from "../../src/ops/map_rows.ts";
import { largestOf } from "../../src/tensor/largest_of.ts";
import { splitSamples } from "../../examples/csv/split_samples.ts";

/** More than a call may have arguments. */
const MANY = 300_000;

Deno.test("the largest of many numbers, of none, and with NaN", () => {
  assertEquals(largestOf(Float32Array.from({ length: MANY }, (_, i) => i % 99_991)), 99_990);
  assertEquals([largestOf([]), largestOf([], 3), largestOf([-5, -2], -9)], [-Infinity, 3, -2]);
  assertEquals(largestOf([1, NaN, 2]), NaN);
});

Deno.test("rows of many numbers: softmax in a generated module, and the references of ops", () => {
  const x = Float32Array.from({ length: MANY }, (_, i) => i % 2);
  for (
    const [operation, at0, at1] of [["softmax", 1 / (1 + Math.E), Math.E / (1 + Math.E)], [
      "log_softmax",
      0,
      1,
    ]] as const
  ) {
    const y = new Float64Array(MANY);
    const name = bodyCalls[operation][0];
    new Function(`${bodyTexts[name]} return ${name};`)()(y, 0, x, 0, 1, MANY);
    const scale = operation === "softmax" ? MANY / 2 : 1;
    const shift = operation === "softmax" ? 0 : Math.log(MANY / 2 * (1 + Math.E));
    assertAlmostEquals(y[0] * scale + shift, at0, 1e-9);
    assertAlmostEquals(y[1] * scale + shift, at1, 1e-9);
  }
  const doubled = mapRows([{ data: Float64Array.from(x), shape: [1, MANY] }], [MANY], (row) => row.map((v) => 2 * v));
  assertEquals([doubled.length, doubled[1]], [MANY, 2]);
});

Deno.test("the example splits many rows", () => {
  const y = Array.from({ length: MANY }, () => 0);
  const { held, rest } = splitSamples(Array.from(y, (_, i) => i), y, { share: 0.5, seed: 1 });
  assertEquals([held.length, rest.length, new Set([...held, ...rest]).size], [MANY / 2, MANY / 2, MANY]);
});
