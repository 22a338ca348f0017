import { assert, assertEquals, assertThrows } from "@std/assert";
import { compileModel, layers, type Numerics, sequential, toModule } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const U = 2 ** -24;
const MEANS = [0, 1, 1e3, 1e6, 1.7e9];
const SPREADS = [0, 1e-3, 1, 1e3];
const ROWS = 200;

/** One column for every mean and spread, as float32 holds it. */
const COLUMNS = MEANS.flatMap((mean) => SPREADS.map((spread) => ({ mean, spread })));
const DATA = drawNumbers(ROWS, COLUMNS.length, 4).map((row) =>
  row.map((v, j) => Math.fround(COLUMNS[j].mean + COLUMNS[j].spread * v))
);

/** Mean and deviation of the columns in float64, in two passes. */
const STATISTICS = COLUMNS.map((_, j) => {
  const values = DATA.map((row) => row[j]);
  const mean = values[0] + values.reduce((sum, v) => sum + (v - values[0]), 0) / ROWS;
  return { mean, deviation: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / ROWS) };
});

/** Compares with (x − mean) / max(σ, 1e-7) in float64. */
function compare(found: ArrayLike<ArrayLike<number>>, by: string): void {
  DATA.forEach((row, i) =>
    row.forEach((x, j) => {
      const { mean, deviation } = STATISTICS[j];
      const factor = 1 / Math.max(deviation, 1e-7);
      const want = (x - mean) * factor;
      // The mean is a float32 number; the variance too, and it is rooted, inverted and multiplied with.
      const error = Math.abs(mean - Math.fround(mean)) * factor + 6 * U * Math.abs(want);
      const { mean: m, spread } = COLUMNS[j];
      assert(
        Math.abs(found[i][j] - want) <= error,
        `${by}, mean ${m}, spread ${spread}: ${found[i][j]}, wanted ${want}`,
      );
      if (spread === 0) assertEquals(found[i][j], 0, `${by}, always ${m}`);
    })
  );
}

for (const numerics of ["fast", "portable"] as Numerics[]) {
  Deno.test(`normalization agrees with float64 wherever the data lie (${numerics})`, async () => {
    const layer = layers.normalization({ inputShape: [COLUMNS.length] });
    layer.adapt(DATA);
    const model = sequential([layer], { numerics });
    compare(model.predict(DATA).toArray() as number[][], "model");
    const bytes = compileModel(model);
    for (const engine of ["auto", "javascript"] as const) {
      compare(DATA.map((row) => load(bytes, { engine }).predict(row) as number[]), engine);
    }
    const { predict } = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
    compare(predict(DATA), "module");
  });
}

Deno.test("samples are float32 in a module too: what float32 cannot tell apart is one number", async () => {
  for (const [mean, spread] of [[1.7e9, 1], [2 ** 24, 1], [1e6, 1], [1e5, 0.01]]) {
    const data = drawNumbers(100, 1, 4).map(([v]) => [mean + spread * v]);
    const layer = layers.normalization({ inputShape: [1] });
    layer.adapt(data);
    const model = sequential([layer]);
    const { predict } = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
    const wanted = model.predict(data).toArray() as number[][];
    (predict(data) as number[][]).forEach(([found], i) => {
      const [want] = wanted[i];
      assert(Math.abs(found - want) <= 4 * U * Math.max(1, Math.abs(want)), `mean ${mean}: ${found}, wanted ${want}`);
    });
  }
});

