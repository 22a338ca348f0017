/**
 * Memory: of training 784-512-512-10 beside its bound, and of 10,000 fits of XOR in one process.
 *
 * Usage: `deno run -A bench/memory.ts`. The bound is parameters × (2 + optimizer slots) × 4 bytes + activations + data staging + 8 MiB, where
 * the activations are every layer's output and the staging is one batch of inputs, labels and weights. The model's memory is what its
 * WebAssembly.Memory holds; the process's is the growth of its resident set from before the model was made, without the samples.
 *
 * @module
 */
import { createMlp } from "./lib/create_mlp.ts";
import { createXor } from "./lib/create_xor.ts";
import { fitXor } from "./lib/fit_xor.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";

const MIB = 1 << 20, BATCH = 128, WIDTHS = [784, 512, 512, 10], ADAM_SLOTS = 2;
const FITS = 10_000;
const figures: Record<string, number> = {};

/** Megabytes of the resident set. */
const rss = (): number => Deno.memoryUsage().rss / MIB;
const mib = (value: number): string => formatFigure(value);

async function measureTraining(): Promise<Table> {
  await fitXor(createXor(0)); // the kernels are compiled, as they are but once
  const samples = createMlp([WIDTHS[0], 1, WIDTHS[3]], BATCH * 8);
  const before = rss();
  const { model } = createMlp(WIDTHS, 1);
  await model.fit(samples.x, samples.y, { epochs: 3, batchSize: BATCH, verbose: 0, workers: 1 });
  const grown = rss() - before;
  const parameters = WIDTHS.slice(1).reduce((sum, units, i) => sum + units * (WIDTHS[i] + 1), 0);
  const parts: [string, number][] = [
    [`${parameters} parameters, gradients and ${ADAM_SLOTS} slots`, parameters * (2 + ADAM_SLOTS) * 4],
    ["activations", BATCH * (WIDTHS[1] + WIDTHS[2] + WIDTHS[3]) * 4],
    ["staging of a batch", BATCH * (WIDTHS[0] + 2) * 4],
    ["allowance", 8 * MIB],
  ];
  const bound = parts.reduce((sum, [, bytes]) => sum + bytes, 0) / MIB;
  const memory = model.network.memory.memory.buffer.byteLength / MIB;
  Object.assign(figures, { "memory model MiB": memory, "memory rss MiB": grown, "memory bound MiB": bound });
  return {
    title: `Training ${WIDTHS.join("-")}, Adam, batch ${BATCH}`,
    header: ["what", "MiB"],
    rows: [
      ...parts.map(([what, bytes]) => [what, mib(bytes / MIB)]),
      ["bound, the sum of these", mib(bound)],
      ["the model's memory", mib(memory)],
      ["growth of the process", mib(grown)],
    ],
  };
}

async function measureFits(what: string, id: string, fit: (run: number) => Promise<unknown>): Promise<string[]> {
  const marks: number[] = [];
  const start = performance.now();
  for (let run = 1; run <= FITS; run++) {
    await fit(run);
    if (run === FITS / 10 || run === FITS / 2 || run === FITS) marks.push(rss());
  }
  const seconds = (performance.now() - start) / 1000;
  figures[`memory growth ${id} MiB`] = marks[2] - marks[1];
  return [what, ...marks.map(mib), formatFigure(marks[2] - marks[1]), formatFigure(seconds)];
}

const training = await measureTraining();
const model = createXor(0);
const fits: Table = {
  title: `${FITS} fits of XOR in one process: its resident set after a tenth, half and all of them`,
  header: ["fits", `${FITS / 10} MiB`, `${FITS / 2} MiB`, `${FITS} MiB`, "growth in the second half MiB", "seconds"],
  rows: [
    await measureFits("of one model", "one", () => fitXor(model)),
    await measureFits("of new models", "new", (run) => fitXor(createXor(run))),
  ],
};
printReport({ benchmark: "memory", tables: [training, fits], figures });
