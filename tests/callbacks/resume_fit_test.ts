import { assert, assertEquals, assertRejects } from "@std/assert";
import { callbacks, layers, losses, metrics, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { inFolder } from "../files/in_folder.ts";

type Callback = callbacks.Callback;

const X = drawNumbers(22, 3, 1);
const Y = Array.from({ length: 22 }, (_, i) => i % 3 === 0 ? 1 : 0);
const EPOCHS = 4;
const OPTIONS = { epochs: EPOCHS, batchSize: 6, validationSplit: 0.2, verbose: 0 } as const;
/** Hooks in which the power may go. */
const HOOKS = [
  "onTrainBegin",
  "onEpochBegin",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestEnd",
  "onEpochEnd",
] as const;

function build(): Sequential {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dropout({ rate: 0.3 }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 2 });
  model.compile({
    optimizer: optimizers.adam({ learningRate: 0.05 }),
    loss: "binary_crossentropy",
    metrics: ["accuracy", "mse", metrics.r2Score(), metrics.auc(), metrics.confusionMatrix()],
    weightedMetrics: [metrics.precision({ name: "p", thresholds: [0.4, 0.6] }), metrics.f1Score()],
  });
  return model;
}

/** A callback of the user's own with a counter that feeds into the learning rate. */
function counting(): Callback & { count: number } {
  let model: callbacks.TrainedModel;
  return {
    count: 0,
    setModel(m) {
      model = m;
    },
    onTrainBegin() {
      this.count = 0;
    },
    onEpochBegin(epoch) {
      this.count += 100;
      if (epoch === 2) model.setWeights(model.getWeights().map((w) => w));
    },
    onTrainBatchEnd() {
      this.count++;
      model.learningRate = model.learningRate as number * (1 + this.count * 1e-4);
    },
    onEpochEnd(_, logs) {
      logs.count = this.count;
      logs.note = `epoch of ${this.count}` as never;
    },
    getState() {
      return { count: this.count };
    },
    setState(state) {
      this.count = (state as { count: number }).count;
    },
  };
}

/** Calls `before` ahead of every hook of a kind of callback. */
function watch(before: (hook: string) => void): Callback {
  return Object.fromEntries(HOOKS.map((hook) => [hook, () => before(hook)]));
}

/** A run of the script: a new model and new callbacks each time; `fail` is called before and after the others in every hook. */
async function run(folder: string, saveFreq: callbacks.SaveFreq | null, fail: () => void, data?: () => unknown) {
  const model = build();
  const stream = data?.();
  const list: Callback[] = [
    watch(fail),
    callbacks.earlyStopping({ monitor: "val_loss", patience: 2, restoreBestWeights: true, minDelta: 0.01 }),
    callbacks.learningRateScheduler((epoch, rate) => rate * (epoch % 2 === 0 ? 0.9 : 1.05)),
    callbacks.reduceLROnPlateau({ monitor: "loss", patience: 1, factor: 0.5, minDelta: 0.05, cooldown: 1 }),
    callbacks.modelCheckpoint({ path: `${folder}/best-{epoch}`, saveBestOnly: true }),
    counting(),
    callbacks.csvLogger({ path: `${folder}/log.csv` }),
  ];
  // In the middle: it is called last all the same.
  if (saveFreq !== null) list.splice(2, 0, callbacks.backupAndRestore({ path: `${folder}/backup`, saveFreq }));
  list.push({ ...watch(fail), setFit() {} }); // called after the backup
  const history = stream === undefined
    ? await model.fit(X, Y, { ...OPTIONS, callbacks: list })
    : await model.fit(stream as [], {
      epochs: EPOCHS,
      verbose: 0,
      validationData: [X.slice(0, 5), Y.slice(0, 5)],
      callbacks: list,
    });
  const bytes = model.toBytes();
  return {
    weights: model.getWeights(),
    file: [...bytes],
    history: history.history,
    epoch: history.epoch,
    log: await Deno.readTextFile(`${folder}/log.csv`),
    best: [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.startsWith("best")).sort(),
  };
}

function bomb(at: number): () => void {
  let count = 0;
  return () => {
    if (++count === at) throw new Error("power cut");
  };
}

