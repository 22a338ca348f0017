import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { input, layers, loadModel, losses, model } from "../../mod.ts";
import type { FunctionalModel } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { assertSameBits } from "../workers/assert_same_bits.ts";

// Labels for pixels: 4 classes along the first axis of a sample, or along the last one behind a permutation.
const CLASSES = 4, PIXELS = 5;
const X = drawNumbers(23, 6, 1);
const LABELS = drawNumbers(23, PIXELS, 2).map((row) => row.map((v) => Math.floor(Math.abs(v) * 1000) % CLASSES));
const hotFirst = LABELS.map((row) =>
  Array.from({ length: CLASSES }, (_, c) => row.map((label) => label === c ? 1 : 0))
);
const hotLast = LABELS.map((row) => row.map((label) => Array.from({ length: CLASSES }, (_, c) => label === c ? 1 : 0)));

type LossOf = (options: { axis: number; fromLogits: boolean }) => losses.Loss;

function build(create: LossOf, first: boolean, activation = "linear"): FunctionalModel {
  const x = input({ shape: [6] });
  const flat = layers.dense({ units: CLASSES * PIXELS }).apply(x);
  let y = layers.reshape({ targetShape: [CLASSES, PIXELS] }).apply(flat);
  if (!first) y = layers.permute({ dims: [2, 1] }).apply(y);
  if (activation === "softmax") y = layers.softmax({ axis: first ? 1 : -1 }).apply(y);
  const net = model({ inputs: x, outputs: y }, { seed: 8 });
  const loss = create({ axis: first ? 1 : -1, fromLogits: activation !== "softmax" });
  net.compile({ optimizer: "adam", loss, metrics: ["accuracy"] });
  return net;
}

for (
  const [name, create, first, last] of [
    ["sparse", losses.sparseCategoricalCrossentropy, LABELS, LABELS],
    ["categorical", losses.categoricalCrossentropy, hotFirst, hotLast],
  ] as const
) {
  for (const activation of ["linear", "softmax"]) {
    Deno.test(`${name} crossentropy (${activation}) over the first axis trains as over the last one`, async () => {
      const [a, b] = [build(create, true, activation), build(create, false, activation)];
      const logs = [
        await a.fit(X, first, { epochs: 3, batchSize: 8, verbose: 0, workers: 1 }),
        await b.fit(X, last, { epochs: 3, batchSize: 8, verbose: 0, workers: 1 }),
      ];
      for (const key of ["loss", "accuracy"]) {
        const [one, other] = logs.map(({ history }) => history[key] as number[]);
        one.forEach((v, i) => assertAlmostEquals(v, other[i], 1e-5, `${key} ${i}`));
      }
      const [one, other] = [a.evaluate(X, first), b.evaluate(X, last)] as Record<string, number>[];
      assertAlmostEquals(one.loss, other.loss, 1e-5);
      assertAlmostEquals(one.accuracy, other.accuracy, 1e-6);
      assert(one.accuracy > 0.2 && one.accuracy < 0.9);
      const again = await loadModel(a.toBytes());
      assertEquals(again.evaluate(X, first), a.evaluate(X, first));
    });
  }

  Deno.test(`${name} crossentropy over the first axis has the same bits on 1, 2, 3, 4 and 7 threads`, async () => {
    await assertSameBits(
      () => build(create, true, "softmax"),
      (net, workers) => net.fit(X, first, { epochs: 2, batchSize: 8, verbose: 0, workers }),
    );
  });
}

Deno.test("labels over an axis are checked, and said where they are", () => {
  const net = build(losses.sparseCategoricalCrossentropy, true);
  const wrong = LABELS.map((row, i) => i === 3 ? [0, 1, 7, 0, 0] : row);
  assertThrows(
    () => net.evaluate(X, wrong),
    RangeError,
    "labels must be integers from 0 to 3, got 7 at sample 3, row 2",
  );
  const hot = build(losses.categoricalCrossentropy, true);
  const negative = hotFirst.map((sample, i) => i === 2 ? sample.map((row) => row.map(() => -1)) : sample);
  assertThrows(
    () => hot.evaluate(X, negative),
    RangeError,
    "labels must be numbers >= 0, one for each class, got -1 at sample 2",
  );
});

Deno.test("classWeight goes by indices along any axis, and by one-hot labels along the last", async () => {
  const options = { batchSize: 8, verbose: 0, workers: 1 } as const;
  const classWeight = { 0: 2 };
  const [first, last, plain] = [true, false, true].map((first) => build(losses.sparseCategoricalCrossentropy, first));
  const weighted = await first.fit(X, LABELS, { ...options, classWeight });
  const indices = await last.fit(X, LABELS, { ...options, classWeight });
  const { history } = await plain.fit(X, LABELS, options);
  assertAlmostEquals(weighted.history.loss[0] as number, indices.history.loss[0] as number, 1e-5);
  assert(Math.abs(weighted.history.loss[0] as number - (history.loss[0] as number)) > 1e-2);
  const hot = build(losses.categoricalCrossentropy, true);
  let message = "";
  await hot.fit(X, hotFirst, { classWeight: { 0: 2 }, verbose: 0 }).catch((error) => message = error.message);
  assert(message.includes("labels must have their classes along the last axis"), message);
});

Deno.test("an axis that predictions do not have is refused", () => {
  const x = input({ shape: [6] });
  const net = model({ inputs: x, outputs: layers.dense({ units: 3 }).apply(x) });
  assertThrows(
    () => net.compile({ optimizer: "sgd", loss: losses.binaryCrossentropy({ axis: 2, fromLogits: true }) }),
    RangeError,
    "Cannot use loss binary_crossentropy: axis must be one of the predictions', the batch being 0, got 2 for samples of shape [3]",
  );
});
