import { assert, assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import { layers, loadModel, sequential, type StreamBatch } from "../../mod.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";
import { hashWeights } from "./hash_weights.ts";
import { buildClassifier, classOf, custom, drawSequences } from "./open_models.ts";

const LENGTHS = [3, 9, 1, 9, 4];

/** Batches of several lengths and sizes. */
const batches: readonly StreamBatch[] = LENGTHS.map((steps, i) => {
  const x = drawSequences(5 + i, steps, i);
  return { x, y: classOf(x), sampleWeight: x.map((_, row) => 0.5 + row % 3) };
});

async function* slowly(): AsyncGenerator<StreamBatch> {
  for (const batch of batches) {
    await Promise.resolve();
    yield batch;
  }
}

Deno.test("a fit of a stream whose batches have several lengths is a step on each of them", async () => {
  const [fitted, stepped] = [buildClassifier(null), buildClassifier(null)];
  await fitted.fit(batches, { epochs: 2, verbose: 0, workers: 1 });
  for (let epoch = 0; epoch < 2; epoch++) {
    for (const { x, y, sampleWeight } of batches) {
      stepped.trainOnBatch(x as number[][][], y as number[], { sampleWeight: sampleWeight as number[] });
    }
  }
  assertEquals(hashWeights(fitted), hashWeights(stepped));
  assertNotEquals(hashWeights(fitted), hashWeights(buildClassifier(null)));
});

Deno.test("streams of several lengths: evaluation, validation and prediction weigh batches by their samples", async () => {
  const m = buildClassifier(null);
  const each = batches.map(({ x, y, sampleWeight }) => {
    return m.evaluate(x as number[][][], y as number[], { sampleWeight: sampleWeight as number[] });
  });
  const samples = batches.map(({ y }) => (y as number[]).length);
  const all = samples.reduce((sum, n) => sum + n, 0);
  const mean = each.reduce((sum, { loss }, i) => sum + loss * samples[i], 0) / all;
  const found = m.evaluate(batches);
  assert(Math.abs(found.loss - mean) < 1e-6);
  assertEquals(await m.evaluate(slowly()), found);
  assertEquals(m.evaluate(batches, { workers: 2 }), found);
  const { history } = await m.fit(slowly(), { epochs: 1, verbose: 0, validationData: batches });
  assertEquals(history.val_loss.length, 1);
  const predicted = m.predict(batches);
  assertEquals(predicted.shape, [all, 2]);
  assertEquals((await m.predict(slowly())).data, predicted.data);
  assertEquals(predicted.data.slice(0, 10), m.predict(batches[0].x as number[][][]).data);
});

Deno.test("streams of several lengths: the same bits for any number of threads, and after a file", async () => {
  await assertSameBits(
    () => buildClassifier(null),
    (m, workers) => m.fit(batches, { epochs: 2, verbose: 0, workers }),
  );
  const whole = buildClassifier(null);
  await whole.fit(batches, { epochs: 3, verbose: 0, workers: 1 });
  const first = buildClassifier(null);
  await first.fit(batches, { epochs: 1, verbose: 0, workers: 2 });
  const second = await loadModel(first.toBytes(), { custom });
  await second.fit(batches, { epochs: 3, initialEpoch: 1, verbose: 0, workers: 3 });
  assertEquals(hashWeights(second), hashWeights(whole));
});

Deno.test("statistics of features adapt to batches of several lengths", () => {
  const scale = layers.normalization({ inputShape: [null, 3] });
  scale.adapt(batches.map(({ x }) => ({ x: x as number[][][] })));
  const all = batches.flatMap(({ x }) => (x as number[][][]).flat());
  const m = sequential([scale]);
  const mean = all.reduce((sum, [first]) => sum + first, 0) / all.length;
  assert(Math.abs(m.weights[0].value.data[0] - mean) < 1e-6);
  assertEquals(m.predict(batches[1].x as number[][][]).shape, [6, 9, 3]);
});

Deno.test("outputs whose lengths differ are not put together", async () => {
  const m = sequential([layers.dense({ units: 2, inputShape: [null, 3] })]);
  const rule = 'so "dense" must have one length, got [batch, 3, 2] and [batch, 9, 2]; predict each batch by itself';
  assertThrows(() => m.predict(batches), TypeError, rule);
  await assertRejects(() => m.predict(slowly()), TypeError, rule);
  assertEquals(m.predict([batches[1], batches[3]]).shape, [14, 9, 2]);
});
