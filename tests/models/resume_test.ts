import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  callbacks,
  constraints,
  layers,
  loadModel,
  losses,
  metrics,
  optimizers,
  schedules,
  sequential,
} from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";

const X = drawNumbers(45, 5, 1);
const Y = drawNumbers(45, 2, 2);
const QUIET = { verbose: 0 } as const;
const decay = () => schedules.exponentialDecay({ initialLearningRate: 0.02, decaySteps: 3, decayRate: 0.9 });

const optimizerTable = {
  "sgd": () => optimizers.sgd(),
  "sgd with momentum, nesterov and clipping": () =>
    optimizers.sgd({ momentum: 0.9, nesterov: true, globalClipnorm: 0.5 }),
  "adam with a schedule": () => optimizers.adam({ learningRate: decay() }),
  "adam, amsgrad, moving average": () =>
    optimizers.adam({ amsgrad: true, useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 7 }),
  "adamw, gradients accumulated over 4 batches": () => optimizers.adamw({ gradientAccumulationSteps: 4 }),
  "rmsprop, centered": () => optimizers.rmsprop({ centered: true, momentum: 0.5 }),
  "nadam": () => optimizers.nadam(),
  "adagrad": () => optimizers.adagrad(),
  "adadelta": () => optimizers.adadelta(),
  "adamax": () => optimizers.adamax(),
  "lion": () => optimizers.lion(),
  "ftrl": () => optimizers.ftrl({ learningRate: 0.05, l1RegularizationStrength: 0.01 }),
  "adafactor": () => optimizers.adafactor({ learningRate: 0.02, clipnorm: 0.5 }),
  "muon": () => optimizers.muon({ gradientAccumulationSteps: 2 }),
  "adam without a schedule": () => optimizers.adamScheduleFree({ weightDecay: 0.01, warmupSteps: 7 }),
  "lamb with a schedule": () => optimizers.lamb({ learningRate: decay() }),
};

function build(optimizer: () => ReturnType<typeof optimizers.sgd>): Sequential {
  const model = sequential([
    layers.normalization({ mean: 0.1, variance: 0.4, inputShape: [5] }),
    layers.dense({ units: 9, activation: "leaky_relu", kernelConstraint: constraints.maxNorm({ maxValue: 1.5 }) }),
    layers.dropout({ rate: 0.3 }),
    layers.prelu(),
    layers.dense({ units: 4, activation: "tanh", kernelRegularizer: "l2", trainable: false }),
    layers.dense({ units: 2 }),
  ], { seed: 12 });
  model.compile({
    optimizer: optimizer(),
    loss: losses.huber({ delta: 0.7 }),
    metrics: [metrics.meanAbsoluteError({ name: "off" })],
    weightedMetrics: ["mse"],
  });
  return model;
}

for (const [what, optimizer] of Object.entries(optimizerTable)) {
  Deno.test(`6 epochs are 3, a file and 3 more, to the bit: ${what}`, async () => {
    const options = { batchSize: 10, ...QUIET }; // 5 steps an epoch, the last of 5 rows
    const whole = build(optimizer);
    // With a moving average the end of a fit puts the average in place: then the whole run is one of two fits.
    const ema = what.includes("moving average");
    const all = ema
      ? [await whole.fit(X, Y, { epochs: 3, ...options }), await whole.fit(X, Y, { epochs: 3, ...options })]
      : [await whole.fit(X, Y, { epochs: 6, ...options })];
    const first = build(optimizer);
    const before = await first.fit(X, Y, { epochs: 3, ...options });
    const second = await loadModel(first.toBytes());
    assertEquals(hashWeights(second), hashWeights(first));
    assertEquals(second.iteration, first.iteration);
    const after = await second.fit(X, Y, { epochs: 6, initialEpoch: 3, ...options });
    assertEquals([...before.history.loss, ...after.history.loss], all.flatMap((h) => h.history.loss));
    assertEquals([...before.history.off, ...after.history.off], all.flatMap((h) => h.history.off));
    assertEquals(Object.keys(after.history), Object.keys(before.history));
    assertEquals(hashWeights(second), hashWeights(whole));
    assertEquals(second.toBytes(), whole.toBytes(), "the optimizer's state and the counters, too");
  });
}