for (const kind of ["samples", "stream"] as const) {
  Deno.test(`a run that is interrupted anywhere ends as if it had not stopped: weights, file, history, log (${kind})`, async () => {
    const batches = [0, 6, 12, 17].map((from) => ({ x: X.slice(from, from + 6), y: Y.slice(from, from + 6) }));
    const data = kind === "samples" ? undefined : () => batches;
    let total = 0;
    await inFolder(async (folder) => void (await run(folder, null, () => void total++, data)));
    assert(total > 50);
    for (const saveFreq of ["epoch", 1, 3] as const) {
      let whole: unknown;
      await inFolder(async (folder) => void (whole = await run(folder, null, () => {}, data)));
      // Every kind of hook before and after the backup, in epochs of all kinds: 7 has no divisor in common with their number.
      for (let at = saveFreq === 1 ? 1 : 4; at <= total; at += 7) {
        await inFolder(async (folder) => {
          await assertRejects(() => run(folder, saveFreq, bomb(at), data), Error, "power cut");
          // Once more, a little later in the second run.
          let found = await run(folder, saveFreq, bomb(3), data).catch((error) => {
            assertEquals(error.message, "power cut");
            return null; // else there was too little left to do
          });
          found ??= await run(folder, saveFreq, () => {}, data);
          assertEquals(found, whole as typeof found, `saveFreq ${saveFreq}, interrupted at ${at}`);
          assertEquals([...Deno.readDirSync(folder)].some(({ name }) => name === "backup"), false);
        });
      }
    }
  });
}

Deno.test("a schedule of one's own, a custom loss, accumulated gradients and a moving average go on, too", async () => {
  const own = { id: "custom", config: {}, at: (step: number) => 0.05 / (1 + step) };
  const plain = (): Sequential => {
    const model = build();
    const mse = losses.meanSquaredError();
    model.compile({
      optimizer: optimizers.adam({ learningRate: own, gradientAccumulationSteps: 2, useEma: true, emaMomentum: 0.5 }),
      loss: { ...mse, id: "custom", call: (g, yTrue, yPred) => mse.call(g, yTrue, yPred) },
      metrics: ["mae"],
    });
    return model;
  };
  const whole = plain();
  const expected = await whole.fit(X, Y, OPTIONS);
  await inFolder(async (folder) => {
    const path = `${folder}/backup`;
    for (let at = 1; at < 12; at++) {
      let count = 0;
      const cut: Callback = {
        onTrainBatchEnd: () => {
          if (++count === at) throw new Error("power cut");
        },
      };
      const backup = () => callbacks.backupAndRestore({ path, saveFreq: 1 });
      await assertRejects(() => plain().fit(X, Y, { ...OPTIONS, callbacks: [cut, backup()] }), Error, "power cut");
      const model = plain();
      const history = await model.fit(X, Y, { ...OPTIONS, callbacks: [backup()] });
      assertEquals(history.history, expected.history, `at ${at}`);
      assertEquals(model.getWeights(), whole.getWeights(), `at ${at}`);
    }
  });
});

Deno.test("an epoch that stopTraining ended after a batch is ended by the run that goes on from there", async () => {
  const list = (folder: string): Callback[] => {
    let model: callbacks.TrainedModel;
    return [{
      setModel: (m) => void (model = m),
      onTrainBatchEnd: (batch) => void (model.stopTraining ||= model.iteration === 6 && batch === 1),
    }, callbacks.backupAndRestore({ path: `${folder}/backup`, saveFreq: 1 })];
  };
  await inFolder(async (folder) => {
    const whole = build();
    const expected = await whole.fit(X, Y, { ...OPTIONS, batchSize: 5, callbacks: list(folder) });
    assertEquals(expected.epoch, [0, 1]);
    const fail = (): void => {
      throw new Error("power cut");
    };
    const first = build();
    const cut: Callback = { onTestBegin: () => first.stopTraining ? fail() : undefined };
    await assertRejects(
      () => first.fit(X, Y, { ...OPTIONS, batchSize: 5, callbacks: [...list(folder), cut] }),
      Error,
      "power cut",
    );
    const model = build();
    const history = await model.fit(X, Y, { ...OPTIONS, batchSize: 5, callbacks: list(folder) });
    assertEquals([history.epoch, history.history], [expected.epoch, expected.history]);
    assertEquals(model.getWeights(), whole.getWeights());
  });
});

