/**
 * Speed of the matrix product kernels, in GFLOP/s and as a share of the machine's peak measured in the same rounds.
 *
 * Usage: `deno run --allow-read --allow-env=CI bench/matmul.ts [rounds]` (25 rounds by default).
 *
 * The peak is that of fused multiply-adds in registers. Each round measures the peak, the product and the peak again; the share is the product's speed over the better of the two peaks, and the figures
 * are medians over the rounds. Times include packing. Products are `C[m, n] = A[m, k] . B[k, n]`, forms say how A and B are stored:
 * nn as written, nt with B as [n, k], tn with A as [k, m].
 *
 * @module
 */
import { compileKernels, type KernelModule } from "../tools/compile_kernels.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";

type Form = "nn" | "nt" | "tn";
interface Figures {
  nanoseconds: number;
  share: number;
  best: number;
}
type Shape = readonly [form: Form, m: number, k: number, n: number];

const ROUNDS = Number(Deno.args[0] ?? 25);
const FORMS: readonly Form[] = ["nn", "nt", "tn"];
const MIB = 1 << 20;
const A = 1 << 16, B = A + 8 * MIB, PACKED = B + 8 * MIB, C = PACKED + 8 * MIB, STRIPS = C + 8 * MIB;

function runPacked({ call }: KernelModule, [form, m, k, n]: Shape): void {
  if (form === "nt") call.pack_t(PACKED, B, k, n, k);
  else call.pack_n(PACKED, B, k, n, n);
  if (form === "tn") call.pack_columns(STRIPS, A, m, k, m);
  else call.pack_rows(STRIPS, A, m, k, k);
  call.matmul(C, STRIPS, PACKED, 0, m, n, k, n);
}

function runSmall({ call }: KernelModule, [form, m, k, n]: Shape): void {
  if (form === "nn") call.matmul_small_n(C, A, B, 0, m, n, k, k, n, n);
  else if (form === "nt") call.matmul_small_nt(C, A, B, 0, m, n, k, k, k, n);
  else call.matmul_small_t(C, A, B, 0, m, n, k, m, n, n);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** Median nanoseconds of a call, median share of the peak, and the fastest round's share of the best peak (for busy machines). */
function measure(module: KernelModule, shape: Shape, run: typeof runPacked): Figures {
  const [, m, k, n] = shape;
  const calls = Math.max(1, Math.round(2e7 / (m * k * n + 200)));
  const times: number[] = [], shares: number[] = [], peaks: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = measurePeak();
    const start = performance.now();
    for (let i = 0; i < calls; i++) run(module, shape);
    const nanoseconds = (performance.now() - start) * 1e6 / calls;
    const peak = Math.max(before, measurePeak());
    times.push(nanoseconds);
    peaks.push(peak);
    shares.push(2 * m * k * n / nanoseconds / peak);
  }
  const best = 2 * m * k * n / Math.min(...times) / Math.max(...peaks);
  return { nanoseconds: median(times), share: median(shares), best };
}

/** Runs everything long enough for the optimizing compiler, which works in the background, to have replaced the first code. */
async function warmUp(module: KernelModule): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    for (const end = performance.now() + 200; performance.now() < end;) {
      for (const form of FORMS) {
        for (const shape of [[form, 28, 30, 27], [form, 1, 9, 35], [form, 3, 9, 2]] as const) {
          runPacked(module, shape);
          runSmall(module, shape);
        }
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function prepare(numerics: "fast" | "portable"): Promise<KernelModule> {
  const paths = ["asm/kernel/matmul.ts", "asm/kernel/matmul_small.ts", "asm/kernel/pack.ts"];
  const module = await compileKernels({ paths, numerics, bytes: 40 * MIB });
  const values = new Float32Array(module.memory.buffer, A);
  for (let i = 0, state = 1; i < values.length; i++) {
    state = state * 48271 % 2147483647;
    values[i] = state / 2147483647 - 0.5;
  }
  await warmUp(module);
  return module;
}

const SQUARE: readonly [number, number, number][] = [[256, 256, 256], [512, 512, 512], [1024, 1024, 1024], [
  128,
  784,
  512,
]];
/** Layers of the 784-512-512-10 network at batches of 32 and 512: forward nn, input gradient nt, weight gradient tn. */
const LAYERS: readonly Shape[] = [32, 512].flatMap((batch) =>
  [[784, 512], [512, 512], [512, 10]].flatMap(([inputs, units]) =>
    [["nn", batch, inputs, units], ["nt", batch, units, inputs], ["tn", inputs, batch, units]] as Shape[]
  )
);
/** The XOR network, 2-7-1 on 4 samples, and 20-64-64-3 at a batch of 32. */
const TINY: readonly (readonly [number, number, number])[] = [
  ...[[4, 2, 7], [4, 7, 1], [1, 2, 7], [8, 8, 8], [32, 20, 64], [32, 64, 64], [32, 64, 3]],
] as [number, number, number][];

const measurePeak = await createPeakMeter();
const fast = await prepare("fast"), portable = await prepare("portable");
const figures: Record<string, number> = {};

function tabulateShares(title: string, shapes: readonly Shape[]): Table {
  const rows = shapes.map((shape) => {
    const [form, m, k, n] = shape;
    const flops = 2 * m * k * n;
    const { nanoseconds, share, best } = measure(fast, shape, runPacked);
    const slow = measure(portable, shape, runPacked).nanoseconds;
    figures[`matmul ${form} ${m}x${k}x${n} % of peak`] = share * 100;
    figures[`matmul ${form} ${m}x${k}x${n} GFLOP/s`] = flops / nanoseconds;
    const percents = [share, best].map((value) => `${(value * 100).toFixed(1)} %`);
    return [`${form} ${m}×${k}×${n}`, (flops / nanoseconds).toFixed(1), ...percents, (flops / slow).toFixed(1)];
  });
  return { title, header: ["form m×k×n", "fast GFLOP/s", "of the peak", "fastest round", "portable GFLOP/s"], rows };
}

function tabulateTiny(): Table {
  const shapes = TINY.flatMap((sizes) => FORMS.map((form): Shape => [form, ...sizes]));
  return {
    title: "Tiny products, ns a call",
    header: ["form m×k×n", "small", "packed", "small (portable)"],
    rows: shapes.map((shape) => {
      const [form, ...sizes] = shape;
      const runs = [[fast, runSmall], [fast, runPacked], [portable, runSmall]] as const;
      return [
        `${form} ${sizes.join("×")}`,
        ...runs.map(([module, run]) => measure(module, shape, run).nanoseconds.toFixed(0)),
      ];
    }),
  };
}

const peak = median(Array.from({ length: ROUNDS }, measurePeak));
figures["peak GFLOP/s"] = peak;
printReport({
  benchmark: "matmul",
  tables: [
    tabulateShares(
      `Large products (peak ${peak.toFixed(1)} GFLOP/s)`,
      SQUARE.flatMap((sizes) => FORMS.map((form) => [form, ...sizes] as Shape)),
    ),
    tabulateShares("784-512-512-10, batch 32 and 512", LAYERS),
    tabulateTiny(),
  ],
  figures,
});