Deno.test("a loaded model that is not trained is saved as it was loaded", async () => {
  const model = build(optimizerTable.nadam);
  await model.fit(X, Y, { epochs: 2, ...QUIET });
  const bytes = model.toBytes();
  assertEquals((await loadModel(bytes)).toBytes(), bytes);
  const plain = sequential([layers.dense({ units: 2, inputShape: [5] })]);
  const again = await loadModel(plain.toBytes());
  assertEquals(again.toBytes(), plain.toBytes());
  assert(!again.isCompiled);
  await assertRejects(() => again.fit(X, Y, QUIET), Error, "call compile({ optimizer, loss }) first");
});

Deno.test("a learning rate that was changed is kept", async () => {
  const model = build(optimizerTable.sgd);
  model.learningRate = 0.125;
  assertEquals((await loadModel(model.toBytes())).learningRate, 0.125);
});

Deno.test("backupAndRestore resumes an interrupted run to the bit, at the end of an epoch and in its middle", async () => {
  for (const saveFreq of ["epoch", 2] as const) {
    // Iterations, 5 an epoch, and how many of them the backup has: it is written after the other callbacks.
    for (
      const [stopAt, kept] of saveFreq === 2
        ? [[7, 6], [13, 12], [14, 12], [15, 14]]
        : [[7, 5], [13, 10], [14, 10], [15, 10]]
    ) {
      const path = await Deno.makeTempFile({ dir: "/tmp" });
      await Deno.remove(path);
      const options = { epochs: 4, batchSize: 10, ...QUIET };
      const backup = () => callbacks.backupAndRestore({ path, saveFreq });
      const whole = build(optimizerTable["adam with a schedule"]);
      const all = await whole.fit(X, Y, options);
      const broken = build(optimizerTable["adam with a schedule"]);
      const crash = {
        onTrainBatchEnd: () => {
          if (broken.iteration === stopAt) throw new Error("power cut");
        },
      };
      await assertRejects(() => broken.fit(X, Y, { ...options, callbacks: [backup(), crash] }), Error, "power cut");
      const resumed = build(optimizerTable["adam with a schedule"]);
      let after = 0;
      const count = { onTrainBatchEnd: () => void after++ };
      const rest = await resumed.fit(X, Y, { ...options, callbacks: [backup(), count] });
      assertEquals(after, whole.iteration - kept, `steps that were left, saveFreq ${saveFreq}, stopped at ${stopAt}`);
      assertEquals(hashWeights(resumed), hashWeights(whole), `saveFreq ${saveFreq}, stopped at ${stopAt}`);
      assertEquals(resumed.iteration, whole.iteration);
      assertEquals(rest.history, all.history);
      await assertRejects(() => Deno.stat(path), Deno.errors.NotFound);
    }
  }
});

Deno.test("restore puts a model back, and refuses the file of another one before it changes anything", async () => {
  const model = build(optimizerTable.nadam);
  await model.fit(X, Y, { epochs: 1, ...QUIET });
  const bytes = model.toBytes();
  await model.fit(X, Y, { epochs: 1, ...QUIET });
  model.restore(bytes);
  assertEquals(model.toBytes(), bytes);
  const other = sequential([layers.dense({ units: 3, inputShape: [5] })]);
  const unlike = build(optimizerTable.sgd);
  await unlike.fit(X, Y, QUIET);
  for (const wrong of [other.toBytes(), unlike.toBytes(), bytes.subarray(0, 100)]) {
    await assertRejects(() => Promise.resolve().then(() => model.restore(wrong)), Error, "Cannot");
    assertEquals(model.toBytes(), bytes);
  }
});