Deno.test("a metric or a callback that cannot be kept is said before the first step", async () => {
  await inFolder(async (folder) => {
    const fit = (saveFreq: callbacks.SaveFreq, extra: Callback = {}, metric: object = {}) => {
      const model = build();
      let sum = 0;
      model.compile({
        loss: "mse",
        metrics: [{
          name: "own",
          create: () => ({ reset: () => void (sum = 0), update: () => void sum++, result: () => sum, ...metric }),
        }],
      });
      const backup = callbacks.backupAndRestore({ path: `${folder}/backup`, saveFreq });
      return model.fit(X, Y, { ...OPTIONS, callbacks: [extra, backup] }).then((
        history,
      ) => [history.history.own, model.iteration]);
    };
    const [own] = await fit("epoch");
    await assertRejects(() => fit(2), TypeError, 'metrics must have getState and setState, but "own" has not');
    assertEquals((await fit(2, {}, { getState: () => 1, setState() {} }))[0], own);
    await assertRejects(
      () => fit(2, { getState: () => new Map() as never }, { getState: () => 1, setState() {} }),
      TypeError,
      "Cannot keep state.callbacks[0].state",
    );
  });
});

Deno.test("callbacks that were added or taken out since the backup begin anew or are left out; their order may change", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/backup`;
    const stop = (): Callback => callbacks.earlyStopping({ monitor: "loss", patience: 9 });
    const noted: unknown[] = [];
    const own = (name: string): Callback => ({
      name,
      getState: () => name,
      setState: (state) => void noted.push([name, state]),
    });
    const cut: Callback = {
      onEpochEnd: (epoch) => {
        if (epoch === 2) throw new Error("power cut");
      },
    };
    const backup = (): Callback => callbacks.backupAndRestore({ path });
    await assertRejects(
      () => build().fit(X, Y, { ...OPTIONS, callbacks: [own("a"), stop(), own("b"), own("c"), cut, backup()] }),
      Error,
      "power cut",
    );
    const fit = await build().fit(X, Y, { ...OPTIONS, callbacks: [backup(), own("c"), own("d"), own("a"), stop()] });
    assertEquals(noted, [["c", "c"], ["a", "a"]]);
    assertEquals(fit.epoch, [0, 1, 2, 3]);
  });
});

Deno.test("a backup of version 1, which has a model only, is gone on with: to the same weights", async () => {
  await inFolder(async (folder) => {
    const whole = build();
    await whole.fit(X, Y, OPTIONS);
    const model = build();
    await model.fit(X, Y, { ...OPTIONS, epochs: 2 });
    const bytes = model.toBytes();
    const file = new Uint8Array(24 + bytes.length);
    file.set(new TextEncoder().encode("RPBACKUP"));
    new Uint32Array(file.buffer, 8, 4).set([1, 2, 0, 0]); // version, epoch, batch, 0
    file.set(bytes, 24);
    const path = `${folder}/backup`;
    await Deno.writeFile(path, file);
    const again = build();
    const stopping = callbacks.earlyStopping({ patience: 9 });
    const history = await again.fit(X, Y, { ...OPTIONS, callbacks: [stopping, callbacks.backupAndRestore({ path })] });
    assertEquals(history.epoch, [2, 3]);
    assertEquals(again.getWeights(), whole.getWeights());
  });
});

Deno.test("learningRateScheduler within a resumed epoch: the schedule is asked with the rate that the epoch began with", async () => {
  await inFolder(async (folder) => {
    const asked: [number, number][] = [];
    const rates: number[] = [];
    const list = (fail: Callback): Callback[] => [
      callbacks.learningRateScheduler((epoch, rate) => {
        asked.push([epoch, rate]);
        return rate * 0.5;
      }),
      fail,
      { onEpochEnd: (_, logs) => void rates.push(logs.learning_rate as number) },
      callbacks.backupAndRestore({ path: `${folder}/backup`, saveFreq: 1 }),
    ];
    const cut: Callback = {
      onTrainBatchBegin: (batch) => {
        if (rates.length === 1 && batch === 2) throw new Error("power cut");
      },
    };
    const make = (): Sequential => {
      const model = build();
      model.learningRate = 1;
      return model;
    };
    await assertRejects(() => make().fit(X, Y, { ...OPTIONS, callbacks: list(cut) }), Error, "power cut");
    const model = make();
    const { history } = await model.fit(X, Y, { ...OPTIONS, epochs: 3, callbacks: list({ onEpochEnd() {} }) });
    assertEquals(asked, [[0, 1], [1, 0.5], [1, 0.5], [2, 0.25]]);
    assertEquals([rates, history.learning_rate], [[0.5, 0.25, 0.125], [0.5, 0.25, 0.125]]);
    assertEquals(model.learningRate, 0.125);
  });
});
