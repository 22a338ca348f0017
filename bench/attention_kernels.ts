/**
 * The kernels of attention alone, on one core: GFLOP/s forward and backward, beside a product of matrices and the core's peak in the same run. Two
 * products forward and five backward count, the scores that are computed again among them.
 *
 * Usage: `deno run -A bench/attention_kernels.ts [rounds]` (40 by default). All take turns, and a figure is the best of all rounds: on a core that
 * others use as well, what is interrupted says nothing.
 *
 * @module
 */
import { attentionBlock } from "../src/ops/attention_arguments.ts";
import type { AttentionShapes } from "../src/ops/attention_shapes.ts";
import { compileKernels } from "../tools/compile_kernels.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";

const ROUNDS = Number(Deno.args[0] ?? 40);
/** Heads, steps, and the width of a head, of one sample. */
const CASES: readonly (readonly [heads: number, steps: number, width: number])[] = [
  [8, 64, 16],
  [4, 128, 32],
  [2, 256, 32],
  [1, 512, 32],
  [1, 512, 64],
];
/** Rows, columns and steps of a product whose factors stay in the near caches. */
const PRODUCT = [100, 128, 512] as const;

const { memory, call } = await compileKernels({
  paths: ["asm/kernel/attention.ts", "asm/kernel/matmul.ts"],
  numerics: "fast",
  bytes: 2 ** 26,
});
const floats = new Float32Array(memory.buffer);
let used = 2 ** 14;
/** The address of so many numbers at random. */
function allocate(elements: number): number {
  const from = used;
  used += Math.ceil(elements / 16) * 16;
  for (let i = from; i < used; i++) floats[i] = Math.sin(i * 12.9898);
  return 4 * from;
}

interface Timed {
  readonly gigaflops: number;
  readonly run: () => unknown;
  best: number;
}
const timed = (flops: number, run: () => unknown): Timed => ({ gigaflops: flops / 1e6, run, best: Infinity });

const [m, n, k] = PRODUCT;
const [c, a, b] = [m * n, (m + 3) * k, n * k].map(allocate);
const product = timed(2 * m * n * k, () => call.matmul(c, a, b, 0, m, n, k, n));
const begin = used;
const kernels = CASES.map(([heads, steps, width]) => {
  used = begin; // they run one after the other, over the same memory
  const [q, keys, v, dy, y, dq, dk, dv] = Array.from({ length: 8 }, () => allocate(steps * heads * width));
  const work = allocate(16 * steps * (width + 400));
  const block = attentionBlock({ t: steps, s: steps } as AttentionShapes);
  const sizes = [1, steps, steps, heads, heads, width, width, block, 1, 0, 1, 0, 0, 0, 0, 0];
  const flops = 4 * heads * steps * steps * width;
  return {
    forward: timed(flops, () => call.attention_forward(y, q, keys, v, 0, 0, 0, 0, work, ...sizes)),
    backward: timed(
      2.5 * flops,
      () => call.attention_backward(dq, dk, dv, dy, y, q, keys, v, 0, 0, 0, 0, work, ...sizes),
    ),
  };
});
const measurePeak = await createPeakMeter();
let peak = 0;
for (let round = 0; round < ROUNDS; round++) {
  peak = Math.max(peak, measurePeak());
  for (const one of [product, ...kernels.flatMap(({ forward, backward }) => [forward, backward])]) {
    for (let i = 0; i < 4; i++) {
      const start = performance.now();
      one.run();
      one.best = Math.min(one.best, performance.now() - start);
    }
  }
}
const speedOf = ({ gigaflops, best }: Timed): number => gigaflops / best;
const figures: Record<string, number> = { "attention kernels, matmul GFLOP/s": speedOf(product) };
const rows = CASES.map(([heads, steps, width], i) => {
  const { forward, backward } = kernels[i];
  const both = (forward.gigaflops + backward.gigaflops) / (forward.best + backward.best);
  figures[`attention ${heads}x${steps}x${width} % of peak`] = 100 * both / peak;
  return [
    `${heads} of ${width}`,
    `${steps}`,
    ...[speedOf(forward), speedOf(backward), both, 100 * both / peak, 100 * both / speedOf(product)].map(formatFigure),
  ];
});
printReport({
  benchmark: "attention kernels",
  tables: [{
    title: `Attention of one sample on one core; a product ${m}×${n}×${k} has ${
      formatFigure(speedOf(product))
    } GFLOP/s, the peak is ${formatFigure(peak)} (${ROUNDS} rounds)`,
    header: ["heads", "steps", "forward", "backward", "both, GFLOP/s", "% of peak", "% of the product"],
    rows,
  }],
  figures,
});
