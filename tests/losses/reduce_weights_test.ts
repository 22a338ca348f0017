import { assertEquals, assertThrows } from "@std/assert";
import { reduceWeights, type RowWeights } from "../../src/losses/reduce_weights.ts";
import type { Reduction } from "../../src/losses/reduction.ts";

function scaleOf(reduction: Reduction, rows: number, weights: RowWeights = {}): number[] {
  const scale = new Float32Array(rows).fill(NaN);
  reduceWeights(scale, reduction, weights);
  return [...scale];
}

Deno.test("reductions without weights", () => {
  assertEquals(scaleOf("sum", 3), [1, 1, 1]);
  for (const reduction of ["sum_over_batch_size", "mean", "mean_with_sample_weight"] as const) {
    assertEquals(scaleOf(reduction, 4), [0.25, 0.25, 0.25, 0.25]);
  }
});

Deno.test("the divisor counts rows, not weights, except for mean_with_sample_weight", () => {
  const sampleWeight = [1, 0, 4, 3];
  assertEquals(scaleOf("sum", 4, { sampleWeight }), [1, 0, 4, 3]);
  assertEquals(scaleOf("sum_over_batch_size", 4, { sampleWeight }), [0.25, 0, 1, 0.75]);
  assertEquals(scaleOf("mean", 4, { sampleWeight }), [0.25, 0, 1, 0.75]);
  assertEquals(scaleOf("mean_with_sample_weight", 4, { sampleWeight }), [0.125, 0, 0.5, 0.375]);
});

Deno.test("rows that a mask leaves out do not count", () => {
  const mask = [1, 0, 1, 0];
  assertEquals(scaleOf("sum", 4, { mask }), [1, 0, 1, 0]);
  assertEquals(scaleOf("sum_over_batch_size", 4, { mask }), [0.5, 0, 0.5, 0]);
  const sampleWeight = [1, 5, 3, 5];
  assertEquals(scaleOf("mean", 4, { mask, sampleWeight }), [0.5, 0, 1.5, 0]);
  assertEquals(scaleOf("mean_with_sample_weight", 4, { mask, sampleWeight }), [0.25, 0, 0.75, 0]);
});

Deno.test("nothing that counts gives 0, not NaN", () => {
  assertEquals(scaleOf("mean", 2, { mask: [0, 0] }), [0, 0]);
  assertEquals(scaleOf("mean_with_sample_weight", 2, { sampleWeight: [0, 0] }), [0, 0]);
  assertEquals(scaleOf("sum", 0), []);
});

Deno.test("none cannot be trained on", () => {
  assertThrows(() => scaleOf("none", 2), RangeError, 'reduction must give one number to train on, got "none"');
});
