/**
 * Speed of the depthwise convolution kernels on one thread, in GFLOP/s, as a share of the machine's peak measured in the same rounds, and in GB/s of
 * what must be read and written.
 *
 * Usage: `deno run --allow-read --allow-env=CI bench/depthwise.ts [rounds]` (200 rounds by default). Each round measures the kernel and then the peak,
 * that of fused multiply-adds in registers; figures are those of the fastest round, since others may use the core, and medians over all.
 *
 * @module
 */
import { compileKernels } from "../tools/compile_kernels.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const ROUNDS = Number(Deno.args[0] ?? 200);
const MIB = 1 << 20;
const X = 1 << 16, Y = X + 16 * MIB, W = Y + 16 * MIB;
/** A round takes about so many milliseconds. */
const MS = 0.5;

/** Images [size, size, channels] in a batch, windows of `window`² pixels, stride, padding on all sides. */
type Shape = readonly [batch: number, size: number, channels: number, window: number, stride: number, pad: number];
const SHAPES: readonly Shape[] = [
  [4, 28, 32, 3, 1, 1],
  [4, 28, 32, 3, 1, 0],
  [4, 14, 128, 3, 1, 1],
  [8, 7, 256, 3, 1, 1],
  [4, 28, 64, 3, 2, 1],
  [4, 28, 32, 5, 1, 2],
  [4, 28, 3, 3, 1, 1],
];
const PASSES = ["forward", "input", "filter"] as const;

const measurePeak = await createPeakMeter();
const { memory, call } = await compileKernels({
  paths: ["asm/kernel/depthwise.ts", "asm/kernel/depthwise_filter.ts"],
  numerics: "fast",
  bytes: 34 * MIB,
});
const values = new Float32Array(memory.buffer, X);
for (let i = 0; i < values.length; i++) values[i] = (i * 40503 % 65536) / 65536 - 0.5;

function run([batch, size, channels, window, stride, pad]: Shape, pass: (typeof PASSES)[number]): void {
  const out = Math.floor((size + 2 * pad - window) / stride) + 1;
  const steps = [window, window, stride, stride, 1, 1];
  const back = window - 1 - pad;
  if (pass === "forward") {
    call.depthwise_forward(Y, X, W, 0, batch, size, size, out, out, channels, ...steps, pad, pad, 0);
  } else if (pass === "filter") {
    call.depthwise_filter(W, X, Y, batch, size, size, out, out, channels, channels, ...steps, pad, pad);
  } else if (stride === 1) {
    call.depthwise_forward(X, Y, W, 0, batch, out, out, size, size, channels, ...steps, back, back, 1);
  } else {
    call.depthwise_input(X, Y, W, batch, size, size, out, out, channels, ...steps, pad, pad);
  }
}

/** Nanoseconds a call. */
function time(work: () => void): number {
  for (let calls = 1;; calls *= 2) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) work();
    const took = performance.now() - start;
    if (took >= MS) return took * 1e6 / calls;
  }
}

const figures: Record<string, number> = {};
const rows: string[][] = [];
for (const shape of SHAPES) {
  const [batch, size, channels, window, stride, pad] = shape;
  const out = Math.floor((size + 2 * pad - window) / stride) + 1;
  const flops = 2 * batch * out * out * channels * window * window;
  const bytes = 4 * batch * channels * (size * size + out * out);
  const title = `[${batch}, ${size}, ${size}, ${channels}], ${window} × ${window} / ${stride}, pad ${pad}`;
  for (const pass of PASSES) {
    // Until the optimizing compiler, which works in the background, has replaced the first code.
    for (const end = performance.now() + 300; performance.now() < end;) run(shape, pass);
    const own: number[] = [], peaks: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      own.push(time(() => run(shape, pass)));
      peaks.push(measurePeak());
    }
    const best = Math.min(...own);
    figures[`depthwise ${pass} ${title} GFLOP/s`] = flops / best;
    rows.push([
      pass,
      title,
      (best / 1e3).toFixed(1),
      (summarize(own).median / 1e3).toFixed(1),
      (flops / best).toFixed(1),
      `${(100 * flops / best / Math.max(...peaks)).toFixed(0)} %`,
      (bytes / best).toFixed(1),
    ]);
  }
}
printReport({
  benchmark: "depthwise",
  tables: [{
    title: `Depthwise convolution, one thread (${ROUNDS} rounds)`,
    header: ["pass", "images and windows", "µs, fastest", "µs, median", "GFLOP/s", "of the peak", "GB/s"],
    rows,
  }],
  figures,
});
