import { assert, assertEquals } from "@std/assert";
import { checkGradients, type GradientReport, layers, losses, regularizers, sequential } from "../../mod.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { lossTable } from "../../src/losses/gen/table.ts";
import { measureSlope } from "../../src/models/measure_slope.ts";
import { map as mapOp } from "../../src/ops/map.ts";
import { ops } from "../../src/ops/table.ts";
import { drawNumbers } from "./draw_numbers.ts";

// The program's gradient is float32: right to about 1e-7 of the largest one, which is up to 1e-3 of an element 1e-4 as large, the floor of
// `relativeError`. Finite differences add 1e-10. Measured: 1.8e-4 at worst over all cases below.
const TOLERANCE = 1e-3;

type Layers = Parameters<typeof sequential>[0];

function check(
  stack: Layers,
  loss: string | ReturnType<typeof losses.huber>,
  y: number[][] | number[],
  seed = 3,
): GradientReport {
  const model = sequential(stack, { seed });
  model.compile({ optimizer: "sgd", loss });
  return checkGradients(model, drawNumbers(6, 4, 1), y, { verbose: false });
}

function assertClose(report: GradientReport, what: string): void {
  assert(report.checked > 0, what);
  assert(report.worst.relativeError <= TOLERANCE, `${what}\n${report.text}`);
}

const NUMBERS = drawNumbers(6, 3, 2);
const POSITIVE = NUMBERS.map((row) => row.map((v) => Math.abs(v) + 0.1));
const BINARY = NUMBERS.map((row) => row.map((v) => v > 0 ? 1 : 0));
const ONE_HOT = [0, 1, 2, 2, 1, 0].map((c) => [0, 1, 2].map((j) => j === c ? 1 : 0));

/** Options of activations that have no defaults. */
const OPTIONS: Record<string, Record<string, number>> = { threshold: { threshold: -0.2, defaultValue: 0.5 } };

for (const id of Object.keys(activationTable).filter((id) => id !== "step" && id !== "sign")) {
  Deno.test(`gradients through the activation ${id}`, () => {
    const stack = [
      layers.dense({
        units: 5,
        activation: { id, config: OPTIONS[id] ?? {} },
        inputShape: [4],
        biasInitializer: "random_normal",
      }),
      layers.dense({ units: 3 }),
    ];
    for (const loss of ["mse", "log_cosh"]) assertClose(check(stack.map(fresh), loss, NUMBERS), `${id}, ${loss}`);
  });
}

/** A new layer with the options of another, since a layer belongs to one model. */
function fresh(layer: Layers[number]): Layers[number] {
  const { name: _, ...config } = (layer as layers.Layer).config;
  return layers.dense(config as unknown as Parameters<typeof layers.dense>[0]);
}

const LABELS: Record<string, number[][] | number[]> = {
  same: NUMBERS,
  non_negative: POSITIVE,
  binary: BINARY,
  hinge: BINARY,
  distribution: ONE_HOT,
  class_index: [0, 1, 2, 2, 1, 0],
};

for (const [id, row] of Object.entries(lossTable)) {
  Deno.test(`gradients of the loss ${id} after every kind of output`, () => {
    for (const activation of ["sigmoid", "softmax", "softplus"]) {
      const loss = row.create();
      const stack = [
        layers.dense({ units: 5, activation: "tanh", inputShape: [4] }),
        layers.dense({ units: 3, activation }),
      ];
      assertClose(check(stack, id, LABELS[loss.target]), `${id} after ${activation}`);
    }
  });
}

Deno.test("gradients of crossentropies from logits, with label smoothing, and of focal losses", () => {
  const out = () => [layers.dense({ units: 5, activation: "tanh", inputShape: [4] }), layers.dense({ units: 3 })];
  assertClose(check(out(), losses.binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.1 }), BINARY), "binary");
  assertClose(
    check(out(), losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.2 }), ONE_HOT),
    "categorical",
  );
  assertClose(check(out(), losses.sparseCategoricalCrossentropy({ fromLogits: true }), [0, 1, 2, 2, 1, 0]), "sparse");
  assertClose(
    check(out(), losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: 2 }), [0, 1, 2, 2, 1, 0]),
    "sparse with an ignored class",
  );
  assertClose(check(out(), losses.binaryFocalCrossentropy({ fromLogits: true, gamma: 2 }), BINARY), "focal");
});

