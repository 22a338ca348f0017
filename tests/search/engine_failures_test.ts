import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gridSearch, layers, optimizers, samplers, search, sequential } from "../../mod.ts";
import { findWorkerThreads } from "../../src/workers/find_worker_threads.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const { x, y } = twoMoons(120);
const base = {
  space: { hidden: [3, 4, 5, 6] },
  build: ({ hidden }: { hidden: number }) => moonModel({ hidden }),
  x,
  y,
  epochs: 3,
  verbose: 0,
} as const;

/** What `console.warn` was told while `act` ran. */
async function hearWarnings(act: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string): void => void warnings.push(text);
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

for (const workers of [1, 2]) {
  Deno.test(`trials that throw, diverge or are too big are recorded, and the others go on: ${workers} threads`, async () => {
    let built = 0;
    const result = await gridSearch({
      ...base,
      build: ({ hidden }) => {
        built++;
        if (hidden === 3) throw new Error("three is not allowed");
        if (hidden === 4) return moonModel({ hidden, learningRate: 1e30 });
        if (hidden === 5) {
          const model = sequential([layers.dense({ units: 2 ** 29, inputShape: [2] }), layers.dense({ units: 2 })]);
          model.compile({ loss: "mse" });
          return model;
        }
        return moonModel({ hidden });
      },
      workers,
      retries: 1,
    });
    assertEquals(result.trials.map(({ status }) => status), ["failed", "failed", "failed", "done"]);
    assertEquals(result.trials.map(({ attempts }) => attempts), [2, 2, 2, 1]);
    assertEquals(result.trials.map(({ score }) => score === null), [true, true, true, false]);
    assertEquals(result.trials[0].reason, "Error: three is not allowed");
    assertStringIncludes(result.trials[1].reason!, "NonFiniteError: Training stopped");
    assertStringIncludes(result.trials[2].reason!, "RangeError: Cannot allocate the model's memory");
    assertEquals(result.best.id, 3);
    assertEquals(built, 2 + 1 + 2 + 1 + 1); // the diverged one was trained again from its plan; the best is built for its weights
  });
}

Deno.test("all fail: the result says why", async () => {
  const build = () => {
    throw new Error("no model today");
  };
  const result = await gridSearch({ ...base, build });
  assertEquals(result.trials.map(({ status }) => status), ["failed", "failed", "failed", "failed"]);
  try {
    result.best;
    assert(false);
  } catch (error) {
    assertStringIncludes((error as Error).message, "no model today");
  }
});

Deno.test("a lost worker fails its trial or, with retries, costs nothing; another takes its place", async () => {
  const { Worker } = findWorkerThreads()!;
  const threads = findWorkerThreads()! as { Worker: typeof Worker };
  const started: { terminate(): unknown }[] = [];
  threads.Worker = class extends Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      started.push(this);
    }
  };
  const { loadTrialWorkers } = await import("../../src/search/engine/trial_workers.ts");
  try {
    const space = { hidden: [4, 5, 6, 7, 8, 9, 10, 11] };
    const options = { ...base, space, epochs: 1200, batchSize: 8, workers: 2, validation: null } as const;
    const whole = await gridSearch(options);
    for (const retries of [0, 2]) {
      (await loadTrialWorkers()).endIdle();
      started.length = 0;
      const timer = setInterval(() => {
        const worker = started.shift();
        if (worker !== undefined) setTimeout(() => worker.terminate(), 60);
      }, 5);
      const result = await gridSearch({ ...options, retries });
      clearInterval(timer);
      const failed = result.trials.filter(({ status }) => status === "failed");
      if (retries === 0) {
        assert(failed.length >= 1);
        for (const { reason } of failed) assertStringIncludes(reason!, "the worker was lost");
      }
      for (const trial of result.trials) {
        if (trial.status !== "done") continue;
        assertEquals(trial.history, whole.trials[trial.id].history);
        assertEquals(trial.score, whole.trials[trial.id].score);
      }
      if (retries === 2) assert(result.trials.some(({ attempts }) => attempts > 1));
    }
  } finally {
    threads.Worker = Worker;
    // A worker may be terminated after the search that it worked for: the next test must not get it.
    await new Promise((resolve) => setTimeout(resolve, 100));
    (await loadTrialWorkers()).endIdle();
  }
});

