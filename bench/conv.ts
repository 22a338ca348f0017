/**
 * Speed of the convolution kernels, in GFLOP/s and as a share of the machine's peak measured in the same rounds.
 *
 * Usage: `deno run --allow-read --allow-env=CI bench/conv.ts [rounds]` (25 rounds by default).
 *
 * The peak is that of fused multiply-adds in registers. Each round measures the peak, the kernel and the peak again; the share is the kernel's
 * speed over the better of the two peaks, and the figures are medians over the rounds, and that of the fastest round. Times include packing;
 * batches are small, so that a call takes less than what a busy machine gives at a time.
 * k is the number of elements of a window. The product is that of matrices as they lie in memory, with as many multiplications: on a core that
 * others use as well, where none reaches its peak, it says what can be had. What counts are the multiplications that the result asks for:
 * of an input gradient, those with the zeros beside dy do not.
 *
 * @module
 */
import { compileKernels } from "../tools/compile_kernels.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { printReport } from "./lib/print_report.ts";

/** Images [size, size, channels] in a batch, filters of `window`² pixels, `stride`, padding on all sides. */
type Shape = readonly [
  batch: number,
  size: number,
  channels: number,
  filters: number,
  window: number,
  stride: number,
  pad: number,
];
type Pass = "product" | "forward" | "input" | "filter";

const ROUNDS = Number(Deno.args[0] ?? 25);
const PASSES: readonly Pass[] = ["product", "forward", "input", "filter"];
const MIB = 1 << 20;
const X = 1 << 16,
  Y = X + 24 * MIB,
  W = Y + 24 * MIB,
  PACKED = W + 4 * MIB,
  WORK = PACKED + 4 * MIB,
  STRIPS = WORK + MIB;
const SHAPES: readonly Shape[] = [
  [8, 28, 1, 16, 3, 1, 0],
  [8, 13, 16, 32, 3, 1, 0],
  [8, 32, 3, 32, 3, 1, 0],
  [1, 30, 32, 64, 3, 1, 0],
  [2, 16, 64, 64, 3, 1, 0],
  [2, 16, 64, 64, 3, 1, 1],
  [4, 16, 32, 64, 3, 2, 1],
  [2, 56, 3, 32, 7, 2, 3],
  [2, 8, 128, 128, 3, 1, 1],
];

const measurePeak = await createPeakMeter();
const { memory, call } = await compileKernels({
  paths: ["asm/kernel/conv.ts", "asm/kernel/conv_filter.ts", "asm/kernel/matmul.ts", "asm/kernel/pack.ts"],
  numerics: "fast",
  bytes: 72 * MIB,
});
new Float32Array(memory.buffer).fill(0.5);

function run([batch, size, channels, filters, window, stride, pad]: Shape, pass: Pass): void {
  const out = Math.floor((size + 2 * pad - window) / stride) + 1, k = window * window * channels;
  const sizes = [batch, size, size, out, out, channels, filters];
  const steps = [window, window, stride, stride, 1, 1];
  if (pass === "product") {
    const rows = batch * out * out;
    call.pack_n(PACKED, W, k, filters, filters);
    call.pack_rows(STRIPS, X, rows, k, k);
    call.matmul(Y, STRIPS, PACKED, 0, rows, filters, k, filters);
  } else if (pass === "forward") {
    call.pack_filters(PACKED, W, k, filters, 1, 0, Math.ceil(filters / 8));
    call.conv(Y, X, PACKED, 0, WORK, ...sizes, 1, ...steps, pad, pad, 0);
  } else if (pass === "input") {
    call.pack_taps(PACKED, W, channels, filters, 1, ...steps, 0, Math.ceil(channels / 8));
    call.conv_input(X, Y, PACKED, 0, WORK, ...sizes, 1, ...steps, pad, pad, 0);
  } else {
    call.conv_filter(W, X, Y, WORK, ...sizes, 1, channels, filters, ...steps, pad, pad, 0, k);
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function measure(shape: Shape, pass: Pass): { speed: number; share: number; best: number } {
  const [batch, size, channels, filters, window, stride, pad] = shape;
  const out = Math.floor((size + 2 * pad - window) / stride) + 1;
  const flops = 2 * batch * out * out * window * window * channels * filters;
  const calls = Math.max(1, Math.round(1e7 / flops));
  const speeds: number[] = [], shares: number[] = [], peaks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = measurePeak();
    const start = performance.now();
    for (let i = 0; i < calls; i++) run(shape, pass);
    const speed = flops * calls / (performance.now() - start) / 1e6;
    const peak = Math.max(before, measurePeak());
    speeds.push(speed);
    shares.push(speed / peak);
    peaks.push(peak);
  }
  return { speed: median(speeds), share: median(shares), best: Math.max(...speeds) / Math.max(...peaks) };
}

/** Runs everything long enough for the optimizing compiler, which works in the background, to have replaced the first code. */
async function warmUp(): Promise<void> {
  const small: readonly Shape[] = [[1, 9, 1, 16, 3, 1, 0], [1, 9, 3, 8, 3, 1, 1], [1, 7, 16, 24, 3, 2, 1]];
  for (let pass = 0; pass < 3; pass++) {
    for (const end = performance.now() + 200; performance.now() < end;) {
      for (const shape of small) for (const pass of PASSES) run(shape, pass);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

await warmUp();
const figures: Record<string, number> = {};
const rows = SHAPES.map((shape) => {
  const [batch, size, channels, filters, window, stride, pad] = shape;
  const what = `${filters} of ${window}²${stride > 1 ? `, stride ${stride}` : ""}${pad > 0 ? `, padding ${pad}` : ""}`;
  const k = window * window * channels;
  const cells = PASSES.flatMap((pass) => {
    const { speed, share, best } = measure(shape, pass);
    figures[`conv ${pass} ${batch}x${size}x${size}x${channels} ${what} % of peak`] = best * 100;
    return [speed.toFixed(1), `${(share * 100).toFixed(0)} %`, `${(best * 100).toFixed(0)} %`];
  });
  return [`${batch} × ${size}² × ${channels}`, what, String(k), ...cells];
});
printReport({
  benchmark: "conv",
  tables: [{
    title: "Convolution, one core: median speed, its share of the peak, and that of the fastest round",
    header: ["images", "filters", "k", ...PASSES.flatMap((pass) => [`${pass}, GFLOP/s`, "of the peak", "fastest"])],
    rows,
  }],
  figures,
});
