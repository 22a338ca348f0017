import { assert, assertEquals, assertRejects } from "@std/assert";
import { choice, gridSearch, layers, search, sequential } from "../../mod.ts";
import { splitSamples } from "../../src/search/engine/split_samples.ts";
import { hashWeights } from "../models/hash_weights.ts";
import { classOf, drawSequences } from "../models/open_models.ts";

const x = drawSequences(30, 6, 1);
const y = classOf(x);
const QUIET = { verbose: 0, workers: 1 } as const;

/** A classifier of sequences of any length. The mean over time is a product with ones, so that all of it is of the library. */
const build = ({ units }: { units: number }) => {
  const m = sequential([
    layers.dense({ units, activation: "tanh", inputShape: [null, 3] }),
    layers.lambda({ function: ({ ops }, x) => ops.mean(x, { axis: 1 }), name: "pool" }),
    layers.dense({ units: 2, activation: "softmax" }),
  ], { seed: 2 });
  m.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  return m;
};

for (const workers of [1, 2]) {
  Deno.test(`a trial of a model with unknown lengths is model.fit, also validated on another length: ${workers} threads`, async () => {
    const given = drawSequences(8, 9, 2);
    const validation = { x: given, y: classOf(given) };
    const options = { x, y, epochs: 3, batchSize: 8, build, space: { units: [3, 5] }, verbose: 0, workers } as const;
    const result = await gridSearch({ ...options, validation, monitor: "val_loss" });
    for (const trial of result.trials) {
      const m = build(trial.params);
      const { history } = await m.fit(x, y, { ...QUIET, epochs: 3, batchSize: 8, validationData: validation });
      assertEquals(trial.history, history as Record<string, number[]>);
      if (trial.id === result.best.id) assertEquals(hashWeights(result.best.model as never), hashWeights(m));
    }
    const folded = await gridSearch({ ...options, validation: { folds: 3 }, monitor: "val_accuracy", seed: 5 });
    const [{ train, validation: held }] = splitSamples(30, null, { folds: 3 }, 5);
    const m = build({ units: 3 });
    const pick = <T>(values: readonly T[], rows: Uint32Array): T[] => Array.from(rows, (i) => values[i]);
    const { history } = await m.fit(pick(x, train), pick(y, train), {
      ...QUIET,
      epochs: 3,
      batchSize: 8,
      validationData: { x: pick(x, held), y: pick(y, held) },
    });
    assertEquals(folded.trials[0].runs[0].history, history as Record<string, number[]>);
  });
}

Deno.test("trials may make outputs of other lengths, and say which of them the data do not fit", async () => {
  const crop = ({ crop }: { crop: number }) => {
    const m = sequential([
      layers.dense({ units: 2, inputShape: [null, 3] }),
      layers.cropping1d({ cropping: [crop, 0] }),
    ]);
    m.compile({ optimizer: "sgd", loss: "mse" });
    return m;
  };
  const labels = x.map((steps) => steps.slice(1).map((step) => step.slice(1)));
  const result = await search({
    space: { crop: choice([1, 2]) },
    sampler: "grid",
    build: crop,
    x,
    y: labels,
    epochs: 1,
    validation: null,
    monitor: "loss",
    ...QUIET,
  });
  assertEquals(result.trials.map(({ status }) => status), ["done", "failed"]);
  assert(
    result.trials[1].reason?.includes("needs a y of shape [batch, 4, 2], got [30, 5, 2]"),
    result.trials[1].reason,
  );
  await assertRejects(
    () =>
      gridSearch({
        space: { units: [3] },
        build,
        x: [[[1, 2, 3]], [[1, 2, 3], [1, 2, 3]]],
        y: [0, 1],
        epochs: 1,
        ...QUIET,
      }),
    TypeError,
    "pad them",
  );
});
