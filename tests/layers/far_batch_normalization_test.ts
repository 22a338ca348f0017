import { assert } from "@std/assert";
import { compileModel, layers, type Numerics, type Sequential, sequential, tensor, toModule } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const U = 2 ** -24;
const EPSILON = 1e-3;
const MEANS = [0, 1, 1e3, 1e6, 1.7e9];
const SPREADS = [1e-3, 1, 1e3];
const ROWS = 40;

/** One column for every mean and spread; the statistics are what float32 holds. */
const COLUMNS = MEANS.flatMap((mean) => SPREADS.map((spread) => ({ mean, variance: Math.fround(spread ** 2) })));
const WIDTH = COLUMNS.length;
const DATA = drawNumbers(ROWS, WIDTH, 6).map((row) =>
  row.map((v, j) => Math.fround(COLUMNS[j].mean + Math.sqrt(COLUMNS[j].variance) * v))
);
const [GAMMA, BETA] = drawNumbers(2, WIDTH, 8).map((row) => row.map((v) => Math.fround(1.5 + v)));
const STATISTICS = {
  "bn/gamma": GAMMA,
  "bn/beta": BETA,
  "bn/moving_mean": COLUMNS.map(({ mean }) => mean),
  "bn/moving_variance": COLUMNS.map(({ variance }) => variance),
};

const factorOf = (j: number): number => GAMMA[j] / Math.sqrt(COLUMNS[j].variance + EPSILON);

/** Compares with float64, element by element; `error` says by how much a result may be off. */
function compare(
  found: ArrayLike<ArrayLike<number>>,
  want: readonly (readonly number[])[],
  error: (i: number, j: number) => number,
  by: string,
): void {
  want.forEach((row, i) =>
    row.forEach((w, j) =>
      assert(Math.abs(found[i][j] - w) <= error(i, j), `${by} [${i}, ${j}]: ${found[i][j]}, not ${w}`)
    )
  );
}

/** What all ways to predict give for the rows of DATA. */
async function predictions(model: Sequential): Promise<[by: string, rows: number[][]][]> {
  const bytes = compileModel(model);
  const { predict } = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
  return [
    ["model", model.predict(DATA).toArray()],
    ["edge", load(bytes).predict(DATA) as number[][]],
    ["javascript", load(bytes, { engine: "javascript" }).predict(DATA) as number[][]],
    ["module", predict(DATA)],
  ];
}

for (const numerics of ["fast", "portable"] as Numerics[]) {
  Deno.test(`batch normalization predicts as float64 does wherever the statistics lie, ${numerics}`, async () => {
    const model = sequential([layers.batchNormalization({ name: "bn", inputShape: [WIDTH] })], { numerics });
    model.setWeights(STATISTICS);
    const scaled = DATA.map((row) => row.map((x, j) => (x - COLUMNS[j].mean) * factorOf(j)));
    const want = scaled.map((row) => row.map((v, j) => v + BETA[j]));
    // variance + epsilon, its root and the division are rounded, then the difference and the product; and the sum with beta.
    const error = (i: number, j: number): number => 6 * U * Math.abs(scaled[i][j]) + 2 * U * Math.abs(want[i][j]);
    for (const [by, found] of await predictions(model)) compare(found, want, error, by);
    // evaluate: the squares of what is left of the outputs after the wanted ones are rounding errors.
    model.compile({ optimizer: "sgd", loss: "mse" });
    const y = tensor(want.flat(), [ROWS, WIDTH]);
    const bound = Math.max(...want.flatMap((row, i) => row.map((_, j) => error(i, j)))) ** 2;
    const { loss } = model.evaluate(DATA, y);
    assert(loss <= bound, `evaluate: ${loss}, at most ${bound}`);
    // A frozen layer computes the same in training.
    model.getLayer("bn").trainable = false;
    model.compile({ optimizer: "sgd", loss: "mse" });
    assert(model.trainOnBatch(DATA, y).loss <= bound, "frozen");
  });

  Deno.test(`behind dense, and before it, compiled models agree with float64 as the model does, ${numerics}`, async () => {
    const kernels = drawNumbers(WIDTH, 3, 9).map((row) => row.map(Math.fround));
    for (const place of ["before", "behind"] as const) {
      const bn = layers.batchNormalization({ name: "bn" });
      // Behind, every column of the product is one column of the data, halved: its digits are the data's own.
      const dense = layers.dense({ name: "dense", units: place === "before" ? 3 : WIDTH, useBias: place === "before" });
      const stack = place === "before" ? [bn, dense] : [dense, bn];
      const model = sequential([layers.inputLayer({ shape: [WIDTH] }), ...stack], { numerics });
      const half = DATA[0].map((_, i) => DATA[0].map((_, j) => i === j ? 0.5 : 0));
      const [factor, moved] = place === "before" ? [1, kernels] : [0.5, half];
      model.setWeights({
        ...STATISTICS,
        "bn/moving_mean": COLUMNS.map(({ mean }) => mean * factor),
        "dense/kernel": moved,
      });
      const normal = DATA.map((row) => row.map((x, j) => factor * (x - COLUMNS[j].mean) * factorOf(j)));
      const outputs = normal.map((row) => row.map((v, j) => v + BETA[j]));
      const product = (rows: readonly (readonly number[])[], f: (v: number) => number): number[][] =>
        rows.map((row) => kernels[0].map((_, n) => row.reduce((sum, v, k) => sum + f(v * kernels[k][n]), 0)));
      const [want, magnitude] = place === "before"
        ? [product(outputs, (v) => v), product(outputs, Math.abs)]
        : [outputs, outputs.map((row, i) => row.map((v, j) => Math.abs(v) + Math.abs(normal[i][j])))];
      // What is folded has offsets of 16 at most, to which the terms of a sum are added: digits of 16 · |kernel| in each.
      const folded = (j: number): number =>
        place === "before" ? kernels.reduce((sum, row) => sum + Math.abs(row[j]), 0) : 1;
      const error = (i: number, j: number): number => (WIDTH + 8) * U * (magnitude[i][j] + 2 * 16 * folded(j));
      for (const [by, found] of await predictions(model)) compare(found, want, error, `${place}, ${by}`);
    }
  });
}