const STACKS: Record<string, () => Layers> = {
  "dense without bias": () => [layers.dense({ units: 3, useBias: false, inputShape: [4] })],
  "activation": () => [layers.dense({ units: 3, inputShape: [4] }), layers.activation({ activation: "mish" })],
  "dropout": () => [
    layers.dense({ units: 8, activation: "tanh", inputShape: [4] }),
    layers.dropout({ rate: 0.4 }),
    layers.dense({ units: 3 }),
  ],
  "dropout with shared masks, and noise": () => [
    layers.dense({ units: 12, activation: "tanh", inputShape: [4], biasInitializer: "random_normal" }),
    layers.gaussianNoise({ stddev: 0.1 }),
    layers.dropout({ rate: 0.2, noiseShape: [1, null] }),
    layers.reshape({ targetShape: [2, 2, 3] }),
    layers.spatialDropout2d({ rate: 0.2 }),
    layers.dense({ units: 4, activation: "tanh" }),
    layers.reshape({ targetShape: [4, 4] }),
    layers.spatialDropout1d({ rate: 0.2 }),
    layers.flatten(),
    layers.gaussianDropout({ rate: 0.2 }),
    layers.alphaDropout({ rate: 0.2 }),
    layers.dense({ units: 3 }),
  ],
  "reshape, dense on rank 3 and flatten": () => [
    layers.reshape({ targetShape: [2, -1], inputShape: [4] }),
    layers.dense({ units: 5, activation: "silu" }),
    layers.flatten(),
    layers.dense({ units: 3 }),
  ],
  "normalization and rescaling": () => [
    layers.normalization({ mean: [0.1, 0.2, 0.3, 0.4], variance: [1, 2, 0.5, 0.25], inputShape: [4] }),
    layers.dense({ units: 4, activation: "tanh" }),
    layers.rescaling({ scale: -0.5, offset: 2 }),
    layers.normalization({ mean: 1, variance: 4, invert: true }),
    layers.dense({ units: 3 }),
  ],
  "prelu": () => [
    layers.dense({ units: 6, inputShape: [4] }),
    layers.prelu({ alphaInitializer: { id: "constant", config: { value: 0.3 } } }),
    layers.dense({ units: 3 }),
  ],
  "layer, group, rms and unit normalization": () => [
    layers.dense({ units: 12, inputShape: [4], biasInitializer: "random_normal" }),
    layers.reshape({ targetShape: [2, 6] }),
    layers.groupNormalization({ groups: 3, gammaInitializer: "random_uniform" }),
    layers.layerNormalization({ axis: [1, 2], gammaInitializer: "random_normal" }),
    layers.layerNormalization(),
    layers.flatten(),
    layers.rmsNormalization(),
    layers.dense({ units: 5, biasInitializer: "random_normal" }),
    layers.unitNormalization(),
    layers.dense({ units: 3 }),
  ],
  "relu, leaky relu, elu, softmax": () => [
    layers.inputLayer({ shape: [4] }),
    layers.dense({ units: 6 }),
    layers.reLU({ negativeSlope: 0.1 }),
    layers.dense({ units: 6 }),
    layers.leakyReLU(),
    layers.dense({ units: 6 }),
    layers.elu({ alpha: 0.7 }),
    layers.dense({ units: 3 }),
    layers.softmax(),
  ],
  "regularizers": () => [
    layers.dense({
      units: 5,
      inputShape: [4],
      activation: "tanh",
      kernelRegularizer: regularizers.l1L2({ l1: 0.02, l2: 0.05 }),
      biasRegularizer: "l2",
      biasInitializer: "random_normal",
    }),
    layers.dense({ units: 3, kernelRegularizer: regularizers.orthogonalRegularizer({ factor: 0.1 }) }),
  ],
};

for (const [what, stack] of Object.entries(STACKS)) {
  Deno.test(`gradients of layers: ${what}`, () => {
    for (const loss of ["mse", "huber"]) assertClose(check(stack(), loss, NUMBERS), `${what}, ${loss}`);
  });
}

