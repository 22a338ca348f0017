/**
 * Speed of the pooling kernels on one thread, in GB/s of what must be read and written, and beside a copy of as many bytes in the same rounds.
 *
 * Usage: `deno run --allow-read --allow-env=CI bench/pool.ts [rounds]` (200 rounds by default). Each round times the kernel and then the copy;
 * figures are those of the fastest round, since others may use the core, and medians over all. max_pool_backward reads x, y and dy and writes dx.
 *
 * @module
 */
import { compileKernels, type KernelModule } from "../tools/compile_kernels.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const ROUNDS = Number(Deno.args[0] ?? 200);
const MIB = 1 << 20;
const X = 1 << 16, DX = X + 16 * MIB, Y = DX + 16 * MIB, DY = Y + 16 * MIB;
/** A round takes about so many milliseconds. */
const MS = 0.5;

/** Batch, height, width, channels; window and stride along both axes; elements outside on all sides. */
type Shape = readonly [
  batch: number,
  height: number,
  width: number,
  channels: number,
  window: number,
  stride: number,
  pad: number,
];

/** The poolings of the two networks that the blocks are measured by, one that overlaps, one of few channels, and a global one. */
const SHAPES: readonly Shape[] = [
  [32, 26, 26, 16, 2, 2, 0],
  [32, 11, 11, 32, 2, 2, 0],
  [16, 28, 28, 64, 2, 2, 0],
  [16, 28, 28, 64, 3, 2, 1],
  [32, 28, 28, 3, 2, 2, 0],
  [64, 7, 7, 128, 7, 7, 0],
];

const KERNELS = ["max_pool_forward", "max_pool_backward", "average_pool_forward", "average_pool_backward"] as const;

async function prepare(): Promise<KernelModule> {
  const module = await compileKernels({ paths: ["asm/kernel/pool.ts"], numerics: "fast", bytes: 72 * MIB });
  const values = new Float32Array(module.memory.buffer, X);
  for (let i = 0, state = 1; i < values.length; i++) {
    state = state * 48271 % 2147483647;
    values[i] = state / 2147483647 - 0.5;
  }
  return module;
}

/** What a round takes, in nanoseconds a call, of `run` and of a copy of `bytes` (half of them read, half written), over all rounds. */
function measure(module: KernelModule, run: () => void, bytes: number): { own: number[]; copy: number[] } {
  const half = new Float32Array(module.memory.buffer, X, bytes / 8);
  const other = new Float32Array(module.memory.buffer, DX, bytes / 8);
  const time = (call: () => void): number => {
    let calls = 1;
    for (;; calls *= 2) {
      const start = performance.now();
      for (let i = 0; i < calls; i++) call();
      const took = performance.now() - start;
      if (took >= MS) return took * 1e6 / calls;
    }
  };
  // Until the optimizing compiler, which works in the background, has replaced the first code.
  for (const end = performance.now() + 300; performance.now() < end;) run();
  const own: number[] = [], copy: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    own.push(time(run));
    copy.push(time(() => other.set(half)));
  }
  return { own, copy };
}

const module = await prepare();
const figures: Record<string, number> = {};
const rows: string[][] = [];
for (const [batch, height, width, channels, window, stride, pad] of SHAPES) {
  const counts = [height, width].map((length) => Math.floor((length + 2 * pad - window) / stride) + 1);
  const geometry = [batch, height, width, channels, ...counts, window, window, stride, stride, pad, pad];
  const x = batch * height * width * channels, y = batch * counts[0] * counts[1] * channels;
  const title = `[${batch}, ${height}, ${width}, ${channels}], ${window} × ${window} / ${stride}${
    pad ? `, pad ${pad}` : ""
  }`;
  for (const kernel of KERNELS) {
    const addresses = kernel === "max_pool_backward" ? [DX, DY, X, Y] : kernel.endsWith("backward") ? [DX, DY] : [Y, X];
    module.call.max_pool_forward(Y, X, ...geometry);
    const bytes = 4 * (kernel === "max_pool_backward" ? 2 * x + 2 * y : x + y);
    const { own, copy } = measure(module, () => module.call[kernel](...addresses, ...geometry), bytes);
    const [median, best] = [summarize(own).median, Math.min(...own)];
    figures[`${kernel} ${title} GB/s`] = bytes / best;
    rows.push([
      kernel,
      title,
      (best / 1e3).toFixed(1),
      (median / 1e3).toFixed(1),
      (bytes / best).toFixed(1),
      `${(100 * Math.min(...copy) / best).toFixed(0)} %`,
    ]);
  }
}
printReport({
  benchmark: "pool",
  tables: [{
    title: `Pooling, one thread (${ROUNDS} rounds)`,
    header: ["kernel", "images and windows", "µs, fastest", "µs, median", "GB/s", "of a copy's speed"],
    rows,
  }],
  figures,
});
