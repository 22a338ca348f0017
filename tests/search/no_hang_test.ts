import { assert, assertEquals } from "@std/assert";
import { layers, pruners, samplers, search, type SearchOptions, sequential, uniform } from "../../mod.ts";
import { inFolder } from "../files/in_folder.ts";
import type { Trial } from "../../src/search/trials/trial.ts";

const x = Array.from({ length: 8 }, (_, i) => [i / 8]);
const y = x.map(([v]) => 2 * v + 1);
const base = {
  space: { learningRate: uniform(0.001, 0.3, { steps: 30 }) },
  build: ({ learningRate }: { learningRate: number }) => {
    const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.compile({ optimizer: { id: "sgd", config: { learningRate } }, loss: "mse" });
    return model;
  },
  x,
  y,
  epochs: 9,
  batchSize: 8,
  validation: null,
  verbose: 0,
} as const;

/** No test is about the time that something takes: a search that hangs would make the whole suite hang. */
const DEADLINE_MS = 60_000;

/** Runs a search; after the deadline it is ended, and the test fails. */
async function runInTime(name: string, options: Partial<SearchOptions>, controller = new AbortController()) {
  const timer = setTimeout(() => controller.abort(new Error(`${name} hangs`)), DEADLINE_MS);
  try {
    return await search({ ...base, ...options, signal: controller.signal } as unknown as typeof base);
  } finally {
    clearTimeout(timer);
  }
}

/** What must hold of every search that came to its end. */
function check(name: string, result: Awaited<ReturnType<typeof runInTime>>, trials: number): void {
  assertEquals(result.trials.length, trials, name);
  const statuses = new Set(result.trials.map(({ status }) => status));
  statuses.delete("done"), statuses.delete("pruned");
  assertEquals([...statuses], [], name);
  const done = result.trials.filter(({ status }) => status === "done");
  assert(done.length >= 1, `${name}: nobody finished`);
  assertEquals(result.best.score, Math.min(...done.map(({ score }) => score!)), name);
  assert(Number.isFinite(result.best.model.predict([[1]]).data[0]), name);
}

const SAMPLERS = { grid: samplers.grid, random: samplers.random, quasi_random: samplers.quasiRandom };
const learning = () => samplers.tpe({ startupTrials: 3 });
const PRUNERS = {
  none: () => pruners.none(),
  halving: () => pruners.halving(),
  "halving in fours": () => pruners.halving({ bracketSize: 4, minEpochs: 1 }),
  asha: () => pruners.asha(),
  median: () => pruners.median({ startupTrials: 2 }),
};

for (const [samplerName, sampler] of Object.entries({ ...SAMPLERS, tpe: learning })) {
  for (const [prunerName, pruner] of Object.entries(PRUNERS)) {
    for (const deterministic of prunerName === "asha" ? [false] : [false, true]) {
      const title = `${samplerName}, ${prunerName}${deterministic ? ", deterministic" : ""}`;
      Deno.test(`a search ends, and somebody finishes, with 1 to 30 trials: ${title}`, async () => {
        for (let trials = 1; trials <= 30; trials++) {
          const name = `${title}, ${trials} trials`;
          const options = { sampler: sampler(), pruner: pruner(), deterministic, trials };
          check(name, await runInTime(name, { ...options, workers: 1 }), trials);
          if (![1, 4, 30].includes(trials)) continue;
          check(`${name}, 2 threads`, await runInTime(name, { ...options, workers: 2 }), trials);
        }
      });
    }
  }
}

/** Scores of samples of their own differ after one epoch already. */
const held = { validation: { x, y }, monitor: "val_loss" } as const;

Deno.test("a search ends in a space of fewer points than trials, with any lag, folds, repeats and epochs", async () => {
  for (const sampler of [learning(), samplers.random()]) {
    for (
      const pruner of [pruners.halving(), pruners.median(), pruners.halving({ bracketSize: 2, reductionFactor: 2 })]
    ) {
      for (const lag of [1, 4, 100]) {
        for (const epochs of [1, 2, 9]) {
          const name = `${sampler.id}, ${pruner.id}, lag ${lag}, ${epochs} epochs`;
          const options = { sampler, pruner, lag, epochs, deterministic: true, trials: 30, workers: 1, ...held };
          const space = { learningRate: [0.01, 0.02, 0.03, 0.1, 0.2] };
          check(name, await runInTime(name, { ...options, space }), 5);
        }
      }
    }
  }
  const folds = { validation: { folds: 3 }, repeats: 2, trials: 6, deterministic: true, sampler: learning() } as const;
  check("folds", await runInTime("folds", { ...folds, pruner: "halving", monitor: "val_loss" }), 6);
});

