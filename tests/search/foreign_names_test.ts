import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { gridSearch, layers, metrics, optimizers, pruners, readJournal, search, sequential } from "../../mod.ts";
import { meanHistory } from "../../src/search/engine/score_runs.ts";
import { inFolder } from "../files/in_folder.ts";
import { twoMoons } from "./two_moons.ts";

/** Names that every plain object has already. */
const NAMES = ["constructor", "toString", "hasOwnProperty", "valueOf"];
const { x, y } = twoMoons(60);

for (const name of NAMES) {
  Deno.test(`a parameter and a metric may be called ${name}, in tables, reports, journals and pruners alike`, async () => {
    const options = {
      space: { [name]: [2, 3, 4], rate: [0.01, 0.1] },
      build: (params: Readonly<Record<string, number>>) => {
        const model = sequential([
          layers.dense({ units: params[name], activation: "relu", inputShape: [2] }),
          layers.dense({ units: 2, activation: "softmax" }),
        ], { seed: 1 });
        model.compile({
          optimizer: optimizers.adam({ learningRate: params.rate }),
          loss: "sparse_categorical_crossentropy",
          metrics: [metrics.sparseCategoricalAccuracy({ name })],
        });
        return model;
      },
      x,
      y,
      epochs: 9,
      validation: { folds: 2 },
      monitor: `val_${name}`,
      verbose: 0,
      workers: 1,
    } as const;
    await inFolder(async (folder) => {
      const journal = `${folder}/run.db`;
      for (
        const pruner of [pruners.none(), pruners.halving({ bracketSize: 3 }), pruners.median({ startupTrials: 2 })]
      ) {
        const result = await gridSearch({ ...options, pruner, ...(pruner.id === "none" ? { journal } : {}) });
        assertEquals(result.trials.length, 6);
        assert(result.trials.every(({ history }) => Object.hasOwn(history, name) && history[name].length >= 1));
        assertEquals(result.best.score, result.trials[result.best.id].history[`val_${name}`].at(-1));
        assertStringIncludes(result.table(), name);
        assertStringIncludes(result.report(), `"${name}"`);
        assertStringIncludes(result.toCSV(), `params.${name}`);
      }
      const { trials } = await readJournal(journal);
      assertEquals(trials.map(({ params }) => params[name]), [2, 2, 3, 3, 4, 4]);
      for (const sampler of ["random", "quasi_random", "tpe"] as const) {
        assertEquals((await search({ ...options, sampler, trials: 4 })).trials.length, 4);
      }
      const error = await assertRejects(() => gridSearch({ ...options, monitor: "constructo" }), RangeError);
      assertStringIncludes(error.message, "monitor must be one of");
    });
  });
}

Deno.test("names that every object has are names like others in the mean of runs", () => {
  for (const name of [...NAMES, "__proto__"]) {
    const history = Object.fromEntries([[name, [1, 2]]]);
    const runs = [0, 1].map((fold) => ({ fold, seed: 0, history, score: 2, epochs: 2 }));
    assertEquals(Object.entries(meanHistory(runs)), [[name, [1, 2]]]);
  }
});
