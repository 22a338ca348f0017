import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { gridSearch, layers, optimizers, sequential } from "../../mod.ts";
import { splitSamples } from "../../src/search/engine/split_samples.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const { x, y } = twoMoons(120);
const pick = <T>(values: readonly T[], rows: Uint32Array): T[] => Array.from(rows, (i) => values[i]);
const bits = (model: { getWeights(): readonly { data: Float32Array }[] }): number[] =>
  model.getWeights().flatMap(({ data }) => [...new Uint32Array(data.slice().buffer)]);

const base = {
  space: { hidden: [3, 5], learningRate: [0.01, 0.05] },
  build: ({ hidden, learningRate }: { hidden: number; learningRate: number }) => moonModel({ hidden, learningRate }),
  x,
  y,
  epochs: 6,
  batchSize: 16,
  verbose: 0,
} as const;

for (const workers of [1, 2, 3]) {
  Deno.test(`a trial is model.fit on its part of the data, to the bit: ${workers} threads`, async () => {
    const result = await gridSearch({ ...base, validation: { split: 0.25 }, monitor: "val_accuracy", workers });
    const [fold] = splitSamples(120, null, { split: 0.25 }, 0);
    assertEquals(fold.validation.length, 30);
    const models = [];
    for (const trial of result.trials) {
      const model = base.build(trial.params);
      const history = await model.fit(pick(x, fold.train), pick(y, fold.train), {
        epochs: 6,
        batchSize: 16,
        verbose: 0,
        workers: 1,
        validationData: { x: pick(x, fold.validation), y: pick(y, fold.validation) },
      });
      assertEquals(trial.history, history.history as Record<string, number[]>);
      assertEquals(trial.score, trial.history.val_accuracy[5]);
      assertEquals([trial.status, trial.standardError, trial.epochs, trial.attempts], ["done", null, 6, 1]);
      models.push(model);
    }
    const { best } = result;
    assertEquals(best.score, Math.max(...result.trials.map(({ score }) => score!)));
    assertEquals(bits(best.model), bits(models[best.id]));
    // It goes on as the model would that was trained by fit.
    for (const model of [best.model, models[best.id]]) await model.fit(x, y, { epochs: 2, verbose: 0, workers: 1 });
    assertEquals(bits(best.model), bits(models[best.id]));
  });

  Deno.test(`folds: the mean over model.fit of each, and the best trained anew on all data: ${workers} threads`, async () => {
    const validation = { folds: 3, stratified: true };
    const result = await gridSearch({ ...base, validation, monitor: "val_loss", seed: 9, workers });
    const folds = splitSamples(120, { of: Uint32Array.from(y), names: [0, 1] }, validation, 9);
    for (const trial of result.trials) {
      const scores: number[] = [];
      for (const [k, { train, validation: held }] of folds.entries()) {
        const model = base.build(trial.params);
        const options = { epochs: 6, batchSize: 16, verbose: 0, workers: 1 } as const;
        const validationData = { x: pick(x, held), y: pick(y, held) };
        const { history } = await model.fit(pick(x, train), pick(y, train), { ...options, validationData });
        assertEquals(trial.runs[k].history, history as Record<string, number[]>);
        scores.push(history.val_loss[5] as number);
      }
      const mean = (scores[0] + scores[1] + scores[2]) / 3;
      const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 2);
      assertAlmostEquals(trial.score!, mean, 1e-12);
      assertAlmostEquals(trial.standardError!, deviation / Math.sqrt(3), 1e-12);
    }
    const anew = base.build(result.best.params);
    await anew.fit(x, y, { epochs: 6, batchSize: 16, verbose: 0, workers: 1 });
    assertEquals(bits(result.best.model), bits(anew));
  });
}

Deno.test("samples and classes with weights, given validation data and no shuffling are as in model.fit", async () => {
  const sampleWeight = x.map((_, i) => 1 + i % 3);
  const validation = { x: x.slice(0, 40), y: y.slice(0, 40) };
  const options = { sampleWeight, classWeight: { 1: 3 }, shuffle: false, epochs: 4, batchSize: 32 } as const;
  const result = await gridSearch({ ...base, ...options, validation, monitor: "val_loss", workers: 2 });
  for (const trial of result.trials) {
    const model = base.build(trial.params);
    const { history } = await model.fit(x, y, { ...options, verbose: 0, workers: 1, validationData: validation });
    assertEquals(trial.history, history as Record<string, number[]>);
  }
});

Deno.test("without validation trials are scored on what they train on", async () => {
  const result = await gridSearch({ ...base, validation: null, workers: 1 });
  assertEquals(result.monitor, "loss");
  const model = base.build(result.best.params);
  const { history } = await model.fit(x, y, { epochs: 6, batchSize: 16, verbose: 0, workers: 1 });
  assertEquals(result.trials[result.best.id].history, history as Record<string, number[]>);
});

