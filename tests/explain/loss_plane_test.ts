import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import { placeOn, principalPlane, project, randomPlane } from "../../src/explain/curvature/plane_directions.ts";
import { readWeights } from "../../src/explain/curvature/read_weights.ts";
import { lossPlane, recordPath, sharpness, type TrainingPath } from "../../src/explain/explain.ts";
import { createXor, xorX, xorY } from "./xor.ts";

/** One training of XOR's 2-2-1 network with seed 1. */
async function run(label: string, optimizer: ReturnType<typeof optimizers.sgd>) {
  const model = createXor(2, 1, 1);
  model.compile({ optimizer, loss: "binary_crossentropy" });
  const path = recordPath({ label });
  const { history } = await model.fit(xorX, xorY, { epochs: 60, batchSize: 4, verbose: 0, callbacks: path });
  return { model, path, history };
}

Deno.test("recordPath keeps the weights before and after epochs, and changes no bit", async () => {
  const { model, path } = await run("sgd", optimizers.sgd({ learningRate: 4.5 }));
  assertEquals(path.epochs, Array.from({ length: 61 }, (_, i) => i));
  assertEquals(path.points[0], Float32Array.from(readWeights(createXor(2, 1, 1))));
  assertEquals(path.points[60], Float32Array.from(readWeights(model)));
  const plain = createXor(2, 4.5, 1);
  await plain.fit(xorX, xorY, { epochs: 60, batchSize: 4, verbose: 0 });
  assertEquals(Float32Array.from(readWeights(plain)), path.points[60]);
  const sparse = recordPath({ every: 25 });
  await plain.fit(xorX, xorY, { epochs: 60, batchSize: 4, verbose: 0, callbacks: sparse });
  assertEquals(sparse.epochs, [0, 25, 50, 60]);
  assertThrows(() => recordPath({ every: 0 }), RangeError, "every must be an integer >= 1");
});

Deno.test("lossPlane puts optimizers on one plane, with the true loss of every point, and leaves the model alone", async () => {
  const sgd = await run("sgd <b>", optimizers.sgd({ learningRate: 4.5 }));
  const momentum = await run("momentum\u001b[2J", optimizers.sgd({ learningRate: 1, momentum: 0.9 }));
  const before = readWeights(sgd.model);
  const paths = [sgd.path, momentum.path];
  const found = await lossPlane(sgd.model, xorX, xorY, { through: paths, resolution: 11, verbose: 0 });
  assertEquals(readWeights(sgd.model), before);
  assertEquals([found.plane, found.values.length], ["principal components", 121]);
  const [a, b] = found.axes;
  assert(a.explained! >= b.explained! && a.explained! + b.explained! > 0.7 && a.explained! + b.explained! <= 1);
  // The loss after n epochs is what the history has for epoch n: it is that before the step.
  found.paths[0].points.forEach(({ epoch, loss, at: [x, y] }) => {
    if (epoch < 60) assertAlmostEquals(loss, sgd.history.loss[epoch], 1e-6);
    assert(x >= a.low && x <= a.high && y >= b.low && y <= b.high);
  });
  assert(found.paths[1].points.some(({ distance, loss, planeLoss }) => distance > 0.1 && loss !== planeLoss));
  const html = found.toHTML();
  assert(!html.includes("<b>") && !html.includes("\u001b") && !/<script/.test(html));
  assert(!String(found).includes("\u001b"));
  assertStringIncludes(String(found), "a: sgd <b>");
  const json = JSON.parse(JSON.stringify(found));
  assertEquals([json.kind, json.version, json.paths.length], ["loss plane", 1, 2]);
});