Deno.test("trials of different lengths compete at the same share of their epochs, and somebody finishes", async () => {
  const epochs = ({ epochs }: { epochs: number }) => epochs;
  const build = ({ rate }: { rate: number }) => base.build({ learningRate: rate });
  for (const lengths of [[9, 27], [1, 9], [3, 10, 27], [1, 2]]) {
    for (const pruner of [pruners.halving({ bracketSize: 6 }), pruners.halving(), pruners.asha(), pruners.median()]) {
      for (const workers of [1, 2]) {
        const name = `${pruner.id}, ${lengths} epochs, ${workers} threads`;
        const space = { rate: [0.01, 0.02, 0.05, 0.1, 0.2, 0.3], epochs: lengths };
        const options = { space, build, epochs, pruner, workers, sampler: samplers.grid(), ...held } as const;
        const result = await runInTime(name, options as unknown as Partial<SearchOptions>);
        check(name, result, 6 * lengths.length);
        for (const { status, params, epochs, reason } of result.trials) {
          assertEquals(status === "done", epochs === params.epochs, name);
          assert(reason === undefined || !reason.includes("left it paused"), `${name}: ${reason}`);
        }
      }
    }
  }
});

/** What must be the same in two searches: all but the time. */
const outcome = (trials: readonly Trial[]) => trials.map(({ seconds: _, ...rest }) => rest);

Deno.test("tpe with halving in a deterministic search: the same trials and bits for any number of threads", async () => {
  for (const options of [{ bracketSize: 8 }, { bracketSize: 27 }]) {
    const given = { sampler: learning(), pruner: pruners.halving(options), deterministic: true, trials: 30 };
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((workers) => runInTime(`${workers} threads`, { ...given, workers })),
    );
    assertEquals(outcome(two.trials), outcome(one.trials));
    assertEquals(outcome(three.trials), outcome(one.trials));
    // It learns: the trials that come after the startup are not those that are drawn at random.
    const drawn = await runInTime("random", { ...given, sampler: "random" });
    assert(
      one.trials.slice(10).some(({ params }, i) => params.learningRate !== drawn.trials[10 + i].params.learningRate),
    );
  }
});

Deno.test("searches that share a journal do not wait for each other for ever, and come to the same end", () =>
  inFolder(async (folder) => {
    const given = { pruner: pruners.halving({ bracketSize: 8 }), deterministic: true, trials: 14, workers: 1 };
    for (const sampler of [learning(), samplers.random()]) {
      const whole = await runInTime("alone", { ...given, sampler });
      const options = { ...given, sampler, journal: `${folder}/${sampler.id}.db` };
      const both = await Promise.all(["one", "two"].map((name) => runInTime(`${name}, ${sampler.id}`, options)));
      const plain = (trials: readonly Trial[]) => outcome(trials).map(({ attempts: _, ...rest }) => rest);
      for (const { trials } of both) assertEquals(plain(trials), plain(whole.trials));
      // Nor does one that goes on where another was interrupted, again and again.
      const journal = `${folder}/${sampler.id}2.db`;
      let [left, controller] = [0, new AbortController()];
      const build = (params: { learningRate: number }) => {
        if (--left === 0) controller.abort(new Error("interrupted"));
        return base.build(params);
      };
      for (let times = 0;; times++) {
        [left, controller] = [times === 8 ? Infinity : 5, new AbortController()];
        try {
          const { trials } = await runInTime(
            sampler.id,
            { ...given, sampler, journal, build: build as never },
            controller,
          );
          assert(times >= 2, `${times} times`);
          assertEquals(plain(trials), plain(whole.trials));
          break;
        } catch (error) {
          if ((error as Error).message !== "interrupted") throw error;
        }
      }
    }
  }));

Deno.test("a pruner of the user's own that leaves trials paused hangs no search, and its outcome is the same on any threads", async () => {
  const pruner = {
    id: "own",
    config: {},
    order: "free",
    decide: ({ epoch }: { epoch: number }) => epoch === 2 ? "pause" : "continue",
    review: (
      { trials, isComplete }: { trials: readonly { index: number; status: string }[]; isComplete: boolean },
    ) => ({
      resume: isComplete
        ? trials.filter(({ status, index }) => status === "paused" && index % 3 === 0).map((t) => t.index)
        : [],
      stop: [],
    }),
  } as const;
  const results = [];
  for (const workers of [1, 2, 3]) {
    const name = `own, ${workers} threads`;
    const options = { sampler: learning(), pruner, deterministic: true, trials: 12, workers };
    results.push(await runInTime(name, options));
    check(name, results.at(-1)!, 12);
  }
  for (const { trials } of results) assertEquals(outcome(trials), outcome(results[0].trials));
  assertEquals(
    results[0].trials.map(({ status }) => status),
    Array.from({ length: 12 }, (_, i) => i % 3 === 0 ? "done" : "pruned"),
  );
});
