import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { layers, loadModel, sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const DATA = [[1, 10, 5], [2, 30, 5], [6, 20, 5], [3, 100, 5]];
const MEAN = [3, 40, 5];
const VARIANCE = [3.5, 1250, 0]; // the population's: divided by n

/** (x − mean) / max(√variance, 1e-7), Keras's formula. */
function reference(x: number[][]): number[][] {
  return x.map((row) => row.map((v, j) => (v - MEAN[j]) / Math.max(Math.sqrt(VARIANCE[j]), 1e-7)));
}

function near(found: unknown, expected: number[][], tolerance = 1e-6): void {
  (found as number[][]).forEach((row, i) =>
    row.forEach((v, j) =>
      assertAlmostEquals(v, expected[i][j], tolerance * Math.max(1, Math.abs(expected[i][j])), `${i}, ${j}`)
    )
  );
}

Deno.test("normalization takes the population's mean and variance of every feature, before the model is built or after", () => {
  const before = layers.normalization({ inputShape: [3] });
  before.adapt(DATA);
  const after = layers.normalization({ inputShape: [3] });
  const late = sequential([after]);
  assertEquals(late.predict(DATA).toArray(), DATA, "without adapt: mean 0, variance 1");
  after.adapt(DATA);
  for (const model of [sequential([before]), late]) {
    near([[...model.getWeights()[0].data], [...model.getWeights()[1].data]], [MEAN, VARIANCE]);
    near(model.predict(DATA).toArray(), reference(DATA));
    assertEquals(model.weights.map((w) => [w.name, w.trainable]), [["normalization/mean", false], [
      "normalization/variance",
      false,
    ]]);
  }
  after.adapt([[0, 0, 0], [2, 2, 2]]);
  near(late.predict([[3, 1, 1]]).toArray(), [[2, 0, 0]]);
});

Deno.test("a feature that does not vary becomes 0, not NaN", () => {
  const layer = layers.normalization({ inputShape: [3] });
  layer.adapt(DATA);
  const y = sequential([layer]).predict(DATA).toArray() as number[][];
  assertEquals(y.map((row) => row[2]), [0, 0, 0, 0]);
});

Deno.test("data far from 0 lose nothing in the statistics", () => {
  const layer = layers.normalization({ inputShape: [1] });
  layer.adapt([[16777211], [16777212], [16777213]].map(([v]) => [v]));
  assertAlmostEquals(sequential([layer]).getWeights()[1].data[0], 2 / 3, 1e-6);
});

Deno.test("statistics go over all axes but the last", () => {
  const layer = layers.normalization({ inputShape: [2, 2] });
  layer.adapt([[[1, 10], [2, 20]], [[3, 30], [6, 20]]]);
  const [mean, variance] = sequential([layer]).getWeights();
  near([[...mean.data], [...variance.data]], [[3, 20], [3.5, 50]]);
});

Deno.test("invert undoes it: y = x · max(√variance, 1e-7) + mean", () => {
  const x = drawNumbers(6, 2, 1);
  const there = layers.normalization({ mean: [3, -40], variance: [3.5, 1250], inputShape: [2] });
  const back = layers.normalization({ mean: [3, -40], variance: [3.5, 1250], invert: true });
  near(sequential([there, back]).predict(x).toArray(), x, 5e-6);
  const only = sequential([layers.normalization({ mean: [3, -40], variance: [4, 9], invert: true, inputShape: [2] })]);
  near(only.predict([[1, 2]]).toArray(), [[5, -34]]);
});

Deno.test("one mean and one variance stand for all features", () => {
  const model = sequential([layers.normalization({ mean: 2, variance: 4, inputShape: [3] })]);
  near(model.predict([[2, 4, 6]]).toArray(), [[0, 1, 2]]);
});

Deno.test("training leaves the statistics alone, and files keep them", async () => {
  const layer = layers.normalization({ inputShape: [3] });
  layer.adapt(DATA);
  const model = sequential([layer, layers.dense({ units: 1 })]);
  model.compile({ optimizer: "adam", loss: "mse" });
  await model.fit(DATA, [1, 2, 3, 4], { epochs: 5, verbose: 0 });
  near([[...model.getWeights()[0].data], [...model.getWeights()[1].data]], [MEAN, VARIANCE]);
  assertEquals((await loadModel(model.toBytes())).predict(DATA), model.predict(DATA));
});

Deno.test("adapting to data of another width is refused, and nothing changes", () => {
  const layer = layers.normalization({ inputShape: [3] });
  layer.adapt(DATA);
  const model = sequential([layer]);
  const before = model.getWeights();
  assertThrows(() => layer.adapt([[1, 2], [3, 4]]), TypeError);
  assertEquals(model.getWeights(), before);
});

Deno.test("adapt takes streams: the statistics are those of all batches together", async () => {
  const parts = [DATA.slice(0, 1), DATA.slice(1, 2), DATA.slice(2)];
  async function* later(): AsyncGenerator<number[][]> {
    for (const part of parts) yield await Promise.resolve(part);
  }
  const streams = [new Set(parts), parts.map((x) => ({ x, y: [1] })), later()];
  for (const stream of streams) {
    const layer = layers.normalization({ inputShape: [3] });
    const done: void | Promise<void> = layer.adapt(stream as AsyncIterable<number[][]>);
    assertEquals(done instanceof Promise, Symbol.asyncIterator in stream);
    await done;
    const [mean, variance] = sequential([layer]).getWeights();
    near([[...mean.data], [...variance.data]], [MEAN, VARIANCE]);
  }
  const layer = layers.normalization({ inputShape: [3] });
  layer.adapt(new Set(parts), { steps: 2 });
  near([[...sequential([layer]).getWeights()[0].data]], [[1.5, 20, 5]]);
  assertThrows(() => layer.adapt(new Set([DATA, [[1, 2]]])), TypeError, "every batch must have 3 features");
  assertThrows(() => layer.adapt(new Set<number[][]>()), TypeError, "Cannot adapt: the stream gave no batches");
});

Deno.test("statistics of a stream are exact to float32, however far the data are from 0 and however they are cut", () => {
  for (const mean of [0, 1, 1e3, 1e6, 1.7e9]) {
    for (const spread of [0, 1e-3, 1, 1e3]) {
      const values = Float32Array.from(drawNumbers(1000, 1, 4).flat(), (v) => mean + spread * v);
      const exact = values.reduce((sum, v) => sum + v, 0) / 1000;
      const variance = values.reduce((sum, v) => sum + (v - exact) * (v - exact), 0) / 1000;
      for (const size of [1, 7, 333, 1000]) {
        const batches = [];
        for (let i = 0; i < 1000; i += size) batches.push({ x: Array.from(values.subarray(i, i + size), (v) => [v]) });
        const layer = layers.normalization({ inputShape: [1] });
        layer.adapt(batches);
        const [m, v] = sequential([layer]).getWeights();
        const what = `mean ${mean}, spread ${spread}, batches of ${size}`;
        // Half an ulp of float32 for the mean; the variance is a sum of 1000 squares, its error that of the mean beside the spread.
        assertAlmostEquals(m.data[0], exact, 6e-8 * Math.abs(exact) + 1e-12, what);
        assertAlmostEquals(v.data[0], variance, 1e-6 * variance, what);
      }
    }
  }
});
