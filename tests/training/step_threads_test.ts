import { assertEquals } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { StepThreads } from "../../src/training/step_threads.ts";
import { withThreads } from "../workers/fake_threads.ts";

const WORK = 1000;

/** A memory for threads to meet in. */
function memory() {
  return sequential([layers.dense({ units: 4, inputShape: [4] })]).network.memory;
}

/** Takes steps that last `ms` on one thread; returns how many until there is nothing to choose, or workers were started. */
function takeSteps(
  { steps, ms, cores = 2, of = steps }: { steps: number; ms: number; cores?: number; of?: number | null },
): { asked: number; threads: StepThreads } {
  let now = 0;
  const threads = new StepThreads(memory(), { cores, now: () => now });
  threads.begin(WORK, of);
  for (let asked = 1; asked <= steps; asked++) {
    threads.choose();
    now += ms;
    if (!threads.end(WORK)) return { asked, threads };
  }
  return { asked: steps, threads };
}

/** How many workers a fit of such steps starts. */
async function countStarted(options: Parameters<typeof takeSteps>[0]): Promise<number> {
  let count = 0;
  await withThreads({}, async (started) => {
    const { threads } = takeSteps(options);
    count = started.length;
    await threads.run(() => Promise.resolve());
  });
  return count;
}

Deno.test("steps that are too short to share are asked about three times, and start no worker", async () => {
  assertEquals(takeSteps({ steps: 1000, ms: 0.03 }).asked, 3);
  assertEquals(takeSteps({ steps: 1000, ms: 0.079 }).asked, 3);
  assertEquals(await countStarted({ steps: 1000, ms: 0.07, of: 1e9 }), 0);
});

Deno.test("with one core nothing is measured for long, and no worker is started", async () => {
  assertEquals(takeSteps({ steps: 1000, ms: 5, cores: 1 }).asked, 3);
  assertEquals(await countStarted({ steps: 100, ms: 5, cores: 1, of: 1e9 }), 0);
});

Deno.test("workers are started as soon as the rest of the fit pays for it, by what steps take here", async () => {
  assertEquals(await countStarted({ steps: 10, ms: 1, of: 40 }), 0);
  assertEquals(await countStarted({ steps: 10, ms: 1, of: 100 }), 1);
  assertEquals(await countStarted({ steps: 10, ms: 10, of: 40 }), 1);
  assertEquals(await countStarted({ steps: 10, ms: 100, of: 10 }), 1);
  assertEquals(await countStarted({ steps: 10, ms: 1, cores: 4, of: 100 }), 0); // three starts do not pay
  assertEquals(await countStarted({ steps: 10, ms: 1, cores: 4, of: 1000 }), 3);
});

Deno.test("a stream of unknown length: workers start when it has lasted as long as their start", async () => {
  assertEquals(await countStarted({ steps: 40, ms: 1, of: null }), 0);
  assertEquals(await countStarted({ steps: 80, ms: 1, of: null }), 1);
});

Deno.test("what was learnt is kept: the next fit of the same batches calls the workers at once, one of others does not", async () => {
  await withThreads({}, async () => {
    let now = 0;
    const home = memory();
    const threads = new StepThreads(home, { cores: 2, now: () => now });
    const run = async (steps: number): Promise<number> => {
      let best = 1;
      await threads.run(async () => {
        for (let i = 0; i < steps; i++) {
          const count = threads.choose();
          now += 10 / count;
          threads.end(WORK);
          if (home.team !== null && count === 1) await new Promise((resolve) => setTimeout(resolve, 1));
        }
        best = threads.resting;
      });
      return best;
    };
    threads.begin(WORK, 5000);
    assertEquals(await run(5000), 2);
    threads.begin(WORK, 100);
    assertEquals(home.team?.ranks, 2);
    await run(0);
    threads.begin(WORK, 0);
    assertEquals(home.team, null);
    threads.begin(2 * WORK, 5000);
    assertEquals(home.team, null);
    await run(0);
  });
});

Deno.test("a step that is skipped, or smaller than half a batch, tells nothing", () => {
  let now = 0;
  const threads = new StepThreads(memory(), { cores: 2, now: () => now });
  threads.begin(WORK, 1000);
  for (let i = 0; i < 100; i++) {
    threads.choose();
    if (i % 2 === 0) threads.skip();
    now += 0.01;
    assertEquals(threads.end(i % 2 === 0 ? WORK : WORK / 3), true);
  }
});

Deno.test("a step that was not begun is none of a fit", () => {
  const threads = new StepThreads(memory(), { cores: 2, now: () => 0 });
  threads.begin(WORK, 1000);
  for (let i = 0; i < 100; i++) assertEquals(threads.end(WORK), true);
});
