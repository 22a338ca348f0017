import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gridSearch, JournalError, pruners, readJournal, samplers, search } from "../../mod.ts";
import type { Trial } from "../../src/search/trials/trial.ts";
import { inFolder } from "../files/in_folder.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const { x, y } = twoMoons(100);
const base = {
  space: { hidden: [3, 5, 7], learningRate: [0.003, 0.03] },
  build: ({ hidden, learningRate }: { hidden: number; learningRate: number }) => moonModel({ hidden, learningRate }),
  x,
  y,
  epochs: 1500,
  batchSize: 8,
  seed: 2,
  verbose: 0,
} as const;
/** What must be the same in two searches: all but the time and the attempts. */
const outcome = (trials: readonly Trial[]) => trials.map(({ seconds: _, attempts: __, ...rest }) => rest);
const weights = (model: { getWeights(): readonly { data: Float32Array }[] }) =>
  model.getWeights().map(({ data }) => [...data]);

/** Runs a search again and again, each time aborted a little later, until it comes to its end; says how often. */
async function abortOften<T>(run: (signal: AbortSignal) => Promise<T>): Promise<{ result: T; times: number }> {
  for (let times = 1;; times++) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30 + 6 * times);
    try {
      return { result: await run(controller.signal), times };
    } catch (error) {
      assertEquals((error as Error).name, "AbortError");
    } finally {
      clearTimeout(timer);
    }
  }
}

Deno.test("a search that is aborted again and again ends with the trials and bits of one that is not", async () => {
  await inFolder(async (folder) => {
    const cases = {
      split: { validation: { split: 0.25 } },
      folds: { validation: { folds: 3 }, epochs: 400 },
      repeats: { validation: null, repeats: 2, epochs: 700 },
      halving: { pruner: pruners.halving({ bracketSize: 6 }), epochs: 1800 },
    } as const;
    for (const [name, options] of Object.entries(cases)) {
      for (const workers of [1, 2]) {
        const all = { ...base, ...options, workers };
        const whole = await gridSearch(all);
        const journal = { path: `${folder}/${name}${workers}.db`, checkpointSeconds: 0.005 };
        const { result, times } = await abortOften((signal) => gridSearch({ ...all, journal, signal }));
        assert(times > 1, `${name}, ${workers}: ${times} times`);
        assertEquals(outcome(result.trials), outcome(whole.trials), name);
        assertEquals([result.best.id, result.best.score], [whole.best.id, whole.best.score]);
        assertEquals(weights(result.best.model), weights(whole.best.model));
        // Once more: nothing is left to do, and the model is trained again to the same bits.
        const again = await gridSearch({ ...all, journal });
        assertEquals(outcome(again.trials), outcome(whole.trials));
        assertEquals(weights(again.best.model), weights(whole.best.model));
        const { trials } = await readJournal(journal.path);
        assertEquals(outcome(trials), outcome(whole.trials));
      }
    }
  });
});

Deno.test("trials of an earlier session are learnt from, and more can be added", async () => {
  await inFolder(async (folder) => {
    const options = {
      ...base,
      epochs: 5,
      sampler: samplers.tpe({ startupTrials: 3 }),
      deterministic: true,
      lag: 2,
    } as const;
    const whole = await search({ ...options, trials: 6 });
    const journal = `${folder}/tpe.db`;
    await search({ ...options, trials: 4, journal });
    const result = await search({ ...options, trials: 6, journal });
    assertEquals(outcome(result.trials), outcome(whole.trials));
  });
});

Deno.test("the best of an earlier session is found by the right direction though nothing is left to train", async () => {
  await inFolder(async (folder) => {
    const options = { ...base, epochs: 5, monitor: "val_accuracy", journal: `${folder}/run.db` } as const;
    const first = await gridSearch(options);
    const again = await gridSearch(options);
    assertEquals(again.direction, "max");
    assertEquals(again.best.id, first.best.id);
    assertEquals(again.best.score, Math.max(...first.trials.map(({ score }) => score!)));
    assertEquals(again.trials.map(({ attempts }) => attempts), [1, 1, 1, 1, 1, 1]);
  });
});

Deno.test("the journal of another search is refused, and the difference is named", async () => {
  await inFolder(async (folder) => {
    const options = { ...base, epochs: 2, journal: `${folder}/run.db` };
    await gridSearch(options);
    const others: Record<string, object> = {
      "space.parameters": { space: { hidden: [3, 5, 8], learningRate: [0.003, 0.03] } },
      epochs: { epochs: 3 },
      seed: { seed: 3 },
      validation: { validation: { split: 0.5 } },
      monitor: { monitor: "val_accuracy" },
      build: { build: () => moonModel() },
      data: { y: y.map((label) => 1 - label) },
      repeats: { repeats: 2 },
    };
    for (const [name, other] of Object.entries(others)) {
      const error = await assertRejects(() => gridSearch({ ...options, ...other }), JournalError);
      assertStringIncludes(error.message, `they differ in ${name}`);
    }
    await gridSearch({ ...options, workers: 2, verbose: 0 }); // what does not change results may differ
  });
});

Deno.test("two searches at once share a journal: each trial is trained once", async () => {
  await inFolder(async (folder) => {
    const whole = await gridSearch({ ...base, workers: 1 });
    const options = { ...base, workers: 1, journal: `${folder}/run.db` } as const;
    const both = await Promise.all([gridSearch(options), gridSearch(options)]);
    for (const result of both) {
      assertEquals(outcome(result.trials), outcome(whole.trials));
      assertEquals(weights(result.best.model), weights(whole.best.model));
    }
    assertEquals(both[0].trials.map(({ attempts }) => attempts), [1, 1, 1, 1, 1, 1]);
  });
});

Deno.test("a journal that fails while the search runs is given up; nothing found is lost", async () => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string): void => void warnings.push(text);
  try {
    await inFolder(async (folder) => {
      const { DatabaseSync } = await import("node:sqlite");
      const path = `${folder}/run.db`;
      let isFull = false;
      class Full extends DatabaseSync {
        override prepare(sql: string) {
          const statement = super.prepare(sql);
          const run = statement.run.bind(statement) as (...values: unknown[]) => never;
          statement.run = (...values: unknown[]) => {
            if (isFull) throw new Error("database or disk is full");
            return run(...values);
          };
          return statement;
        }
      }
      let built = 0;
      const result = await gridSearch({
        ...base,
        epochs: 5,
        workers: 1,
        build: (params) => {
          if (++built === 3) isFull = true;
          return base.build(params);
        },
        journal: { path, load: () => Promise.resolve({ DatabaseSync: Full }) },
      });
      assertEquals(result.trials.map(({ status }) => status), Array(6).fill("done"));
      assertEquals(outcome(result.trials), outcome((await gridSearch({ ...base, epochs: 5, workers: 1 })).trials));
      assertStringIncludes(result.journalError!.message, "the disk is full");
      assertEquals(warnings.length, 1);
      assert((await readJournal(path)).trials.length >= 2);
    });
  } finally {
    console.warn = warn;
  }
});