Deno.test("dropout, moving averages, regularizers, schedules and clipping train alike in a worker", async () => {
  const build = ({ rate }: { rate: number }) => {
    const model = sequential([
      layers.normalization({ mean: 0.5, variance: 2, inputShape: [2] }),
      layers.dense({ units: 6, activation: "tanh", kernelRegularizer: "l2", kernelConstraint: "non_neg" }),
      layers.dropout({ rate }),
      layers.dense({ units: 2, activation: "softmax" }),
    ], { seed: 5 });
    const optimizer = optimizers.sgd({ learningRate: 0.1, momentum: 0.9, useEma: true, globalClipnorm: 1 });
    model.compile({ optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    return model;
  };
  const options = { space: { rate: [0.2, 0.5] }, build, x, y, epochs: 5, validation: null, verbose: 0 } as const;
  for (const workers of [1, 2]) {
    const result = await gridSearch({ ...options, workers });
    for (const trial of result.trials) {
      const model = build(trial.params);
      const { history } = await model.fit(x, y, { epochs: 5, verbose: 0, workers: 1 });
      assertEquals(trial.history, history as Record<string, number[]>);
      if (trial.id === result.best.id) assertEquals(bits(result.best.model), bits(model));
    }
  }
});

Deno.test("repetitions have weights and shuffles of their own, whether build takes the seed or not", async () => {
  const options = { ...base, repeats: 3, validation: null, seed: 7, workers: 2 };
  const given = await gridSearch({
    ...options,
    build: ({ hidden, learningRate }, { seed }) => moonModel({ hidden, learningRate, seed }),
  });
  for (const trial of given.trials) {
    for (const run of trial.runs) {
      const model = moonModel({ ...trial.params, seed: 7 + run.seed });
      const { history } = await model.fit(x, y, { epochs: 6, batchSize: 16, verbose: 0, workers: 1 });
      assertEquals(run.history, history as Record<string, number[]>);
    }
  }
  const drawn = await gridSearch({ ...options, seed: 1 }); // the models of `build` have seed 1
  for (const trial of drawn.trials) {
    for (const run of trial.runs) {
      const model = moonModel({ ...trial.params, seed: 1 + run.seed });
      const { history } = await model.fit(x, y, { epochs: 6, batchSize: 16, verbose: 0, workers: 1 });
      assertEquals(run.history, history as Record<string, number[]>);
    }
  }
});

Deno.test("epochs and batch size may follow from the params", async () => {
  const result = await gridSearch({
    space: { epochs: [2, 5], batchSize: [8, 64] },
    build: () => moonModel(),
    x,
    y,
    epochs: ({ epochs }) => epochs,
    batchSize: ({ batchSize }) => batchSize,
    validation: null,
    verbose: 0,
    workers: 1,
  });
  assertEquals(result.trials.map((trial) => trial.history.loss.length), [2, 2, 5, 5]);
  for (const { params, history } of result.trials) {
    const found = await moonModel().fit(x, y, { ...params, verbose: 0, workers: 1 });
    assertEquals(history.loss, found.history.loss);
  }
});

Deno.test("a metric of the user's own is counted on the calling thread, and says so once", async () => {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string): void => void warnings.push(text);
  try {
    const result = await gridSearch({
      ...base,
      build: ({ hidden, learningRate }) => {
        const model = moonModel({ hidden, learningRate });
        const metric = {
          name: "rows",
          direction: "max",
          create: () => {
            let rows = 0;
            return {
              reset: () => void (rows = 0),
              update: (batch: { rows: number }) => void (rows += batch.rows),
              result: () => rows,
            };
          },
        } as const;
        model.compile({
          optimizer: optimizers.adam({ learningRate }),
          loss: "sparse_categorical_crossentropy",
          metrics: [metric],
        });
        return model;
      },
      validation: { split: 0.25 },
      monitor: "val_rows",
      workers: 2,
    });
    assertEquals(result.trials.map(({ score }) => score), [30, 30, 30, 30]);
    assertEquals(result.best.id, 0);
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0], 'the metric "rows" is a function of your own');
  } finally {
    console.warn = warn;
  }
});

Deno.test("the result shows itself", async () => {
  const result = await gridSearch({ ...base, workers: 1 });
  assertEquals(result.monitor, "val_loss");
  assertEquals(result.toCSV().trim().split("\n").length, 5);
  assertStringIncludes(result.report(), "<!doctype html>");
  assertEquals((result.settings.sampler as { id: string }).id, "grid");
  assert(JSON.stringify(result).includes('"hidden":5'));
});

Deno.test("a model without input shape gets that of the data", async () => {
  const build = ({ hidden }: { hidden: number }) => {
    const model = sequential([layers.dense({ units: hidden }), layers.dense({ units: 2, activation: "softmax" })], {
      seed: 1,
    });
    model.compile({ loss: "sparse_categorical_crossentropy" });
    return model;
  };
  const result = await gridSearch({ space: { hidden: [3, 4] }, build, x, y, validation: null, verbose: 0 });
  for (const { params, history } of result.trials) {
    assertEquals(
      history,
      (await build(params).fit(x, y, { verbose: 0, workers: 1 })).history as Record<string, number[]>,
    );
  }
  assertEquals(result.best.model.predict(x).shape, [120, 2]);
});
