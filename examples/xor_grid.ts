/**
 * The lecture's series of XOR networks: hidden layers of 2 to 7 neurons, five learning rates, 200 and 400 epochs, 20 seeds each. Prints the
 * share of seeds that solve XOR. Needs no permission: `deno run examples/xor_grid.ts`; with `--page=xor.html` and
 * `--allow-write=.` it writes a page of loss curves and decision boundaries; `--help` lists the flags.
 *
 * @module
 */
import { gridSearch, layers, optimizers, type Sequential, sequential } from "retroprop";
import { describeFlags, readFlags } from "./flags/read_flags.ts";
import { type GridCell, writeXorPage } from "./xor_grid/write_xor_page.ts";

const COMMAND = {
  usage:
    "Trains XOR with many settings and shows how often it is solved.\n\n  deno run examples/xor_grid.ts [flags]\n  deno run --allow-write=. examples/xor_grid.ts --page=xor.html",
  flags: {
    seeds: { default: 20, min: 1, isInteger: true, help: "how often each network is trained" },
    seed: { default: 0, min: 0, isInteger: true, help: "the first seed" },
    page: { default: "", help: "where to write the page" },
    quiet: { default: false, help: "print only the best setting" },
  },
} as const;

const HIDDEN = [2, 3, 4, 5, 6, 7];
const RATES = [0.1, 4.5, 9, 18, 25];
const EPOCHS = [200, 400];

/** The four samples. */
const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
const y = [0, 1, 1, 0];

/** A 2-n-1 network. */
function build(hidden: number, learningRate: number, seed: number): Sequential {
  const model = sequential([
    layers.dense({ units: hidden, activation: "sigmoid", inputShape: [2] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed });
  model.compile({ optimizer: optimizers.sgd({ learningRate }), loss: "binary_crossentropy", metrics: ["accuracy"] });
  return model;
}

/** Runs the program. `print` gets what it says. */
export async function main(args: readonly string[], print: (text: string) => void = console.log): Promise<void> {
  const options = readFlags(args, COMMAND);
  if (options === null) return print(describeFlags(COMMAND));
  const { seeds, seed, page, quiet } = options;
  const started = performance.now();
  const { trials } = await gridSearch({
    space: { epochs: EPOCHS, learningRate: RATES, hidden: HIDDEN },
    build: ({ hidden, learningRate }, context) => build(hidden, learningRate, context.seed),
    x,
    y,
    epochs: ({ epochs }) => epochs,
    batchSize: 4,
    validation: { x, y }, // all there is: solved means that the trained network has all four right
    monitor: "val_accuracy",
    repeats: seeds,
    seed,
    verbose: 0,
  });
  const seconds = (performance.now() - started) / 1000;
  const cells = trials.map(({ params, runs }): GridCell => ({
    ...params,
    solved: runs.filter(({ score }) => score === 1).length / seeds,
    losses: runs.map(({ history }) => history.loss),
  }));
  if (!quiet) {
    for (const epochs of EPOCHS) print(`${formatTable(cells.filter((cell) => cell.epochs === epochs), epochs)}\n`);
    print(`${trials.length * seeds} networks in ${seconds.toFixed(1)} s`);
  }
  const best = cells.reduce((a, b) => b.solved > a.solved ? b : a);
  const share = (100 * best.solved).toFixed(0);
  print(`best: ${share} % of ${seeds} seeds with 2-${best.hidden}-1, rate ${best.learningRate}, ${best.epochs} epochs`);
  if (page === "") return;
  const predict = async ({ hidden, learningRate, epochs }: GridCell): Promise<(points: number[][]) => Float32Array> => {
    const model = build(hidden, learningRate, seed);
    await model.fit(x, y, { epochs, batchSize: 4, verbose: 0 });
    return (points) => model.predict(points).data;
  };
  await Deno.writeTextFile(page, await writeXorPage(cells, predict));
  print(`wrote ${page}`);
}

/** Rates to the right, hidden neurons down, in each cell the share of seeds in percent. */
function formatTable(cells: readonly GridCell[], epochs: number): string {
  const lines = HIDDEN.map((hidden) => {
    const shares = RATES.map((rate) => {
      const cell = cells.find((each) => each.hidden === hidden && each.learningRate === rate)!;
      return `${(100 * cell.solved).toFixed(0)} %`.padStart(8);
    });
    return `${`2-${hidden}-1`.padEnd(8)}${shares.join("")}`;
  });
  const head = `${"rate".padEnd(8)}${RATES.map((rate) => String(rate).padStart(8)).join("")}`;
  return [`seeds that solve XOR after ${epochs} epochs`, "", head, ...lines].join("\n");
}

if (import.meta.main) {
  try {
    await main(Deno.args);
  } catch (error) {
    console.error(`xor_grid.ts: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
