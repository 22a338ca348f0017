import { assert, assertEquals } from "@std/assert";
import type { MetricResult } from "../../src/metrics/metric.ts";
import { resolveMetric } from "../../src/metrics/resolve_metric.ts";
import { type MetricId, metricTable } from "../../src/metrics/gen/table.ts";
import { readGoldens } from "./read_goldens.ts";

const goldens = readGoldens();

/** Within tolerance, relative for values above 1; same nesting. */
function assertNear(actual: MetricResult, expected: MetricResult, tolerance: number): void {
  assertEquals(Array.isArray(actual), Array.isArray(expected));
  const [found, wanted] = [[actual].flat(2), [expected].flat(2)];
  assertEquals(found.length, wanted.length);
  wanted.forEach((value, i) => {
    const error = Math.abs(found[i] - value) / Math.max(1, Math.abs(value));
    assert(error <= tolerance, `element ${i}: got ${found[i]}, want ${value}, off by ${error}`);
  });
}

for (const id of Object.keys(metricTable)) {
  Deno.test(`${id} agrees with other libraries`, async (t) => {
    const own = goldens.filter((each) => each.id === id);
    assert(own.length > 0, "no golden value");
    for (const { title, config, batch, expected, tolerance } of own) {
      await t.step(title, () => {
        const spec = { id: id as MetricId, config };
        const state = resolveMetric(spec, { lossId: "", predWidth: batch.predWidth, trueWidth: batch.trueWidth })
          .create();
        state.update(batch);
        assertNear(state.result(), expected, tolerance);
      });
    }
  });
}
