/**
 * Times fit, evaluate, predict and search with every number of threads in turns, and prints the milliseconds of each turn as one line of
 * JSON. bench/disturbed.ts runs it beside processes that want its cores.
 *
 * Usage: `deno run -A bench/disturbed/once.ts [rounds] [tasks]` (9 rounds by default, all tasks).
 *
 * @module
 */
import { createMlp } from "../lib/create_mlp.ts";
import { makeMoons, searchMoons } from "../lib/grid_of_moons.ts";
import type { Threads } from "../lib/thread_counts.ts";

const ROUNDS = Number(Deno.args[0] ?? 9);
const TASKS = Deno.args[1]?.split(",") ?? ["fit", "evaluate", "predict", "search"];
/** Also on one core: what is asked for is not what there is. */
const THREADS: readonly Threads[] = [1, 2, "auto"];
const BATCH = 32;
const FIT_SAMPLES = 1024;
const FIT_EPOCHS = 5;
const SAMPLES = 8192;
const WIDTHS = [784, 512, 512, 10];

const moons = makeMoons();
const held = createMlp(WIDTHS, SAMPLES);
const models = new Map(THREADS.map((threads) => [threads, createMlp(WIDTHS, FIT_SAMPLES)]));

const works: Readonly<Record<string, (workers: Threads) => unknown>> = {
  async fit(workers) {
    const { model, x, y } = models.get(workers)!;
    await model.fit(x, y, { epochs: FIT_EPOCHS, batchSize: BATCH, verbose: 0, workers });
  },
  evaluate: (workers) => held.model.evaluate(held.x, held.y, { batchSize: BATCH, workers }),
  predict: (workers) => held.model.predict(held.x, { batchSize: BATCH, workers }),
  search: (workers) => searchMoons(moons, "split", workers),
};

const times: Record<string, Record<string, number[]>> = {};
for (const task of TASKS) {
  const byThreads: Record<string, number[]> = times[task] = {};
  for (let round = -1; round < ROUNDS; round++) {
    // Each comes first as often as another.
    for (let turn = 0; turn < THREADS.length; turn++) {
      const threads = THREADS[(turn + round + THREADS.length) % THREADS.length];
      const start = performance.now();
      await works[task](threads);
      if (round >= 0) (byThreads[threads] ??= []).push(performance.now() - start);
    }
  }
}
console.log(JSON.stringify(times));
