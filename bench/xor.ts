/**
 * XOR with a 2-7-1 network: 200 epochs of one batch of 4, sigmoid, binary crossentropy, SGD, silent, warm.
 *
 * Usage: `deno run -A bench/xor.ts`. `fit` is timed on a model that is new each time (its first fit compiles the programs), and on that
 * model again, with the weights that it began with; making and compiling the model is timed on its own. Then one model is trained over and
 * over, in turns with a loop written by hand in JavaScript for the same network.
 *
 * @module
 */
import { createXor } from "./lib/create_xor.ts";
import { fitXor } from "./lib/fit_xor.ts";
import { fitXorByHand } from "./lib/fit_xor_by_hand.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const WARM_MS = 1000, RUNS = 1000;

const made: number[] = [], first: number[] = [], again: number[] = [], warm: number[] = [], byHand: number[] = [];
const initial = Float64Array.from(createXor(0).getWeights().flatMap(({ data }) => [...data]));
for (const end = performance.now() + WARM_MS; performance.now() < end;) {
  await fitXor(createXor(0));
  fitXorByHand(initial.slice());
}
for (let run = 0; run < RUNS; run++) {
  const start = performance.now();
  const model = createXor(run);
  made.push(performance.now() - start);
  const weights = model.getWeights();
  first.push(await fitXor(model));
  model.setWeights(weights);
  again.push(await fitXor(model));
}
const model = createXor(0);
const weights = model.getWeights();
for (let run = 0; run < 2 * RUNS; run++) {
  model.setWeights(weights);
  warm.push(await fitXor(model));
  const own = initial.slice();
  const begin = performance.now();
  fitXorByHand(own);
  byHand.push(performance.now() - begin);
}

const rows = [
  ["fit of a new model", first],
  ["fit of the same model again", again],
  [
    "sequential and compile",
    made,
  ],
  ["fit of one model, over and over", warm],
  ["a loop written by hand", byHand],
] as const;
printReport({
  benchmark: "xor",
  tables: [{
    title: `XOR 2-7-1, 200 epochs (${RUNS} runs)`,
    header: ["what", "median ms", "best ms"],
    rows: rows.map(([what, samples]) => {
      const { median, min } = summarize(samples);
      return [what, formatFigure(median), formatFigure(min)];
    }),
  }],
  figures: {
    "xor fit ms": summarize(first).median,
    "xor fit again ms": summarize(again).median,
    "xor fit warm / by hand": summarize(warm).median / summarize(byHand).median,
  },
});