Deno.test("a compiled model with far normalizations before and behind dense predicts as the model does", async () => {
  for (const mean of MEANS) {
    for (const spread of SPREADS) {
      const data = DATA.slice(0, 9).map((row) => [row[1] * spread + mean, mean, row[2]].map(Math.fround));
      const first = layers.normalization({ inputShape: [3] });
      first.adapt(data);
      const middle = layers.normalization();
      const model = sequential([first, layers.dense({ units: 4 }), middle, layers.dense({ units: 2 })], { seed: 2 });
      model.setWeights({ "dense/bias": [mean, -mean, 1, 0] });
      const inside = sequential([first, layers.dense({ units: 4 })], { seed: 2 });
      inside.setWeights(model.getWeights().slice(0, 4));
      middle.adapt(inside.predict(data));
      const want = model.predict(data).toArray() as number[][];
      const bytes = compileModel(model);
      const { predict } = await import(`data:text/javascript,${encodeURIComponent(toModule(model))}`);
      const found = [
        predict(data),
        ...(["auto", "javascript"] as const).map((engine) => load(bytes, { engine }).predict(data)),
      ];
      // Dense rounds to units of its output; σ of a column is 1e-7 at least, and a bias of 1e6 leaves no digits of inputs about 1.
      const deviations = model.weights.find((w) => w.name === "normalization_1/variance")!.value.data;
      const finest = Math.min(...[...deviations].map((v) => Math.max(Math.sqrt(v), 1e-7)));
      const error = Math.max(mean, 4) * 16 * U / finest;
      found.forEach((rows) =>
        want.flat().forEach((v, i) => {
          const w = rows.flat()[i];
          assert(
            Math.abs(w - v) <= error + 1e-5 * Math.abs(v),
            `mean ${mean}, spread ${spread}: ${w}, wanted ${v} ± ${error}`,
          );
        })
      );
    }
  }
});

Deno.test("statistics that float32 cannot hold are refused, and nothing changes", () => {
  const layer = layers.normalization({ inputShape: [2] });
  const model = sequential([layer]);
  const before = model.getWeights();
  assertThrows(() => layer.adapt([[1, 1e25], [2, -1e25]]), RangeError, "mean and variance must be float32 numbers");
  assertEquals(model.getWeights(), before);
  assertThrows(() => layers.normalization({ mean: 0, variance: 1e39 }), RangeError, "must be float32 numbers");
  layer.adapt([[1, 1e18], [2, -1e18]]);
  assertEquals((model.predict([[1, 1e18]]).toArray() as number[][])[0].map(Math.fround), [-1, 1]);
});

Deno.test("a file that was compiled when normalization was x · s + o still runs", () => {
  const file =
    "eAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJyZXRyb3Byb3BfY29tcGlsZWQiOiJ7XCJ2ZXJzaW9uXCI6MSxcIm5hbWVcIjpcIm9sZGVyXCIsXCJpbnB1" +
    "dHNcIjpbe1wibmFtZVwiOlwieFwiLFwic2hhcGVcIjpbMl0sXCJub3JtYWxpemF0aW9uXCI6e1wic2NhbGVcIjpbMC41LDJdLFwib2Zmc2V0XCI6Wy01MCw2" +
    "XX0sXCJhdFwiOjB9XSxcIm91dHB1dHNcIjpbe1wibmFtZVwiOlwieVwiLFwic2hhcGVcIjpbMl0sXCJhdFwiOjE2fV0sXCJhcmVuYUVsZW1lbnRzXCI6MzIs" +
    "XCJjYWxsc1wiOltbXCJzY2FsZV9jb2x1bW5zXCIse1wiYXRcIjoxNn0se1wiYXRcIjowfSx7XCJ3ZWlnaHRcIjpcIm5vcm1hbGl6YXRpb24vY29uc3RhbnRf" +
    "M1wifSx7XCJ3ZWlnaHRcIjpcIm5vcm1hbGl6YXRpb24vY29uc3RhbnRfNFwifSx7XCJyb3dzXCI6MX0sMl1dLFwid2VpZ2h0c1wiOlwiZmxvYXQzMlwifSJ9" +
    "LCJub3JtYWxpemF0aW9uL2NvbnN0YW50XzMiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOlswLDhdfSwibm9ybWFsaXphdGlv" +
    "bi9jb25zdGFudF80Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbOCwxNl19fSAgICAgICAgICAgICAgICAgICAgICAgICAg" +
    "ICAgICAgICAgICAgIAAAAD8AAABAAABIwgAAwEA=";
  const bytes = Uint8Array.from(atob(file), (c) => c.charCodeAt(0));
  for (const engine of ["auto", "javascript"] as const) {
    assertEquals(load(bytes, { engine }).predict([[104, -2.5], [100, -3]]), [[2, 1], [0, 0]]);
  }
});
