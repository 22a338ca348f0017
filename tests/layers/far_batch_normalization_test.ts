import { assert } from "@std/assert";
import { compileModel, layers, type Numerics, type Sequential, sequential, tensor, toModule } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { applyOp } from "../ops/apply_op.ts";
import { runOp } from "../ops/run_op.ts";

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

/** What float64 gives for one result of an op. */
function evaluate(
  op: string,
  inputs: Parameters<typeof runOp>[1],
  attributes: Parameters<typeof runOp>[2],
  result: number,
) {
  const graph = new Graph();
  const leaves = inputs.map(({ shape }, i) => graph.input(`x${i}`, shape));
  const node = applyOp(graph, op, leaves, attributes, result);
  return evaluateGraph([node], (leaf) => Float64Array.from(inputs[leaves.indexOf(leaf)].data))[0];
}

Deno.test("the statistics of a batch, what they normalise and the gradients agree with float64 wherever the data lie", () => {
  const x = Float32Array.from(DATA.flat());
  const dy = Float32Array.from(drawNumbers(ROWS, WIDTH, 11).flat());
  const columns = [GAMMA, BETA].map((data) => ({ shape: [WIDTH], data: Float32Array.from(data) }));
  const hats = evaluate("batch_norm", [{ shape: [ROWS, WIDTH], data: x }], { epsilon: EPSILON, inputs: [] }, 0);
  const largest = Array.from(
    { length: WIDTH },
    (_, j) => hats.reduce((m, v, i) => i % WIDTH === j ? Math.max(m, Math.abs(v)) : m, 0),
  );
  // Threads share columns; two blocks of samples; one block.
  for (const shape of [[ROWS, WIDTH], [ROWS / 8, 8, WIDTH], [1, ROWS, WIDTH]]) {
    for (const numerics of ["fast", "portable"] as Numerics[]) {
      const attributes = { epsilon: EPSILON, inputs: ["scale", "offset"] };
      const inputs = [{ shape, data: x }, ...columns];
      const [y, mean, variance, rest] = [0, 1, 2, 3].map((result) =>
        runOp("batch_norm", inputs, attributes, { result, numerics }).y
      );
      const wanted = [0, 1, 2].map((result) => evaluate("batch_norm", inputs, attributes, result));
      // Sums of ROWS differences from a mean of the first rows, and their squares.
      const u = (ROWS + 8) * U;
      for (let j = 0; j < WIDTH; j++) {
        const what = `mean ${COLUMNS[j].mean}, variance ${COLUMNS[j].variance}, shape ${shape}, ${numerics}`;
        const deviation = Math.sqrt(wanted[2][j]);
        const off = mean[j] + rest[j] - wanted[1][j];
        // The rest is a float32 number of at most half a unit of the mean's last place; the wanted mean is a sum in float64.
        const limit = u * deviation * (1 + largest[j]) + (U * U + ROWS * 2 ** -53) * Math.abs(wanted[1][j]);
        assert(Math.abs(off) <= limit, `${what}: the mean is off by ${off}`);
        const bound = 2 * u * (1 + largest[j] ** 2) * wanted[2][j];
        assert(Math.abs(variance[j] - wanted[2][j]) <= bound, `${what}: variance ${variance[j]}, not ${wanted[2][j]}`);
      }
      const gradient = [
        { shape, data: dy },
        inputs[0],
        ...[mean, variance, rest].map((data) => ({ shape: [WIDTH], data })),
        columns[0],
      ];
      const dx = runOp("batch_norm_backward", gradient, { epsilon: EPSILON }, { numerics }).y;
      const wantedDx = evaluate("batch_norm_backward", gradient, { epsilon: EPSILON }, 0);
      wanted[0].forEach((w, i) => {
        const j = i % WIDTH;
        const what = `[${i}] of mean ${COLUMNS[j].mean}, variance ${COLUMNS[j].variance}, shape ${shape}, ${numerics}`;
        const bound = 2 * u * (Math.abs(GAMMA[j]) * (1 + largest[j]) ** 3 + Math.abs(w));
        assert(Math.abs(y[i] - w) <= bound, `y ${what}: ${y[i]}, not ${w} ± ${bound}`);
        const factor = GAMMA[j] / Math.sqrt(wanted[2][j] + EPSILON);
        const error = 2 * u * factor * (1 + largest[j]) ** 2;
        assert(Math.abs(dx[i] - wantedDx[i]) <= error, `dx ${what}: ${dx[i]}, not ${wantedDx[i]} ± ${error}`);
      });
    }
  }
});