Deno.test("stops at a target, after a time, after n trials", async () => {
  const reached = await search({ ...base, sampler: samplers.random(), trials: 1000, target: 10, workers: 2 });
  assertEquals(reached.trials.filter(({ status }) => status === "done").length >= 1, true);
  assert(reached.trials.length < 10);

  const timed = await search({
    ...base,
    space: { hidden: [30], learningRate: { kind: "uniform", min: 0.001, max: 0.01 } },
    sampler: "random",
    maxSeconds: 0.4,
    epochs: 10_000_000, // far more than the time allows
    workers: 2,
  });
  assert(timed.trials.length >= 1);
  assert(timed.trials.every(({ status, score }) => status === "waiting" && score === null));

  const counted = await search({ ...base, sampler: "grid", trials: 3 });
  assertEquals(counted.trials.map(({ params }) => params.hidden), [3, 4, 5]);
});

Deno.test("a signal aborts with its reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  setTimeout(() => controller.abort(reason), 150);
  const error = await assertRejects(() =>
    gridSearch({ ...base, epochs: 1_000_000, workers: 2, signal: controller.signal })
  );
  assertEquals(error, reason);
  const again = await assertRejects(() => gridSearch({ ...base, signal: controller.signal }));
  assertEquals(again, reason);
});

Deno.test("build that ignores its params is warned of; equal scores of different models are not", async () => {
  const warnings = await hearWarnings(() => gridSearch({ ...base, build: () => moonModel() }));
  assertEquals(warnings.length, 1);
  assertStringIncludes(warnings[0], "all 4 trials came out exactly the same");
  // What to do about trials that shall differ by chance.
  assertStringIncludes(warnings[0], "A model without a seed has seed 0");
  assertStringIncludes(warnings[0], "put a seed into the space and hand it to the model");
  const members = { ...base, space: { member: [1, 2, 3] } };
  const unseeded = await hearWarnings(() => gridSearch({ ...members, build: () => moonModel() }));
  assertEquals(unseeded, [warnings[0].replace("all 4", "all 3")]);
  const seeded = ({ member }: { member: number }) => moonModel({ seed: member });
  assertEquals(await hearWarnings(() => gridSearch({ ...members, build: seeded })), []);
  assertEquals(await hearWarnings(() => gridSearch(base)), []);
});