Deno.test("the slope of curves, of kinks at the point, and of kinks beside it", () => {
  const close = (value: number, wanted: number): void =>
    assert(Math.abs(value - wanted) <= 1e-6 * Math.max(1, Math.abs(wanted)), `${value} instead of ${wanted}`);
  const relu = (x: number): number => Math.max(0, x);
  const curves: [(x: number) => number, number, number][] = [
    [(x) => x * x, 0, 0],
    [(x) => x * x, 3, 6],
    [(x) => 1e6 * x * x + 1, 0, 0],
    [(x) => Math.sin(100 * x), 0.3, 100 * Math.cos(30)],
    [(x) => 5 + 0 * x, 1, 0],
    [(x) => relu(x - 5e-6), 0, 0], // the kink is within the first step
    [(x) => relu(x + 5e-6), 0, 1],
    [(x) => 3 * Math.abs(x - 2e-6), 0, -3],
  ];
  for (const [f, x, wanted] of curves) {
    const { slope, kink } = measureSlope(f, x, wanted);
    assertEquals(kink, null, `${f}`);
    close(slope, wanted);
  }
  for (const [expected, slope] of [[0, 0], [1, 1], [0.4, 0.4], [-2, 0], [7, 1]]) {
    const measured = measureSlope(relu, 0, expected);
    close(measured.slope, slope);
    close(measured.kink![0], 0);
    close(measured.kink![1], 1);
  }
  close(measureSlope((x) => 2 * Math.abs(x - 1) + x * x, 1, 2).kink![0], 0);
});

Deno.test("checkGradients recognises kinks, and does not call them errors", () => {
  // The first sample is 0 and so are the biases: relu is at its kink for every unit.
  const x = [[0, 0, 0, 0], ...drawNumbers(5, 4, 1)];
  const build = (units = 5) => {
    const model = sequential([
      layers.dense({ units, activation: "relu", inputShape: [4] }),
      layers.dense({ units: 3 }),
    ], { seed: 3 });
    model.compile({ optimizer: "sgd", loss: "mse" });
    return model;
  };
  const report = checkGradients(build(), x, NUMBERS, { verbose: false });
  assertClose(report, "relu at 0");
  assertEquals(report.kinks, 5);
  // The only unit's bias: on one side of the kink the first sample counts, on the other it does not, as in the program.
  const one = checkGradients(build(1), x, NUMBERS, { verbose: false });
  const { kink, program } = one.weights.find(({ name }) => name === "dense/bias")!;
  assert(kink !== null && kink[0] !== kink[1] && Math.abs(program - kink[0]) < 1e-5, one.text);
  const words = "5 of 43 elements lie at a kink of the loss, such as relu at 0: the slopes below and above differ";
  assert(report.text.includes(words), report.text);
  const smooth = check([layers.dense({ units: 3, activation: "tanh", inputShape: [4] })], "mse", NUMBERS);
  assertEquals([smooth.kinks, smooth.text.includes("kink")], [0, false]);

  // An absolute error of 0 is at its kink, too.
  const model = sequential([layers.dense({ units: 3, inputShape: [4], kernelInitializer: "zeros" })]);
  model.compile({ optimizer: "sgd", loss: "mean_absolute_error" });
  const atZero = checkGradients(model, x, NUMBERS.map(() => [0, 0, 0]), { verbose: false });
  assertClose(atZero, "an absolute error of 0");
  assertEquals(atZero.kinks, atZero.checked);

  const right = mapOp.differentiate;
  try {
    ops.map.differentiate = (g, node, dy) => {
      if (node.attributes.formula !== "relu") return right(g, node, dy);
      return [g.apply("map", [dy], { formula: "affine", scalars: { scale: 10, offset: 0 } })];
    };
    const wrong = checkGradients(build(), x, NUMBERS, { verbose: false });
    assert(wrong.weights.find(({ name }) => name === "dense/bias")!.relativeError > 0.5, wrong.text);
  } finally {
    ops.map.differentiate = right;
  }
});

Deno.test("checkGradients finds a wrong derivative and says where", () => {
  const right = mapOp.differentiate;
  const stack = () => [layers.dense({ units: 5, activation: "tanh", inputShape: [4] }), layers.dense({ units: 3 })];
  try {
    // tanh' = 1 − y² with the square forgotten: 1 − y.
    ops.map.differentiate = (g, node, dy) => {
      if (node.attributes.formula !== "tanh") return right(g, node, dy);
      const wrong = g.apply("map", [node], { formula: "affine", scalars: { scale: -1, offset: 1 } });
      return [g.apply("map", [dy, wrong], { formula: "mul", scalars: {} })];
    };
    const report = check(stack(), "mse", NUMBERS);
    assert(report.worst.relativeError > 0.05, report.text);
    assert(report.worst.name.startsWith("dense/"), report.text);
    assert(report.text.includes("worst: dense/"), report.text);
    const second = report.weights.find((w) => w.name === "dense_1/kernel")!;
    assert(second.relativeError < TOLERANCE, "the layer after the wrong derivative is right");
  } finally {
    ops.map.differentiate = right;
  }
  assertClose(check(stack(), "mse", NUMBERS), "after mending it");
});
