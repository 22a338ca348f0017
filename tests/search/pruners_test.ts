import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Pruner, ReviewedTrial, Verdict } from "../../src/search/pruners/pruner.ts";
import { asha } from "../../src/search/pruners/asha.ts";
import { halving } from "../../src/search/pruners/halving.ts";
import { median } from "../../src/search/pruners/median.ts";
import { none } from "../../src/search/pruners/none.ts";
import { resolvePruner } from "../../src/search/pruners/resolve_pruner.ts";
import { listRungs } from "../../src/search/pruners/rungs.ts";
import { prunerTable } from "../../src/search/pruners/gen/table.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";

interface SimulatedTrial extends ReviewedTrial {
  index: number;
  values: number[];
  status: string;
}

/** Runs trials as an engine would, on some workers that take turns at random. */
function simulate(
  pruner: Pruner,
  curves: readonly (readonly number[])[],
  options: { workers: number; seed: number; maxEpochs: number },
): { trials: SimulatedTrial[]; epochs: number } {
  const { workers, seed, maxEpochs } = options;
  const random = new RandomStream(seed, 0);
  const trials: SimulatedTrial[] = [];
  const running: SimulatedTrial[] = [];
  let epochs = 0;
  for (;;) {
    const review = pruner.review({ trials, direction: "min", maxEpochs, isComplete: trials.length === curves.length });
    for (const index of review.stop) {
      assertEquals(trials[index].status, "paused");
      trials[index].status = "pruned";
    }
    for (const index of review.resume) {
      if (running.length === workers) break;
      assertEquals(trials[index].status, "paused");
      trials[index].status = "running";
      running.push(trials[index]);
    }
    while (running.length < workers && trials.length < curves.length) {
      const trial = { index: trials.length, values: [], status: "running" };
      trials.push(trial);
      running.push(trial);
    }
    if (running.length === 0) break;
    const place = random.nextInteger(running.length);
    const trial = running[place];
    trial.values.push(curves[trial.index][trial.values.length]);
    epochs++;
    const epoch = trial.values.length;
    const others = trials.filter((other) => other !== trial).map(({ index, values, status }) => {
      return { index, values, finished: status === "done" };
    });
    const verdict: Verdict | "done" = epoch === maxEpochs
      ? "done"
      : pruner.decide({ index: trial.index, epoch, values: trial.values, others, direction: "min", maxEpochs });
    if (verdict === "continue") continue;
    trial.status = { done: "done", stop: "pruned", pause: "paused" }[verdict];
    running.splice(place, 1);
  }
  assert(trials.every(({ status }) => status === "done" || status === "pruned"), "a trial was forgotten");
  return { trials, epochs };
}

/** Falling curves whose order never changes: trial i is better the smaller (i · 7) mod n is. */
function createCurves(n: number, maxEpochs: number): number[][] {
  return Array.from({ length: n }, (_, i) => {
    return Array.from({ length: maxEpochs }, (_, e) => (i * 7 % n) / n + 1 / (e + 1));
  });
}

Deno.test("rungs: minEpochs, times reductionFactor, below maxEpochs", () => {
  assertEquals(listRungs({ reductionFactor: 3, minEpochs: 1 }, 27), [1, 3, 9]);
  assertEquals(listRungs({ reductionFactor: 4, minEpochs: 2 }, 33), [2, 8, 32]);
  assertEquals(listRungs({ reductionFactor: 3, minEpochs: null }, 50), [6, 18]);
  assertEquals(listRungs({ reductionFactor: 3, minEpochs: 50 }, 50), []);
  assertEquals(listRungs({ reductionFactor: 3, minEpochs: null }, 1), []);
});

Deno.test("halving: 27 trials as in the paper, 27 × 1, 9 × 3, 3 × 9, 1 × 27 epochs", () => {
  const curves = createCurves(27, 27);
  const { trials, epochs } = simulate(halving({ minEpochs: 1 }), curves, { workers: 4, seed: 1, maxEpochs: 27 });
  const lengths = (n: number): number => trials.filter(({ values }) => values.length === n).length;
  assertEquals([lengths(1), lengths(3), lengths(9), lengths(27)], [18, 6, 2, 1]);
  assertEquals(epochs, 27 + 9 * 2 + 3 * 6 + 1 * 18);
  const [best] = trials.filter(({ status }) => status === "done");
  assertEquals(best.index, 0);
});

Deno.test("halving: the same result for any number of workers and any order; a third of the epochs", () => {
  // Noisy curves, two brackets and a part of a third.
  const random = new RandomStream(5, 0);
  const curves = createCurves(70, 50).map((curve) => curve.map((value) => value + 0.2 * random.nextUniform()));
  const options = { maxEpochs: 50 };
  const first = simulate(halving(), curves, { ...options, workers: 1, seed: 0 });
  assert(first.epochs < 70 * 50 / 3, `${first.epochs} epochs`);
  for (const [workers, seed] of [[2, 1], [3, 2], [8, 3], [100, 4]]) {
    const { trials, epochs } = simulate(halving(), curves, { ...options, workers, seed });
    assertEquals(trials, first.trials);
    assertEquals(epochs, first.epochs);
  }
});

