import { assert, assertEquals, assertRejects } from "@std/assert";
import { gridSearch, input, layers, model, optimizers, search, type SearchOptions } from "../../mod.ts";
import { splitSamples } from "../../src/search/engine/split_samples.ts";
import { inFolder } from "../files/in_folder.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { ROWS, x, y } from "../models/two_heads.ts";

const pick = <T>(values: readonly T[], rows: Uint32Array): T[] => Array.from(rows, (i) => values[i]);
const pickX = (rows: Uint32Array) => ({ left: pick(x.left, rows), right: pick(x.right, rows) });
const pickY = (rows: Uint32Array) => ({ label: pick(y.label, rows), size: pick(y.size, rows) });

function build({ units, learningRate }: { units: number; learningRate: number }) {
  const left = input({ shape: [3], name: "left" });
  const right = input({ shape: [5], name: "right" });
  const joined = layers.concatenate().apply([left, right]);
  const trunk = layers.dense({ units, activation: "tanh", name: `trunk_${units}` }).apply(joined);
  const label = layers.dense({ units: 3, activation: "softmax", name: "label" }).apply(
    layers.dropout({ rate: 0.2 }).apply(trunk),
  );
  const size = layers.dense({ units: 2, name: "size" }).apply(trunk);
  const m = model({ inputs: { left, right }, outputs: { label, size } }, { seed: 1 });
  m.compile({
    optimizer: optimizers.adam({ learningRate }),
    loss: { label: "sparse_categorical_crossentropy", size: "mse" },
    lossWeights: { size: 0.3 },
    metrics: { label: ["accuracy"] },
    weightedMetrics: { size: ["mae"] },
  });
  return m;
}

const base = {
  space: { units: [3, 6], learningRate: [0.01, 0.1] },
  build,
  x,
  y,
  epochs: 3,
  batchSize: 8,
  verbose: 0,
} as const;
const sampleWeight = { size: y.label.map((c) => c + 1) };

for (const workers of [1, 2, 3]) {
  Deno.test(`a trial of several inputs and outputs is model.fit on its part, to the bit: ${workers} threads`, async () => {
    const validation = { split: 0.25, stratified: true };
    const result = await gridSearch({ ...base, validation, sampleWeight, monitor: "val_label_accuracy", workers });
    const names = [0, 1, 2];
    const [fold] = splitSamples(ROWS, { of: Uint32Array.from(y.label), names }, validation, 0);
    for (const trial of result.trials) {
      const m = build(trial.params);
      const { history } = await m.fit(pickX(fold.train), pickY(fold.train), {
        epochs: 3,
        batchSize: 8,
        verbose: 0,
        workers: 1,
        sampleWeight: { size: pick(sampleWeight.size, fold.train) },
        validationData: [pickX(fold.validation), pickY(fold.validation), {
          size: pick(sampleWeight.size, fold.validation),
        }],
      });
      assertEquals(trial.history, history as Record<string, number[]>);
      assertEquals(trial.score, history.val_label_accuracy[2]);
      if (trial.id === result.best.id) assertEquals(hashWeights(result.best.model), hashWeights(m));
    }
    assertEquals(result.best.score, Math.max(...result.trials.map(({ score }) => score!)), "accuracy is better high");
    assertEquals(result.best.model.predict(x).size.shape, [ROWS, 2]);
  });
}

Deno.test("folds are stratified by the first output, and the best is trained on all data", async () => {
  const folds = { folds: 3, stratified: true } as const;
  const options = { ...base, validation: folds, monitor: "val_size_loss", workers: 2 };
  const result = await gridSearch(options);
  const best = build(result.best.params);
  await best.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0 });
  assertEquals(hashWeights(result.best.model), hashWeights(best));
  assertEquals(result.best.score, Math.min(...result.trials.map(({ score }) => score!)));
  assertEquals(result.trials[0].runs.length, 3);
  const lists = await gridSearch({ ...options, x: [x.left, x.right], y: [y.label, y.size] });
  assertEquals(lists.trials.map(({ score }) => score), result.trials.map(({ score }) => score));
});

Deno.test("a search of several outputs goes on from its journal, and refuses that of other data", async () => {
  await inFolder(async (folder) => {
    const built = new Set<string>();
    const options: SearchOptions<typeof base.space, ReturnType<typeof build>> = {
      ...base,
      build: (params) => (built.add(JSON.stringify(params)), build(params)),
      sampler: "grid",
      trials: 4,
      monitor: "val_label_loss",
      validation: { x, y, sampleWeight },
      journal: `${folder}/run.db`,
    };
    const first = await search(options);
    assertEquals(built.size, 4);
    built.clear();
    const again = await search(options);
    assertEquals(again.trials, first.trials, "the seconds they took, too");
    const needed = [first.trials[0], first.best].map(({ params }) => JSON.stringify(params));
    assertEquals([...built].filter((params) => !needed.includes(params)), [], "no trial is trained again");
    assertEquals(hashWeights(again.best.model), hashWeights(first.best.model));
    const reordered = { right: x.right, left: x.left };
    assertEquals((await search({ ...options, x: reordered })).trials.length, 4);
    await assertRejects(() => search({ ...options, x: { ...x, left: x.left.with(0, [9, 9, 9]) } }), Error, "data");
    await assertRejects(() => search({ ...options, y: { ...y, label: y.label.with(0, 1) } }), Error, "data");
  });
});

Deno.test("a search refuses what does not go with several outputs", async () => {
  const cases: [object, string][] = [
    [
      { monitor: "val_accuracy" },
      'monitor must be one of "loss", "label_loss", "size_loss", "label_accuracy", "size_mae", "val_loss"',
    ],
    [{ monitor: "val_label_acuracy" }, 'did you mean "val_label_accuracy"?'],
    [{ x: { left: x.left } }, 'input "right" needs data'],
    [{ y: y.label }, "the model has 2 outputs to be trained"],
    [{ y: { ...y, sise: y.size } }, 'there is no output "sise"; did you mean "size"?'],
    [{ classWeight: { 1: 2 } }, "it goes with one output, but 2 are trained"],
    [{ sampleWeight: { labels: y.label } }, 'there is no output "labels"'],
    [{ validation: { x: x.left, y } }, "the model has 2 inputs"],
  ];
  for (const [options, message] of cases) {
    const found = await assertRejects(() => gridSearch({ ...base, ...options } as typeof base), Error);
    assert(found.message.includes(message), found.message);
  }
});
