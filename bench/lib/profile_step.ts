import type { optimizers, Sequential } from "../../mod.ts";
import { compileUpdate } from "../../src/update/compile_update.ts";
import { createUpdate } from "../../src/update/update.ts";
import { bytesOf, flopsOf } from "./call_costs.ts";
import type { Classifier } from "./create_mlp.ts";
import { summarize } from "./summarize.ts";

/** What the calls of one kernel cost in a step. */
export interface KernelCost {
  kernel: string;
  calls: number;
  microseconds: number;
  /** Floating-point operations of matrix products; 0 for other kernels. */
  flops: number;
  /** Bytes read and written: what the calls touch of their arrays. */
  bytes: number;
}

/**
 * Finds where the time of a training step goes, on one thread: runs every instruction of the step as a program of its own, in their
 * order, again and again for `ms` milliseconds.
 *
 * @returns costs by kernel, the dearest first; the time that it takes to start a program is taken off
 */
export function profileStep({ model, x, y }: Classifier, rows: number, ms: number): KernelCost[] {
  const { trainer, network } = model;
  const { memory } = network;
  const train = trainer.program("train", rows);
  const optimizer = trainer.compiled.optimizer as optimizers.Optimizer;
  const update = createUpdate(optimizer, network.variables);
  const calls = [train.program, compileUpdate(optimizer, network.variables, new Map(), 1).step].flatMap((program) =>
    program.instructions.map((call) => ({ call, loaded: memory.load({ ...program, instructions: [call] }) }))
  );
  const empty = memory.load({ ...train.program, instructions: [] });
  train.input("x/0").set(x.data.subarray(0, rows * x.shape[1]));
  train.input("y/0").set(y.subarray(0, rows));
  trainer.fillScale(train, [null]);
  update.writeCells(memory.view("cells"), { step: 0, iteration: 0, learningRate: 1e-6 });

  const samples: number[][] = calls.map(() => []);
  const starts: number[] = [];
  const begin = performance.now();
  for (let elapsed = 0; elapsed < ms || starts.length < 10; elapsed = performance.now() - begin) {
    starts.push(time(empty));
    calls.forEach(({ loaded }, i) => samples[i].push(time(loaded)));
  }
  const overhead = summarize(starts).median;
  const costs = new Map<string, KernelCost>();
  calls.forEach(({ call }, i) => {
    const cost = costs.get(call.kernel) ?? { kernel: call.kernel, calls: 0, microseconds: 0, flops: 0, bytes: 0 };
    costs.set(call.kernel, cost);
    cost.calls++;
    cost.microseconds += Math.max(0, summarize(samples[i].slice(samples[i].length >> 2)).median - overhead) * 1000;
    cost.flops += flopsOf(call);
    cost.bytes += bytesOf(call);
  });
  return [...costs.values()].sort((a, b) => b.microseconds - a.microseconds);
}

/** A program that is loaded. */
type Loaded = ReturnType<Sequential["network"]["memory"]["load"]>;

function time(loaded: Loaded): number {
  const start = performance.now();
  loaded.run();
  return performance.now() - start;
}
