import type { optimizers } from "../../mod.ts";
import type { KernelCall } from "../../src/ops/op.ts";
import { compileUpdate } from "../../src/update/compile_update.ts";
import { withTeam } from "../../src/training/threads.ts";
import { createUpdate } from "../../src/update/update.ts";
import type { Classifier } from "./create_mlp.ts";
import { flopsOf } from "./call_costs.ts";
import { summarize } from "./summarize.ts";

/** What a phase of a step costs: what threads do between two meetings. */
export interface PhaseCost {
  /** The kernels, with the number of their calls. */
  kernels: string;
  microseconds: number;
  /** Floating-point operations of matrix products. */
  flops: number;
}

/**
 * Finds where the time of a training step goes when `ranks` threads take it: runs every phase as a program of its own, in their order,
 * again and again for `ms` milliseconds. The time that it takes to start a program is taken off.
 */
export async function profilePhases(
  { model, x, y }: Classifier,
  { rows, ranks, ms }: { rows: number; ranks: number; ms: number },
): Promise<PhaseCost[]> {
  const { trainer, network } = model;
  const { memory } = network;
  const phases: PhaseCost[] = [];
  await withTeam(memory, ranks, () => {
    trainer.ranks = ranks;
    const train = trainer.program("train", rows);
    const optimizer = trainer.compiled.optimizer as optimizers.Optimizer;
    const programs = [train.program, compileUpdate(optimizer, network.variables, new Map(), ranks).step];
    const parts = programs.flatMap((program) => {
      const cuts = [0, ...program.barriers, program.instructions.length];
      return cuts.slice(1).map((end, i) => {
        const instructions = program.instructions.slice(cuts[i], end);
        return { instructions, loaded: memory.load({ ...program, instructions, barriers: [] }) };
      });
    });
    const empty = memory.load({ ...train.program, instructions: [], barriers: [] });
    train.input("x/0").set(x.data.subarray(0, rows * x.shape[1]));
    train.input("y/0").set(y.subarray(0, rows));
    trainer.fillScale(train, [null]);
    const numbers = { step: 0, iteration: 0, learningRate: 1e-6 };
    createUpdate(optimizer, network.variables).writeCells(memory.view("cells"), numbers);

    const time = (loaded: typeof empty): number => {
      const start = performance.now();
      loaded.run();
      return performance.now() - start;
    };
    const samples: number[][] = parts.map(() => []);
    const starts: number[] = [];
    const end = performance.now() + ms;
    while (performance.now() < end || starts.length < 10) {
      starts.push(time(empty));
      parts.forEach(({ loaded }, i) => samples[i].push(time(loaded)));
    }
    trainer.ranks = 1;
    const overhead = summarize(starts).median;
    parts.forEach(({ instructions }, i) => {
      const { median } = summarize(samples[i].slice(samples[i].length >> 2));
      phases.push({
        kernels: describeKernels(instructions),
        microseconds: Math.max(0, median - overhead) * 1000,
        flops: instructions.reduce((sum, call) => sum + flopsOf(call), 0),
      });
    });
    return Promise.resolve();
  });
  return phases;
}

/** Each kernel with the number of its calls, in the order in which they first stand. */
function describeKernels(instructions: readonly KernelCall[]): string {
  const counts = new Map<string, number>();
  for (const { kernel } of instructions) counts.set(kernel, (counts.get(kernel) ?? 0) + 1);
  return [...counts].map(([kernel, count]) => count === 1 ? kernel : `${count} ${kernel}`).join(", ");
}
