import { assert, assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { traceLevel } from "../../src/explain/curvature/field.ts";
import { series } from "../../src/explain/explain.ts";
import { createXor, xorX, xorY } from "./xor.ts";

Deno.test("series puts the lecture's hidden sizes, rates and epochs on one page", async () => {
  const found = await series({ seeds: 3, verbose: 0 });
  assertEquals([found.hidden, found.rates, found.epochs], [[7, 6, 5, 4, 3, 2], [0.1, 4.5, 9, 18, 25], [200, 400]]);
  assertEquals(found.cells.length, 60);
  const page = found.toPage();
  assertEquals(page.match(/<svg/g)!.length, 2 * 60); // curves and a boundary each
  assert(!/<script|http-equiv|src=|<link/.test(page.replaceAll("http://www.w3.org/2000/svg", "")));
  for (const rate of found.rates) assertStringIncludes(page, `rate ${rate}`);
  // A cell is what fit gives with the same seed.
  const model = createXor(7, 4.5, 1);
  const { history } = await model.fit(xorX, xorY, { epochs: 400, batchSize: 4, verbose: 0 });
  assertEquals(found.cellOf(7, 4.5, 400)!.losses[1], history.loss);
  assertEquals(found.cellOf(7, 4.5, 200)!.losses[1], history.loss.slice(0, 200));
  assertEquals(found.cellOf(7, 4.5, 400)!.solved, 1);
  assertEquals(found.cellOf(7, 0.1, 400)!.solved, 0);
  assertEquals(found.cellOf(7, 25, 400)!.solved, 0);
  // The first seed's boundary: 0 at (0, 0), in the lower left.
  const { values, columns, rows, x } = found.cellOf(7, 4.5, 400)!.boundary!;
  assertEquals([x, columns, rows], [[-0.25, 1.25], 24, 24]);
  assert(values[19 * 24 + 4] < 0.5 && values[4 * 24 + 4] > 0.5);
  assertStringIncludes(String(found), "7 hidden");
});

Deno.test("series takes networks and data of one's own, and shows itself in Spanish", async () => {
  const build = (hidden: number, _rate: number, seed: number) => {
    const model = sequential([
      layers.dense({ units: hidden, activation: "relu", inputShape: [3] }),
      layers.dense({ units: 2, activation: "softmax" }),
    ], { seed });
    model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
    return model;
  };
  const x = [[0, 0, 1], [1, 0, 0], [0, 1, 1], [1, 1, 0]];
  const options = { hidden: [4], rates: [0.01], epochs: 3, seeds: [5], language: "es", verbose: 0 } as const;
  const found = await series({ ...options, build, x, y: [0, 1, 1, 0] });
  assertEquals(found.cells.map(({ boundary, losses }) => [boundary, losses.length, losses[0].length]), [[null, 1, 3]]);
  assertAlmostEquals(found.baseline, Math.LN2, 1e-12);
  assertStringIncludes(found.toPage(), '<html lang="es">');
  const json = JSON.parse(JSON.stringify(found));
  assertEquals([json.kind, json.version, json.cells.length], ["series", 1, 1]);
});

Deno.test("series refuses what it cannot use", async () => {
  // deno-lint-ignore no-explicit-any
  const of = (options: any) => () => series({ verbose: 0, ...options });
  await assertRejects(of({ hidden: [] }), TypeError, "hidden must be a list");
  await assertRejects(of({ hidden: [0] }), RangeError, "hidden[0]");
  await assertRejects(of({ rates: ["1"] }), TypeError, "rates[0]");
  await assertRejects(of({ build: 3 }), TypeError, "build must be a function");
  await assertRejects(of({ build: () => null }), TypeError, "must be a model");
  await assertRejects(of({ x: xorX }), TypeError, "both or neither");
  await assertRejects(of({ sizes: [1] }), TypeError, "unknown option");
});

Deno.test("traceLevel follows a line and a circle, and takes saddles apart by their middle", () => {
  const size = 21;
  const field = (f: (x: number, y: number) => number) => ({
    columns: size,
    rows: size,
    values: Array.from({ length: size * size }, (_, i) => f(i % size, Math.floor(i / size))),
  });
  for (const [x, y, u, v] of traceLevel(field((x, y) => x + 2 * y), 20.5)) {
    assertAlmostEquals(x + 2 * y, 20.5, 1e-9);
    assertAlmostEquals(u + 2 * v, 20.5, 1e-9);
  }
  const circle = traceLevel(field((x, y) => Math.hypot(x - 10, y - 10)), 7);
  const length = circle.reduce((sum, [x, y, u, v]) => sum + Math.hypot(u - x, v - y), 0);
  assertAlmostEquals(length, 2 * Math.PI * 7, 0.3);
  const saddle = (middle: number) =>
    traceLevel({ columns: 2, rows: 2, values: [1, 0, 0, middle] }, 0.5).map((piece) =>
      piece.map((each) => +each.toFixed(3))
    );
  assertEquals(saddle(0.9).length, 2);
  // High corners upper left and lower right: joined if the middle is high, apart if it is low.
  assertEquals(saddle(1.4), [[0.5, 0, 1, 0.357], [0.357, 1, 0, 0.5]]);
  assertEquals(saddle(0.6), [[0, 0.5, 0.5, 0], [1, 0.833, 0.833, 1]]);
  assertEquals(traceLevel({ columns: 2, rows: 2, values: [NaN, 0, 1, 1] }, 0.5), []);
});
