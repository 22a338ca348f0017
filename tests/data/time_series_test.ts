import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { layers, sequential, timeSeries, type TimeSeriesOptions } from "../../mod.ts";
import { hashWeights } from "../models/hash_weights.ts";

const STEPS = 23;
const DATA = Array.from({ length: STEPS }, (_, t) => [t, 100 + t]);
const TARGETS = Array.from({ length: STEPS }, (_, t) => 1000 + t);

/** All windows of an epoch, and their labels. */
function collect(options: TimeSeriesOptions, data: Parameters<typeof timeSeries>[0] = DATA) {
  const series = timeSeries(data, options);
  const batches = [...series];
  assertEquals(batches.length, series.length);
  const x = batches.flatMap((batch) => batch.x.toArray() as number[][][]);
  const y = batches.flatMap((batch) => batch.y.toArray() as unknown[]);
  assertEquals([x.length, y.length], [series.size, series.size]);
  return { x, y };
}

Deno.test("windows and labels are those of the definition", () => {
  for (const length of [1, 3]) {
    for (const stride of [1, 2, 5]) {
      for (const horizon of [0, 1, 4, [1], [1, 2, 3]]) {
        for (const samplingRate of [1, 3]) {
          for (const [start, end] of [[0, STEPS], [4, 20]]) {
            const aheads = [horizon].flat();
            const x: number[][][] = [];
            const y: unknown[] = [];
            for (let first = start;; first += stride) {
              const last = first + (length - 1) * samplingRate;
              if (last + Math.max(...aheads) >= end) break;
              x.push(Array.from({ length }, (_, k) => DATA[first + k * samplingRate]));
              const labels = aheads.map((ahead) => TARGETS[last + ahead]);
              y.push(Array.isArray(horizon) ? labels : labels[0]);
            }
            const options = { length, stride, horizon, samplingRate, start, end, batchSize: 4 };
            assertEquals(collect({ ...options, targets: TARGETS }), { x, y });
          }
        }
      }
    }
  }
  assertEquals(collect({ length: 2 }, [5, 6, 7, 8]), { x: [[5, 6], [6, 7]], y: [7, 8] } as never);
  assertEquals(collect({ length: 2, horizon: [1, 2] }).y[0], [[2, 102], [3, 103]]);
});

Deno.test("an epoch's order is a function of seed and epoch", () => {
  const options = { length: 3, shuffle: true, seed: 4, batchSize: 4 };
  const series = timeSeries(DATA, options);
  const starts = (): number[] => [...series].flatMap(({ x }) => (x.toArray() as number[][][]).map(([[t]]) => t));
  const [first, second] = [starts(), starts()];
  assertNotEquals(first, second);
  assertEquals(first.toSorted((a, b) => a - b), Array.from({ length: 20 }, (_, t) => t));
  series.setEpoch(0);
  assertEquals(starts(), first);
});

Deno.test("fit, evaluate and predict take windows; a part of the time validates", async () => {
  const wave = Float32Array.from({ length: 120 }, (_, t) => Math.sin(t / 6));
  const create = () => {
    const m = sequential([layers.flatten({ inputShape: [8, 1] }), layers.dense({ units: 1 })], { seed: 2 });
    m.compile({ optimizer: "adam", loss: "mse" });
    return m;
  };
  const train = timeSeries(wave, { length: 8, end: 90, shuffle: true, seed: 1 });
  const validationData = timeSeries(wave, { length: 8, start: 90 });
  const m = create();
  const { history } = await m.fit(train, { epochs: 3, verbose: 0, validationData });
  assertEquals(history.val_loss.length, 3);
  const { loss } = m.evaluate(validationData) as { loss: number };
  assert(Math.abs(loss - history.val_loss[2]) < 1e-6);
  assertEquals(m.predict(validationData).shape, [22, 1]);
  const byHand = create();
  for (let epoch = 0; epoch < 3; epoch++) {
    train.setEpoch(epoch);
    for (const { x, y } of train) byHand.trainOnBatch(x, y);
  }
  assertEquals(hashWeights(byHand), hashWeights(m));
});

Deno.test("what gives no windows is named", () => {
  // deno-lint-ignore no-explicit-any
  const make = (options: any, data: any = DATA) => () => timeSeries(data, options);
  assertThrows(make({}), TypeError, "length");
  assertThrows(make({ length: 0 }), RangeError, "length");
  assertThrows(make({ length: 2, sequenceStride: 2 }), TypeError, 'unknown option "sequenceStride"');
  assertThrows(make({ length: 20, horizon: 4 }), RangeError, "reach over 24 steps, but there are 23");
  assertThrows(make({ length: 5, start: 20 }), RangeError, "reach over 6 steps, but there are 3");
  assertThrows(make({ length: 5, end: 24 }), RangeError, "end");
  assertThrows(make({ length: 5, start: 23 }), RangeError, "start");
  assertThrows(make({ length: 5, horizon: [] }), TypeError, "horizon must have at least one number");
  assertThrows(make({ length: 5, horizon: -1 }), RangeError, "horizon");
  assertThrows(make({ length: 5, targets: [1, 2] }), TypeError, "a row for each step of the data, got 2 for 23 steps");
  assertThrows(make({ length: 1 }, [1, NaN, 2]), RangeError, "data has NaN at sample 1");
  assertThrows(make({ length: 1 }, 5), TypeError, "data must have an axis of steps");
});
