import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";
import { dot, lanczos, scaled } from "../../src/explain/curvature/lanczos.ts";
import { LossSurface } from "../../src/explain/curvature/loss_surface.ts";
import { symmetricEigenvalues } from "../../src/explain/curvature/symmetric_eigenvalues.ts";
import { sharpness } from "../../src/explain/explain.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { createXor, xorX, xorY } from "./xor.ts";

type Loss = (w: Float64Array) => number;

/** A network of two sigmoid layers with binary crossentropy, written out: nothing of the library is in it. */
function lossOf(sizes: readonly [number, number], x: readonly (readonly number[])[], y: readonly number[]): Loss {
  const [inputs, hidden] = sizes;
  const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
  return (w) => {
    let total = 0;
    x.forEach((sample, s) => {
      let z = w[inputs * hidden + hidden + hidden]; // kernel, bias, kernel, bias
      for (let j = 0; j < hidden; j++) {
        let sum = w[inputs * hidden + j];
        for (let i = 0; i < inputs; i++) sum += sample[i] * w[i * hidden + j];
        z += sigmoid(sum) * w[inputs * hidden + hidden + j];
      }
      const p = sigmoid(z);
      total -= y[s] * Math.log(p) + (1 - y[s]) * Math.log(1 - p);
    });
    return total / x.length;
  };
}

/** The Hessian by second differences of the loss. */
function differences(loss: Loss, w: Float64Array): Float64Array[] {
  const h = 1e-3;
  const n = w.length;
  const at = (i: number, a: number, j: number, b: number): number => {
    const moved = w.slice();
    moved[i] += a;
    moved[j] += b;
    return loss(moved);
  };
  const second = (i: number, j: number, h: number): number =>
    (at(i, h, j, h) - at(i, h, j, -h) - at(i, -h, j, h) + at(i, -h, j, -h)) / (4 * h * h);
  const rows = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    // Richardson's step: the error of h² goes.
    for (let j = 0; j <= i; j++) rows[i][j] = rows[j][i] = (4 * second(i, j, h) - second(i, j, 2 * h)) / 3;
  }
  return rows;
}

/** How many eigenvalues of a symmetric matrix lie below a number: as many as L·D·Lᵀ of the shifted one has negative pivots (Sylvester). */
function countBelow(rows: readonly Float64Array[], shift: number): number {
  const left = rows.map((row, i) => row.map((each, j) => i === j ? each - shift : each));
  let count = 0;
  for (let k = 0; k < left.length; k++) {
    const pivot = left[k][k];
    if (pivot < 0) count++;
    for (let i = k + 1; i < left.length; i++) {
      const factor = left[i][k] / pivot;
      for (let j = k; j < left.length; j++) left[i][j] -= factor * left[k][j];
    }
  }
  return count;
}

/** Asserts that a matrix has such ends of its spectrum. */
function assertEnds(rows: readonly Float64Array[], largest: number, smallest: number, within: number): void {
  assertEquals(countBelow(rows, largest + within), rows.length);
  assert(countBelow(rows, largest - within) < rows.length);
  assertEquals(countBelow(rows, smallest - within), 0);
  assert(countBelow(rows, smallest + within) > 0);
}

const weightsOf = (model: Sequential): Float64Array =>
  Float64Array.from(model.getWeights().flatMap(({ data }) => [...data]));

Deno.test("sharpness agrees with a Hessian of differences of the loss: XOR and a net of 100 weights", () => {
  // Eight samples: the library's 1/8 is exact in float32.
  const x = drawNumbers(8, 9, 1);
  const y = [0, 1, 1, 0, 1, 0, 0, 1];
  const wide = sequential([
    layers.dense({ units: 9, activation: "sigmoid", inputShape: [9] }),
    layers.dense({ units: 1, activation: "sigmoid" }),
  ], { seed: 3 });
  wide.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  for (
    const [model, loss, data, labels] of [
      [createXor(7, 4.5, 1), lossOf([2, 7], xorX, xorY), xorX, xorY],
      [wide, lossOf([9, 9], x, y), x, y],
    ] as const
  ) {
    const w = weightsOf(model);
    const rows = differences(loss, w);
    const found = sharpness(model, data, labels);
    assertEquals(found.weights, w.length);
    assertAlmostEquals(found.loss, loss(w), 1e-12);
    // Second differences of a loss near 1 with h = 1e-3 are good to about 1e-10.
    assertEnds(rows, found.lambdaMax, found.lambdaMin, 1e-8);
    // All eigenvalues: their sum is the trace, the sum of their squares that of all elements.
    const values = found.eigenvalues!;
    assertAlmostEquals(values.reduce((a, b) => a + b), rows.reduce((sum, row, i) => sum + row[i], 0), 1e-8);
    const squares = rows.reduce((sum, row) => row.reduce((all, each) => all + each * each, sum), 0);
    assertAlmostEquals(values.reduce((sum, each) => sum + each * each, 0), squares, 1e-8);
  }
});

Deno.test("sharpness finds the ends of a larger spectrum by Lanczos as a dense Hessian has them", () => {
  const model = createXor(33, 1, 2);
  const found = sharpness(model, xorX, xorY);
  assertEquals(found.eigenvalues, null);
  assertEquals(found.weights, 133);
  found.residuals.forEach((residual) => assert(residual < 1e-4 * found.lambdaMax, `${residual}`));
  const w = weightsOf(model);
  const within = 1e-5 * found.lambdaMax;
  assertEnds(differences(lossOf([2, 33], xorX, xorY), w), found.lambdaMax, found.lambdaMin, within);
});

