import { assert, assertEquals } from "@std/assert";
import { gridSearch, integer, logUniform, pruners, samplers, search } from "../../mod.ts";
import type { Trial } from "../../src/search/trials/trial.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const { x, y } = twoMoons(100);
const base = {
  space: { hidden: integer(2, 12), learningRate: logUniform(1e-3, 1e-1) },
  build: ({ hidden, learningRate }: { hidden: number; learningRate: number }) => moonModel({ hidden, learningRate }),
  x,
  y,
  batchSize: 16,
  trials: 24,
  seed: 3,
  verbose: 0,
} as const;
/** What must be the same in two searches: all but the time. */
const outcome = (trials: readonly Trial[]) => trials.map(({ seconds: _, ...rest }) => rest);

Deno.test("random and quasi-random search: the same trials and bits for any number of threads", async () => {
  for (const sampler of [samplers.random(), samplers.quasiRandom()]) {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((workers) => search({ ...base, sampler, epochs: 3, workers })),
    );
    assertEquals(one.trials.length, 24);
    assertEquals(outcome(two.trials), outcome(one.trials));
    assertEquals(outcome(three.trials), outcome(one.trials));
    const other = await search({ ...base, sampler, epochs: 3, seed: 4 });
    assert(other.trials.some(({ params }, i) => params.learningRate !== one.trials[i].params.learningRate));
  }
});

Deno.test("tpe in a deterministic search: the same trials and bits for any number of threads", async () => {
  const options = { ...base, sampler: samplers.tpe({ startupTrials: 6 }), epochs: 3, deterministic: true } as const;
  const one = await search({ ...options, workers: 1 });
  for (const workers of [2, 3]) {
    assertEquals(outcome((await search({ ...options, workers })).trials), outcome(one.trials));
  }
  // It learns from other trials with another lag.
  const wide = await search({ ...options, lag: 12 });
  assertEquals(outcome(wide.trials).slice(0, 6), outcome(one.trials).slice(0, 6));
  assert(wide.trials.some(({ params }, i) => params.learningRate !== one.trials[i].params.learningRate));
});

Deno.test("tpe sees what other trials found, also when it is not deterministic", async () => {
  const options = { ...base, sampler: samplers.tpe({ startupTrials: 6 }), epochs: 3, workers: 1 } as const;
  const [found, drawn] = [await search(options), await search({ ...base, sampler: "random", epochs: 3 })];
  assertEquals(
    outcome(found.trials).slice(0, 6).map(({ params }) => params),
    outcome(drawn.trials).slice(0, 6).map(({ params }) => params),
  );
  assert(
    found.trials.slice(7).some(({ params }, i) => params.learningRate !== drawn.trials[7 + i].params.learningRate),
  );
});

for (const validation of [{ split: 0.3 }, { folds: 3 }] as const) {
  const name = "folds" in validation ? "3 folds" : "a split";
  Deno.test(`halving with ${name}: pruned trials are the beginnings of whole ones, whatever the threads`, async () => {
    const options = { ...base, sampler: "random", epochs: 9, trials: 27, validation } as const;
    const whole = await search({ ...options, workers: 2 });
    const pruner = pruners.halving();
    const results = [];
    for (const workers of [1, 2, 3]) results.push(await search({ ...options, pruner, workers }));
    const [one] = results;
    for (const other of results) assertEquals(outcome(other.trials), outcome(one.trials));
    // One bracket of 27 with rungs after 1 and 3 of 9 epochs: 27, 9, and 3 trials.
    const lengths = one.trials.map(({ epochs }) => epochs);
    assertEquals([1, 3, 9].map((epochs) => lengths.filter((length) => length === epochs).length), [18, 6, 3]);
    for (const trial of one.trials) {
      const { history, runs } = whole.trials[trial.id];
      const cut = (logs: Record<string, number[]>) =>
        Object.fromEntries(Object.entries(logs).map(([key, values]) => [key, values.slice(0, trial.epochs)]));
      assertEquals(trial.history, cut(history));
      trial.runs.forEach((run, k) => assertEquals(run.history, cut(runs[k].history)));
      assertEquals(trial.status, trial.epochs === 9 ? "done" : "pruned");
      assertEquals(trial.score, trial.history.val_loss.at(-1)!);
    }
    // Those that went on from a rung are the best there.
    for (const [rung, count] of [[1, 9], [3, 3]]) {
      const there = one.trials.filter(({ epochs }) => epochs >= rung);
      const ranked = there.toSorted((a, b) => a.history.val_loss[rung - 1] - b.history.val_loss[rung - 1]);
      const best = new Set(ranked.slice(0, count).map(({ id }) => id));
      for (const { id, epochs } of there) assertEquals(epochs > rung, best.has(id));
    }
  });
}

Deno.test("asha: trials pause, go on from where they were, and all come to an end", async () => {
  const options = { ...base, sampler: "random", epochs: 9, trials: 27 } as const;
  const whole = await search(options);
  for (const workers of [1, 2]) {
    const result = await search({ ...options, pruner: pruners.asha(), workers });
    assertEquals(result.trials.length, 27);
    assert(result.trials.filter(({ status }) => status === "pruned").length > 9);
    assert(result.trials.some(({ status }) => status === "done"));
    for (const { id, history, epochs, status } of result.trials) {
      assert(status === "done" ? epochs === 9 : [1, 3].includes(epochs));
      assertEquals(history.val_loss, whole.trials[id].history.val_loss.slice(0, epochs));
    }
  }
});

