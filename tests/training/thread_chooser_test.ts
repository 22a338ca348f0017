import { assert, assertEquals } from "@std/assert";
import { ThreadChooser } from "../../src/training/thread_chooser.ts";
import { createSlicedMachine } from "./sliced_machine.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";

/** Milliseconds that a step takes with so many threads, after so many milliseconds of training. */
type Machine = (threads: number, at: number) => number;

/** What a training came to. */
interface Course {
  readonly ms: number;
  /** Steps by number of threads. */
  readonly steps: Readonly<Record<number, number>>;
  /** The milliseconds after which the threads in use changed, and to how many. */
  readonly changes: readonly (readonly [at: number, threads: number])[];
}

/** Trains for `steps` steps. */
function train(counts: readonly number[], steps: number, machine: Machine): Course {
  const chooser = new ThreadChooser(counts);
  const taken: Record<number, number> = {};
  const changes: [number, number][] = [];
  let ms = 0;
  for (let step = 0; step < steps; step++) {
    const { threads, best } = chooser;
    const took = machine(threads, ms);
    ms += took;
    chooser.tell(took, 1000);
    taken[threads] = (taken[threads] ?? 0) + 1;
    if (chooser.best !== best) changes.push([ms, chooser.best]);
  }
  return { ms, steps: taken, changes };
}

/** Milliseconds of the same steps with a fixed number of threads. */
function fixed(threads: number, steps: number, machine: Machine): number {
  let ms = 0;
  for (let step = 0; step < steps; step++) ms += machine(threads, ms);
  return ms;
}

const quiet: Machine = (threads) => 2.6 / threads + 0.1;

/** Now and then one of several threads loses its core for `stall` milliseconds; one thread does not. */
function busy(share: number, stall: number, seed: number): Machine {
  const random = new RandomStream(seed, 1);
  return (threads, at) => {
    const isStalled = random.nextUniform() < share;
    return quiet(threads, at) + (threads > 1 && isStalled ? stall : 0);
  };
}

Deno.test("on a quiet machine all threads work after a few steps, and looking at one costs 1 % of the time at most", () => {
  const { ms, changes, steps } = train([1, 2], 5000, quiet);
  assertEquals(changes.map(([, threads]) => threads), [2]);
  assert(changes[0][0] < 100, `after ${changes[0][0]} ms`);
  assert(ms < 1.02 * fixed(2, 5000, quiet), `${ms} ms`);
  assert(steps[1] > 10, "one thread is looked at again");
});

Deno.test("where several threads are always slower, looking at them costs little, however slow they are", () => {
  for (const slow of [3, 10, 50, 1000]) {
    const machine: Machine = (threads) => threads === 1 ? 2 : slow;
    const { ms, changes } = train([1, 2], 20_000, machine);
    assertEquals(changes, []);
    assert(ms < 1.03 * fixed(1, 20_000, machine) + slow, `${slow}: ${ms} ms`);
  }
});

Deno.test("a process beside it: one thread, and all of them soon after it has ended", () => {
  const noise = busy(0.5, 4, 3);
  const machine: Machine = (threads, at) => at > 2000 && at < 5000 ? noise(threads, at) : quiet(threads, at);
  const { ms, changes } = train([1, 2], 8000, machine);
  const within = (from: number, to: number): number[] =>
    changes.filter(([at]) => at >= from && at < to).map(([, threads]) => threads);
  assertEquals(within(0, 100), [2]);
  assertEquals(within(2000, 3000)[0], 1);
  assertEquals(within(0, 5000).at(-1), 1);
  assertEquals(changes.at(-1)![1], 2);
  assert(changes.at(-1)![0] < 5700, `back after ${changes.at(-1)![0]} ms`);
  // Beside who knows beforehand when it comes and goes.
  const [busySteps, quietSteps] = [3000 / quiet(1, 0), 2000 / quiet(2, 0)];
  const ideal = 5000 + (8000 - busySteps - quietSteps) * quiet(2, 0);
  assert(ms < 1.04 * ideal, `${ms / ideal}`);
});

Deno.test("stalls of every kind: at most 1.06 times the better number of threads", () => {
  for (const share of [0.05, 0.2, 0.4, 0.7]) {
    for (const stall of [1, 4, 10, 30]) {
      let [ms, best] = [0, 0];
      for (let seed = 1; seed <= 5; seed++) {
        ms += train([1, 2], 3000, busy(share, stall, seed)).ms;
        best += Math.min(fixed(1, 3000, quiet), fixed(2, 3000, busy(share, stall, seed)));
      }
      assert(ms < 1.06 * best, `${share} × ${stall} ms: ${ms / best}`);
    }
  }
});

Deno.test("0 to 3 busy processes and slices of any length: at most 1.10 times the better number of threads", () => {
  for (const step of [0.3, 2.6, 30]) {
    for (const slice of [3, 10, 30]) {
      for (const loops of [0, 1, 2, 3]) {
        const steps = Math.ceil(1500 / step);
        const sums = { auto: 0, 1: 0, 2: 0 };
        for (let seed = 1; seed <= 6; seed++) {
          const create = (own: number): Machine => createSlicedMachine({ loops, slice, step }, 10 * seed + own);
          sums.auto += train([1, 2], steps, create(0)).ms;
          for (const threads of [1, 2] as const) sums[threads] += fixed(threads, steps, create(threads));
        }
        const ratio = sums.auto / Math.min(sums[1], sums[2]);
        assert(ratio < 1.1, `steps of ${step} ms, slices of ${slice} ms, ${loops} loops: ${ratio}`);
      }
    }
  }
});

Deno.test("several numbers of threads: the one that suits a machine with one core taken", () => {
  const machine: Machine = (threads) => 16 / threads + (threads === 8 ? 12 : 0);
  const { steps, changes } = train([1, 4, 7, 8], 5000, machine);
  assertEquals(changes.at(-1)![1], 7);
  assert(steps[7] > 4500, JSON.stringify(steps));
});

Deno.test("steps of a second: a few suffice", () => {
  const { changes } = train([1, 2], 10, (threads) => 1000 / threads);
  assertEquals(changes, [[2000, 2]]);
});

Deno.test("batches of different sizes are compared by their work", () => {
  const chooser = new ThreadChooser([1, 2]);
  const random = new RandomStream(5, 1);
  for (let step = 0; step < 2000; step++) {
    const work = 100 + 900 * random.nextUniform();
    chooser.tell(work / (chooser.threads === 1 ? 200 : 390), work);
  }
  assertEquals(chooser.best, 2);
});