type Options = Parameters<typeof gridSearch>[0];
const regression = (): ReturnType<typeof sequential> => {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
  model.compile({ loss: "mse", metrics: ["mae"] });
  return model;
};
const wrong: Record<string, [options: object, type: "TypeError" | "RangeError" | "Error", text: string]> = {
  "an empty space": [{ space: {} }, "RangeError", "at least one parameter"],
  "a parameter without values": [{ space: { hidden: [] } }, "RangeError", "at least one value"],
  "everything forbidden": [{ forbidden: [() => true] }, "RangeError", "none left"],
  "an unknown option": [{ epoch: 3 }, "TypeError", 'did you mean "epochs"'],
  "a sampler for a grid": [{ sampler: "random" }, "TypeError", "use search"],
  "no build": [{ build: undefined }, "TypeError", "build is missing"],
  "a build that is no function": [{ build: 3 }, "TypeError", "build must be a function"],
  "an unknown metric": [{ monitor: "val_acuracy" }, "RangeError", 'did you mean "val_accuracy"'],
  "an unknown metric, the list": [{ monitor: "f1" }, "RangeError", '"loss", "accuracy", "val_loss", "val_accuracy"'],
  "val_ without validation": [
    { monitor: "val_loss", validation: null },
    "RangeError",
    "without validation there is no val_",
  ],
  "a split of nothing": [{ validation: { split: 0 } }, "RangeError", "validation.split"],
  "a split that leaves nothing": [{ validation: { split: 0.999 } }, "RangeError", "leaves 0 to train on"],
  "an unknown kind of validation": [{ validation: { fold: 3 } }, "TypeError", '"fold"'],
  "one fold": [
    { validation: { folds: 1 } },
    "RangeError",
    "validation.folds must be an integer from 2 to 10000, got 1",
  ],
  "more folds than samples": [
    { validation: { folds: 121 } },
    "RangeError",
    "at most the number of samples, 120, got 121",
  ],
  "more folds than samples of a class": [
    { validation: { folds: 3, stratified: true }, y: y.map((_, i) => i < 2 ? 1 : 0) },
    "RangeError",
    "3 folds and 2 of class 1",
  ],
  "a class missing from a fold": [
    { validation: { folds: 3, shuffle: false }, y: y.map((_, i) => i < 40 ? 1 : 0) },
    "RangeError",
    "has none of class",
  ],
  "a class missing from a split": [
    { validation: { split: 0.25, shuffle: false }, y: y.map((_, i) => i < 60 ? 1 : 0) },
    "RangeError",
    "none of class 1",
  ],
  "stratified numbers": [
    { build: regression, validation: { folds: 3, stratified: true } },
    "TypeError",
    "needs labels that are classes",
  ],
  "epochs of 0": [{ epochs: 0 }, "RangeError", "epochs must be an integer >= 1"],
  "a batch of half a sample": [{ batchSize: 0.5 }, "RangeError", "batchSize"],
  "labels out of range": [{ y: y.map((v) => 2 * v) }, "RangeError", "2"],
  "x and y of different lengths": [{ y: y.slice(1) }, "TypeError", "as many samples"],
  "x of another width": [{ x: x.map(([a]) => [a]) }, "TypeError", "takes samples of shape [2]"],
  "a promise from build": [{ build: () => Promise.resolve(moonModel()) }, "Error", "got a promise"],
  "asha in a deterministic search": [{ pruner: "asha", deterministic: true }, "RangeError", "cannot be deterministic"],
  "an unknown pruner": [{ pruner: "bracket" }, "RangeError", "pruner"],
  "no threads": [{ workers: 0 }, "RangeError", "workers must be"],
};
for (const [name, [options, type, text]] of Object.entries(wrong)) {
  Deno.test(`refused before anything runs: ${name}`, async () => {
    const given = { ...base, ...options } as unknown as Options;
    if (type === "Error") {
      const { trials: [{ status, reason }] } = await gridSearch(given);
      assertEquals(status, "failed");
      return assertStringIncludes(reason!, text);
    }
    const error = await assertRejects(() => gridSearch(given)) as Error;
    assertEquals(error.name, type, error.message);
    assertStringIncludes(error.message, text);
  });
}

Deno.test("a search that would not end is refused", async () => {
  const space = { rate: { kind: "uniform", min: 0, max: 1 } } as const;
  await assertRejects(() => search({ ...base, space, build: () => moonModel() }), TypeError, "it would not end");
});

Deno.test("a schedule of one's own trains on the calling thread, also one that build sets after compile", async () => {
  const mine = { id: "mine", config: {}, at: (step: number) => 0.1 / (1 + step) };
  const build = (how: string) => {
    const model = moonModel({ hidden: 3 });
    if (how === "set") model.learningRate = mine;
    else model.compile({ optimizer: optimizers.adam({ learningRate: mine }), loss: "sparse_categorical_crossentropy" });
    return model;
  };
  const validation = { x: x.slice(60), y: y.slice(60) };
  const [train, labels] = [x.slice(0, 60), y.slice(0, 60)];
  for (const how of ["set", "compiled"]) {
    const expected = build(how);
    const fit = { epochs: 3, verbose: 0, batchSize: 32 } as const;
    const { history } = await expected.fit(train, labels, { ...fit, validationData: validation });
    let result!: Awaited<ReturnType<typeof gridSearch>>;
    const warnings = await hearWarnings(async () => {
      result = await gridSearch({
        space: { how: [how] },
        build: ({ how }) => build(how),
        x: train,
        y: labels,
        validation,
        monitor: "val_loss",
        ...fit,
        seed: 5,
        workers: 2,
      });
    });
    assertStringIncludes(warnings.join(), "the schedule");
    const [{ status, history: found }] = result.trials;
    assertEquals([status, ...found.loss, ...found.val_loss], ["done", ...history.loss, ...history.val_loss]);
  }
});