Deno.test("halving finds the best of 16 for a third of the epochs, also when scores are NaN or equal", () => {
  const curves = createCurves(16, 50);
  const { trials, epochs } = simulate(halving(), curves, { workers: 2, seed: 1, maxEpochs: 50 });
  assert(epochs < 16 * 50 / 3);
  assertEquals(trials.findIndex(({ status }) => status === "done"), 0);
  const lost = curves.map((curve, i) => i === 5 ? curve : curve.map(() => NaN));
  const survivors = simulate(halving(), lost, { workers: 2, seed: 1, maxEpochs: 50 }).trials;
  assertEquals(survivors.filter(({ status }) => status === "done").map(({ index }) => index), [5]);
  const allLost = simulate(halving(), curves.map((curve) => curve.map(() => NaN)), {
    workers: 2,
    seed: 1,
    maxEpochs: 50,
  });
  assert(allLost.trials.every(({ status }) => status === "pruned"));
  const equal = simulate(halving(), curves.map((curve) => curve.map(() => 1)), { workers: 3, seed: 1, maxEpochs: 50 });
  assertEquals(equal.trials.findIndex(({ status }) => status === "done"), 0);
});

Deno.test("halving: a bracket waits for its last trial, and larger scores are better with max", () => {
  const pruner = halving({ bracketSize: 4, reductionFactor: 2, minEpochs: 1 });
  const trials = [0.1, 0.9, 0.5, 0.7].map((value, index) => ({ index, values: [value], status: "paused" }));
  const context = { direction: "max" as const, maxEpochs: 4, isComplete: false };
  assertEquals(pruner.review({ ...context, trials: trials.slice(0, 3) }), { resume: [], stop: [] });
  assertEquals(pruner.review({ ...context, trials }), { resume: [1, 3], stop: [2, 0] });
  const running = trials.with(2, { index: 2, values: [], status: "running" });
  assertEquals(pruner.review({ ...context, trials: running }), { resume: [], stop: [] });
  // One worker: trial 1 has gone on and is back before trial 3 could.
  const ahead = trials.with(1, { ...trials[1], values: [0.9, 0.1], status: "paused" }).with(2, {
    ...trials[2],
    status: "pruned",
  }).with(0, { ...trials[0], status: "pruned" });
  assertEquals(pruner.review({ ...context, trials: ahead }), { resume: [3], stop: [] });
  const failed = trials.with(1, { index: 1, values: [], status: "failed" });
  assertEquals(pruner.review({ ...context, trials: failed }), { resume: [3], stop: [2, 0] });
  assertEquals(pruner.review({ ...context, trials: trials.slice(0, 3), isComplete: true }), {
    resume: [1],
    stop: [2, 0],
  });
});

Deno.test("asha: on one worker, the promotions of the paper's rule", () => {
  const pruner = asha({ minEpochs: 1 });
  const decide = (value: number, others: number[]): Verdict => {
    const peers = others.map((other, index) => ({ index, values: [other], finished: false }));
    return pruner.decide({ index: 9, epoch: 1, values: [value], others: peers, direction: "min", maxEpochs: 9 });
  };
  assertEquals(decide(1, []), "pause"); // floor(1 / 3) = 0 may go on
  assertEquals(decide(1, [2, 3]), "continue");
  assertEquals(decide(2, [1, 3]), "pause");
  assertEquals(decide(2, [1, 3, 4, 5, 6]), "continue");
  assertEquals(decide(NaN, [NaN, NaN]), "pause");
  // A trial that was paused comes to be among the best third as others arrive; the higher rung is served first.
  const trials = [
    { index: 0, values: [5], status: "paused" },
    { index: 1, values: [6], status: "paused" },
    { index: 2, values: [7], status: "running" },
    { index: 3, values: [3, 3, 3], status: "paused" },
    { index: 4, values: [2, 2, 4], status: "paused" },
    { index: 5, values: [1, 1, 5], status: "paused" },
    { index: 6, values: [8], status: "paused" },
    { index: 7, values: [8], status: "paused" },
    { index: 8, values: [9], status: "paused" },
    { index: 9, values: [9], status: "paused" },
    { index: 10, values: [9], status: "paused" },
    { index: 11, values: [9], status: "paused" },
  ];
  const context = { trials, direction: "min" as const, maxEpochs: 9, isComplete: false };
  assertEquals(pruner.review(context), { resume: [3, 0], stop: [] });
});

