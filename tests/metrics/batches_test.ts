import { assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import { resolveMetric } from "../../src/metrics/resolve_metric.ts";
import type { MetricId } from "../../src/metrics/gen/table.ts";
import { makeBatch, sliceBatch } from "./make_batch.ts";
import { readGoldens } from "./read_goldens.ts";

const goldens = readGoldens().map(({ title, id, config, batch }) => ({
  title,
  batch,
  metric: resolveMetric({ id: id as MetricId, config }, { lossId: "", predWidth: batch.predWidth, trueWidth: 1 }),
}));

Deno.test("every metric gives the same bits however rows are cut into batches", () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 97 }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...goldens), cuts, ({ batch, metric }, at) => {
      const whole = metric.create();
      whole.update(batch);
      const parts = metric.create();
      const edges = [0, ...at.sort((a, b) => a - b), batch.rows];
      for (let i = 1; i < edges.length; i++) parts.update(sliceBatch(batch, edges[i - 1], edges[i]));
      assertEquals(parts.result(), whole.result());
    }),
    { numRuns: 600, seed: 1 },
  );
});

Deno.test("every metric gives the same after a reset as when new, and states are independent", () => {
  for (const { title, batch, metric } of goldens) {
    const state = metric.create();
    state.update(sliceBatch(batch, 50, 97));
    state.reset();
    const other = metric.create();
    other.update(sliceBatch(batch, 0, 10));
    state.update(batch);
    const fresh = metric.create();
    fresh.update(batch);
    assertEquals(state.result(), fresh.result(), title);
  }
});

Deno.test("a state that is given and taken in the middle goes on to the same bits, and is a copy", () => {
  for (const { title, batch, metric } of goldens) {
    const whole = metric.create();
    whole.update(batch);
    for (const cut of [0, 1, 40]) {
      const first = metric.create();
      if (cut > 0) first.update(sliceBatch(batch, 0, cut));
      const state = first.getState!();
      const second = metric.create();
      second.setState!(state);
      assertEquals(second.result(), first.result(), title);
      second.update(sliceBatch(batch, cut, batch.rows));
      assertEquals(second.result(), whole.result(), `${title}, cut at ${cut}`);
      assertEquals(first.getState!(), state, title);
    }
    assertThrows(() => metric.create().setState!("nonsense"), TypeError, "Cannot set the state of metric");
    assertThrows(() => metric.create().setState!(new Float64Array(7)), TypeError, "Cannot set the state of metric");
  }
});

Deno.test("weights of 1 change nothing, weights of 2 double a confusion matrix and nothing else", () => {
  for (const { title, batch, metric } of goldens) {
    if (batch.sampleWeight !== null) continue;
    const [plain, ones, twos] = [metric.create(), metric.create(), metric.create()];
    plain.update(batch);
    ones.update({ ...batch, sampleWeight: new Float32Array(batch.rows).fill(1) });
    twos.update({ ...batch, sampleWeight: new Float32Array(batch.rows).fill(2) });
    assertEquals(ones.result(), plain.result(), title);
    const factor = metric.id === "confusion_matrix" ? 2 : 1;
    const want = [plain.result()].flat(2).map((value) => value * factor);
    [twos.result()].flat(2).forEach((value, i) => assertEquals(Math.fround(value), Math.fround(want[i]), title));
  }
});

Deno.test("a row of weight 0 is left out even if it is NaN", () => {
  for (const { title, batch, metric } of goldens) {
    const { trueWidth, predWidth } = batch;
    const rows = batch.rows + 1;
    const weights = [...(batch.sampleWeight ?? new Float32Array(batch.rows).fill(1)), 0];
    const yTrue = [...batch.yTrue, ...Array(trueWidth).fill(NaN)];
    const yPred = [...batch.yPred, ...Array(predWidth).fill(NaN)];
    const [masked, plain] = [metric.create(), metric.create()];
    masked.update(makeBatch(yTrue, yPred, rows, weights));
    plain.update({ ...batch, sampleWeight: Float32Array.from(weights.slice(0, -1)) });
    assertEquals(masked.result(), plain.result(), title);
  }
});

Deno.test("before the first batch every result is a finite number or has none in it", () => {
  for (const { title, metric } of goldens) {
    const values = [metric.create().result()].flat(2);
    assertEquals(values.every(Number.isFinite), true, title);
  }
});
