import type { Sequential } from "../../mod.ts";
import type { Argument, KernelCall } from "../../src/ops/op.ts";
import type { Program } from "../../src/program/program.ts";
import { compileUpdate } from "../../src/update/compile_update.ts";
import { createUpdate } from "../../src/update/update.ts";
import type { Classifier } from "./create_mlp.ts";
import { summarize } from "./summarize.ts";

/** What the calls of one kernel cost in a step. */
export interface KernelCost {
  kernel: string;
  calls: number;
  microseconds: number;
  /** Floating-point operations of matrix products; 0 for other kernels. */
  flops: number;
  /** Bytes read and written, every array counted once a call. */
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
  const { optimizer } = trainer.compiled;
  const update = createUpdate(optimizer, network.variables);
  const calls = [train.program, compileUpdate(optimizer, network.variables, new Map(), 1).step].flatMap((program) =>
    program.instructions.map((call) => ({ call, program, loaded: memory.load({ ...program, instructions: [call] }) }))
  );
  const empty = memory.load({ ...train.program, instructions: [] });
  train.input("x").set(x.data.subarray(0, rows * x.shape[1]));
  train.input("y").set(y.subarray(0, rows));
  trainer.fillScale(train, null);
  update.writeCells(memory.view("cells"), 0, 1e-6);

  const samples: number[][] = calls.map(() => []);
  const starts: number[] = [];
  const begin = performance.now();
  for (let elapsed = 0; elapsed < ms || starts.length < 10; elapsed = performance.now() - begin) {
    starts.push(time(empty));
    calls.forEach(({ loaded }, i) => samples[i].push(time(loaded)));
  }
  const overhead = summarize(starts).median;
  const costs = new Map<string, KernelCost>();
  calls.forEach(({ call, program }, i) => {
    const cost = costs.get(call.kernel) ?? { kernel: call.kernel, calls: 0, microseconds: 0, flops: 0, bytes: 0 };
    costs.set(call.kernel, cost);
    cost.calls++;
    cost.microseconds += Math.max(0, summarize(samples[i].slice(samples[i].length >> 2)).median - overhead) * 1000;
    cost.flops += flopsOf(call);
    cost.bytes += bytesOf(call, program, program === train.program);
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

/** The kernels of matrix products take m, n and k first, after their arrays. */
export function flopsOf({ kernel, args, split }: KernelCall): number {
  if (!kernel.startsWith("matmul")) return 0;
  const numbers = args.map((arg) => sizeOf(arg, split?.extent ?? 1)).filter((size) => size !== null);
  return 2 * numbers[0] * numbers[1] * numbers[2];
}

/** The value of a number among the arguments; null for arrays. */
function sizeOf(arg: Argument, extent: number): number | null {
  if (typeof arg === "number") return arg;
  return arg.kind === "count" ? extent * arg.times : arg.kind === "begin" ? 0 : null;
}

/** An update's arrays are parts of blocks, as long as the split says; other programs have a buffer for every array. */
function bytesOf({ args, split }: KernelCall, program: Program, isWhole: boolean): number {
  let elements = 0;
  for (const arg of args) {
    if (typeof arg !== "object" || !("ref" in arg)) continue;
    const stride = "stride" in arg ? Number(arg.stride) : 0;
    elements += isWhole ? program.buffers[arg.ref.buffer].elements : stride * (split?.extent ?? 0);
  }
  return 4 * elements;
}