Deno.test("the Hessian of every layer is symmetric: u · H·v = v · H·u", () => {
  const y = drawNumbers(3, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const x = stageInputs(sample, drawNumbers(3, STAGE_WIDTH, 1));
    const model = stageSample(sample);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const surface = new LossSurface("test", model, x, y);
    const w = surface.weights;
    const [u, v] = [3, 4].map((seed) => {
      const drawn = Float64Array.from(drawNumbers(1, surface.count, seed)[0]);
      return scaled(drawn, 1 / Math.sqrt(dot(drawn, drawn)));
    });
    const hu = surface.hessianTimes(u, w);
    const size = Math.sqrt(dot(hu, hu));
    // Differences over 2e-5 of gradients good to 1e-16 times their size: about 1e-10.
    assertAlmostEquals(dot(u, surface.hessianTimes(v, w)), dot(v, hu), 1e-7 * Math.max(size, 1e-2), type);
  }
});

Deno.test("symmetricEigenvalues and lanczos find what a matrix was made of", () => {
  const made = [5, 2, 2, 0, -1e-3, -7];
  const n = made.length;
  // Q = I − 2·u·uᵀ is orthogonal.
  const u = [1, 2, 3, 4, 5, 6].map((each) => each / Math.sqrt(91));
  const q = u.map((a, i) => u.map((b, j) => (i === j ? 1 : 0) - 2 * a * b));
  const rows = (): Float64Array[] =>
    q.map((row) => Float64Array.from(q, (other) => made.reduce((sum, each, k) => sum + row[k] * each * other[k], 0)));
  const { values, vectors } = symmetricEigenvalues(rows());
  values.forEach((value, k) => assertAlmostEquals(value, made[k], 1e-13));
  vectors.forEach((v, k) =>
    rows().forEach((row, i) =>
      assertAlmostEquals(row.reduce((sum, a, j) => sum + a * v[j], 0), values[k] * v[i], 1e-12)
    )
  );
  const matrix = rows();
  const times = (v: Float64Array): Float64Array =>
    Float64Array.from(matrix, (row) => row.reduce((sum, a, j) => sum + a * v[j], 0));
  const { largest, smallest } = lanczos(times, n, 60);
  assertAlmostEquals(largest.value, 5, 1e-10);
  assertAlmostEquals(smallest.value, -7, 1e-10);
  assertEquals(symmetricEigenvalues([new Float64Array([NaN])]).values, [NaN]);
  assertEquals(lanczos((v) => v.map(() => 0), 3, 60).largest.value, 0);
});

Deno.test("sharpness says what η·λmax is for which optimizer", () => {
  const of = (optimizer: Parameters<Sequential["compile"]>[0]["optimizer"]) => {
    const model = createXor(2, 1, 1);
    model.compile({ optimizer, loss: "binary_crossentropy" });
    return sharpness(model, xorX, xorY);
  };
  const plain = of(optimizers.sgd({ learningRate: 3 }));
  assertEquals(plain.edge, 2);
  assertAlmostEquals(plain.etaLambdaMax!, 3 * plain.lambdaMax, 1e-15);
  assertAlmostEquals(plain.suggestedRate!, 2 / plain.lambdaMax, 1e-12);
  assertEquals(of(optimizers.sgd({ momentum: 0.5 })).edge, 3);
  assertEquals(of(optimizers.sgd({ momentum: 0.5, nesterov: true })).edge, 1.5);
  assertEquals(of(optimizers.sgd({ momentum: 0.5 })).suggestedRate, null);
  const clipped = of(optimizers.sgd({ clipnorm: 1 }));
  assertEquals([clipped.edge, clipped.etaLambdaMax], [null, null]);
  const adam = of("adam");
  assertEquals([adam.edge, adam.etaLambdaMax, adam.suggestedRate], [null, null, null]);
  assertStringIncludes(String(adam), "adam");
  assertAlmostEquals(adam.lambdaMax, plain.lambdaMax, 1e-12);
});

Deno.test("sharpness shows itself in two languages, leaves the model alone, and refuses what it cannot use", () => {
  const model = createXor(2, 4.5, 1);
  const before = weightsOf(model);
  const found = sharpness(model, xorX, xorY);
  assertEquals(weightsOf(model), before);
  assertStringIncludes(String(found), "λmax of the Hessian is");
  assertStringIncludes(String(sharpness(model, xorX, xorY, { language: "es" })), "autovalores");
  assertStringIncludes(found.toHTML(), "<li>");
  const json = JSON.parse(JSON.stringify(found));
  assertEquals([json.kind, json.version, json.lambdaMax], ["sharpness", 1, found.lambdaMax]);
  // deno-lint-ignore no-explicit-any
  const of = (...args: any[]) => () => sharpness(...args as Parameters<typeof sharpness>);
  assertThrows(of({}, xorX, xorY), TypeError, "must be a model");
  assertThrows(of(model, xorX, xorY, { iteration: 3 }), TypeError, "iterations");
  assertThrows(of(model, xorX, xorY, { iterations: 1 }), RangeError, ">= 2");
  assertThrows(of(model, xorX, [0, 1, 2, 0]), RangeError, "from 0 to 1");
  const frozen = createXor(2, 1, 1);
  for (const layer of frozen.layers) layer.trainable = false;
  frozen.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  assertThrows(of(frozen, xorX, xorY), Error, "must have weights that are trained");
  const broken = createXor(2, 1, 1);
  broken.network.values(broken.network.variables[0])[0] = NaN;
  assertThrows(of(broken, xorX, xorY), RangeError, "must be finite");
});