Deno.test("lossPlane of two weights is the loss itself, and no point lies beside it", async () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [1] })], { seed: 2 });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.05 }), loss: "mse" });
  const [x, y] = [[[1], [2], [3]], [1, 3, 2]];
  const path = recordPath();
  await model.fit(x, y, { epochs: 30, batchSize: 3, verbose: 0, callbacks: path });
  const found = await lossPlane(model, x, y, { through: path, resolution: 9, language: "es", verbose: 0 });
  assertAlmostEquals(found.axes[0].explained! + found.axes[1].explained!, 1, 1e-9);
  for (const { distance, loss, planeLoss } of found.paths[0].points) {
    assertAlmostEquals(distance, 0, 1e-6);
    assertAlmostEquals(planeLoss, loss, 1e-5);
  }
  const plane = principalPlane(path.points);
  found.values.forEach((value, i) => {
    const share = (n: number) => (n + 0.5) / 9;
    const at = [share(i % 9), 1 - share(Math.floor(i / 9))].map((s, k) =>
      found.axes[k].low + s * (found.axes[k].high - found.axes[k].low)
    );
    const [w, bias] = placeOn(plane, at[0], at[1]);
    const loss = x.reduce((sum, [each], k) => sum + (w * each + bias - y[k]) ** 2, 0) / 3;
    assertAlmostEquals(value, loss, 1e-5 * (1 + loss));
  });
  assertStringIncludes(String(found), "coste");
});

Deno.test("lossPlane curves as the Hessian's eigenvalues say, in the directions of its vectors", async () => {
  const model = createXor(3, 1, 4);
  const found = await lossPlane(model, xorX, xorY, { through: "hessian", resolution: 5, reach: 0.25, verbose: 0 });
  const { lambdaMax, lambdaMin } = sharpness(model, xorX, xorY);
  assertAlmostEquals(found.axes[0].eigenvalue!, lambdaMax, 1e-12);
  assertAlmostEquals(found.axes[1].eigenvalue!, lambdaMin, 1e-12);
  // The middle of 5 × 5 cells is the model; its neighbours are 0.1 away.
  const [middle, h] = [12, 0.1];
  assertAlmostEquals(found.values[middle], found.loss, 1e-6);
  const second = (step: number): number =>
    (found.values[middle + step] - 2 * found.values[middle] + found.values[middle - step]) / h ** 2;
  // Float32 losses are good to 6e-8, and fourth derivatives count h²/12.
  assertAlmostEquals(second(1), lambdaMax, 5e-3);
  assertAlmostEquals(second(5), lambdaMin, 5e-3);
});

Deno.test("random planes have directions whose units are as long as the model's", () => {
  const model = createXor(3, 1, 4);
  const center = readWeights(model).map((each) => each + 0.1);
  const { directions: [u, v] } = randomPlane(model, center, 7);
  for (const direction of [u, v]) {
    // kernel [2, 3], bias [3], kernel [3, 1], bias [1]
    for (let unit = 0; unit < 3; unit++) {
      const [own, drawn] = [center, direction].map((all) => Math.hypot(all[unit], all[3 + unit]));
      assertAlmostEquals(drawn, own, 1e-12);
    }
    assertEquals([...direction.slice(6, 9), direction[12]], [0, 0, 0, 0]);
    assertAlmostEquals(Math.hypot(...direction.slice(9, 12)), Math.hypot(...center.slice(9, 12)), 1e-12);
  }
  assert(u.some((each, i) => each !== v[i]));
  assertEquals(randomPlane(model, center, 7).directions[0], u);
  const plane = { center, directions: [u, v] as const };
  const [a, b, distance] = project(plane, placeOn(plane, 0.3, -0.7));
  assertAlmostEquals(a, 0.3, 1e-12);
  assertAlmostEquals(b, -0.7, 1e-12);
  assertAlmostEquals(distance, 0, 1e-12);
});

Deno.test("lossPlane refuses what it cannot use", async () => {
  const { model, path } = await run("sgd", optimizers.sgd({ learningRate: 1 }));
  // deno-lint-ignore no-explicit-any
  const of = (options: any, on: any = model) => () => lossPlane(on, xorX, xorY, { verbose: 0, ...options });
  await assertRejects(of({}, {}), TypeError, "must be a model");
  await assertRejects(of({ through: "pca" }), TypeError, 'must be "random", "hessian" or what recordPath() gives');
  await assertRejects(of({ through: [] }), TypeError, "at least one path");
  await assertRejects(of({ through: recordPath() }), RangeError, "must have points");
  await assertRejects(of({ through: path }, createXor(3, 1, 1)), RangeError, "must be of this model");
  await assertRejects(of({ resolution: 4 }), RangeError, "from 5 to 201");
  await assertRejects(of({ reach: 0 }), RangeError, "> 0");
  const still = { label: "still", epochs: [0, 1], points: [path.points[0], path.points[0]] } as unknown as TrainingPath;
  await assertRejects(of({ through: still }), RangeError, "points that differ");
});