Deno.test("asha: the best of the highest rung finishes, with however few trials, scores that are NaN, or workers", () => {
  for (let n = 1; n <= 30; n++) {
    for (const workers of [1, 2, 7]) {
      for (const options of [{ minEpochs: 1 }, { minEpochs: 1, reductionFactor: 2 }, {}]) {
        const { trials } = simulate(asha(options), createCurves(n, 27), { workers, seed: n, maxEpochs: 27 });
        const done = trials.filter(({ status }) => status === "done");
        assert(done.length >= 1, `${n} trials, ${workers} workers`);
        assert(n > 3 || done.length === 1 && done[0].index === 0, "the others are not trained to their end as well");
      }
    }
  }
  const lost = createCurves(4, 27).map((curve, i) => i === 2 ? curve : curve.map(() => NaN));
  const { trials } = simulate(asha({ minEpochs: 1 }), lost, { workers: 2, seed: 1, maxEpochs: 27 });
  assertEquals(trials.map(({ status }) => status), ["pruned", "pruned", "done", "pruned"]);
});

Deno.test("asha: ends, keeps the best, and takes fewer epochs, for any number of workers", () => {
  const curves = createCurves(60, 50);
  for (const workers of [1, 2, 7]) {
    const { trials, epochs } = simulate(asha(), curves, { workers, seed: workers, maxEpochs: 50 });
    assertEquals(trials[0].status, "done");
    assert(epochs < 60 * 50 * 0.4, `${epochs} epochs`);
  }
});

Deno.test("median: against the finished trials, after startup and warmup, at the interval", () => {
  const finished = [1, 2, 3, 4, 5].map((value, index) => ({ index, values: [9, value, value], finished: true }));
  const decide = (values: number[], others = finished, options = {}): Verdict => {
    return median(options).decide({ index: 9, epoch: values.length, values, others, direction: "min", maxEpochs: 9 });
  };
  assertEquals(decide([9, 3]), "continue"); // equal to the median
  assertEquals(decide([9, 3.1]), "stop");
  assertEquals(decide([2.9, 3.1]), "continue"); // its best so far counts
  assertEquals(decide([9, NaN]), "stop");
  assertEquals(decide([9, 4], finished.slice(1)), "continue"); // four finished trials only
  assertEquals(decide([9, 4], finished.slice(1), { startupTrials: 4 }), "stop"); // the median of 2, 3, 4, 5 is 3.5
  assertEquals(decide([9, 4], finished.map((other) => ({ ...other, finished: false }))), "continue");
  assertEquals(decide([9, 4], finished, { warmupEpochs: 2 }), "continue");
  assertEquals(decide([9, 4, 4], finished, { warmupEpochs: 1, interval: 2 }), "stop");
  assertEquals(decide([9, 4], finished, { warmupEpochs: 1, interval: 2 }), "continue");
  const largest = {
    index: 9,
    epoch: 2,
    values: [0, 2.9],
    others: finished.map(({ index }) => ({
      index,
      values: [0, index + 1],
      finished: true,
    })),
  };
  assertEquals(median().decide({ ...largest, direction: "max", maxEpochs: 9 }), "stop");
  assertEquals(median().decide({ ...largest, values: [0, 3], direction: "max", maxEpochs: 9 }), "continue");
});

Deno.test("pruners say how far they depend on the order of trials", () => {
  assertEquals([none(), halving(), median(), asha()].map(({ order }) => order), ["free", "free", "lagged", "arrival"]);
});

Deno.test("pruners are found by name, saved form or themselves, and options are checked", () => {
  for (const [id, row] of Object.entries(prunerTable)) {
    const pruner = row.create();
    assertEquals(pruner.id, id);
    assertEquals(resolvePruner({ id, config: JSON.parse(JSON.stringify(pruner.config)) }).config, pruner.config);
    assert(resolvePruner(pruner) === pruner);
  }
  assertEquals(halving().config, { reductionFactor: 3, minEpochs: null, bracketSize: 27 });
  assertEquals(
    none().decide({ index: 0, epoch: 1, values: [NaN], others: [], direction: "min", maxEpochs: 2 }),
    "continue",
  );
  assertThrows(() => resolvePruner("halfing"), RangeError, 'did you mean "halving"?');
  assertThrows(() => asha({ reductionFactor: 1 }), RangeError, "reductionFactor must be an integer >= 2, got 1");
  assertThrows(() => asha({ minEpochs: 0 }), RangeError, "minEpochs must be an integer >= 1, got 0");
  assertThrows(() => halving({ bracketSize: 1 }), RangeError, "bracketSize must be an integer >= 2, got 1");
  assertThrows(() => median({ interval: 0 }), RangeError, "interval must be an integer >= 1, got 0");
  assertThrows(() => median({ warmup: 1 } as never), TypeError, "Cannot create median pruner: unknown option");
});