Deno.test("median: stops after the epoch at which it falls behind; deterministic for any number of threads", async () => {
  const options = { ...base, sampler: "random", epochs: 12, trials: 30 } as const;
  const whole = await search(options);
  const pruner = pruners.median({ startupTrials: 4, warmupEpochs: 2 });
  const results = [];
  for (const workers of [1, 2, 3]) results.push(await search({ ...options, pruner, deterministic: true, workers }));
  const [one] = results;
  for (const other of results) assertEquals(outcome(other.trials), outcome(one.trials));
  assert(one.trials.some(({ status }) => status === "pruned"));
  for (const { id, history, epochs } of one.trials) {
    assertEquals(history.val_loss, whole.trials[id].history.val_loss.slice(0, epochs));
    // The rule, from its definition: the best value so far is worse than the median of the finished trials up to id − 4.
    const finished = one.trials.filter((other) => other.id <= id - 4 && other.status === "done");
    const stopsAt = Array.from({ length: 11 }, (_, i) => i + 1).find((epoch) => {
      if (epoch <= 2 || finished.length < 4) return false;
      const values = finished.map((other) => other.history.val_loss[epoch - 1]).sort((a, b) => a - b);
      const half = values.length / 2;
      const median = values.length % 2 === 1 ? values[Math.floor(half)] : (values[half - 1] + values[half]) / 2;
      return Math.min(...whole.trials[id].history.val_loss.slice(0, epoch)) > median;
    });
    assertEquals(epochs, stopsAt ?? 12);
  }
});

Deno.test("a grid with halving: the last bracket need not be full", async () => {
  const space = { hidden: [2, 3, 4, 5], learningRate: [0.001, 0.01, 0.1] };
  const { sampler: _, trials: __, space: ___, ...rest } = { ...base, sampler: null };
  const result = await gridSearch({
    ...rest,
    space,
    epochs: 9,
    pruner: pruners.halving({ bracketSize: 9 }),
    workers: 2,
  });
  assertEquals(result.trials.length, 12);
  assertEquals(result.trials.filter(({ status }) => status === "done").map(({ epochs }) => epochs), [9, 9]);
});

Deno.test("a pruner of the user's own, without rungs, is asked after each epoch and can pause", async () => {
  const asked: number[] = [];
  const result = await search({
    ...base,
    sampler: "random",
    epochs: 4,
    trials: 3,
    workers: 2,
    pruner: {
      id: "own",
      config: {},
      order: "free",
      decide: ({ epoch, index }) => {
        asked.push(epoch);
        return index === 1 && epoch === 2 ? "pause" : index === 2 && epoch === 3 ? "stop" : "continue";
      },
      review: () => ({ resume: [], stop: [] }),
    },
  });
  assertEquals(result.trials.map(({ status, epochs }) => [status, epochs]), [["done", 4], ["pruned", 2], [
    "pruned",
    3,
  ]]);
  assertEquals(asked.length, 3 + 2 + 3);
});

Deno.test("if a pruner lets nobody finish, the best of those that got furthest is the best, with its model", async () => {
  const pruner = {
    id: "strict",
    config: {},
    order: "free",
    decide: ({ epoch, index }: { epoch: number; index: number }) => epoch === (index < 3 ? 4 : 2) ? "stop" : "continue",
    review: () => ({ resume: [], stop: [] }),
  } as const;
  const [vx, vy] = [x.slice(0, 40), y.slice(0, 40)];
  for (const validation of [{ x: vx, y: vy }, { folds: 2 }] as const) {
    const result = await search({ ...base, sampler: "random", epochs: 6, trials: 8, pruner, validation, workers: 2 });
    assertEquals(result.trials.map(({ status, epochs }) => [status, epochs]), [
      ...Array(3).fill(["pruned", 4]),
      ...Array(5).fill(["pruned", 2]),
    ]);
    assertEquals(result.best.score, Math.min(...result.trials.slice(0, 3).map(({ score }) => score!)));
    // The model is the one that had the score, not one that was trained on.
    if ("x" in validation) assertEquals(result.best.model.evaluate(vx, vy, { batchSize: 16 }).loss, result.best.score);
    else assertEquals(result.best.model.predict(vx).shape, [40, 2]);
  }
});

Deno.test("halving finds the grid's best cell, or one within a standard error, for a third of its epochs", async () => {
  const options = {
    ...twoMoons(400),
    space: { hidden: [4, 8, 16, 32], learningRate: [0.001, 0.003, 0.01, 0.03] },
    build: base.build,
    epochs: 27,
    batchSize: 32,
    validation: { folds: 5, stratified: true },
    monitor: "val_accuracy",
    verbose: 0,
  } as const;
  const epochsOf = (trials: readonly Trial[]): number =>
    trials.flatMap(({ runs }) => runs).reduce((sum, run) => sum + run.epochs, 0);
  for (const seed of [1, 2, 3]) {
    const whole = await gridSearch({ ...options, seed });
    const halved = await gridSearch({ ...options, seed, pruner: pruners.halving() });
    assertEquals(epochsOf(whole.trials), 16 * 5 * 27);
    assert(epochsOf(halved.trials) <= epochsOf(whole.trials) / 3);
    assert(
      whole.best.score - halved.best.score <= whole.best.standardError!,
      `${halved.best.score} of ${whole.best.score}`,
    );
  }
});
