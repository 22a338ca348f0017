import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, describeCompiled, layers, sequential } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import golden from "../golden/normalization.json" with { type: "json" };
import { drawNumbers } from "../models/draw_numbers.ts";
import { checkGoldenLayer, type GoldenLayer } from "./golden_layer.ts";

const FACTORIES: Readonly<Record<string, (options: object) => layers.Layer>> = {
  layer_normalization: layers.layerNormalization,
  group_normalization: layers.groupNormalization,
  rms_normalization: layers.rmsNormalization,
  unit_normalization: layers.unitNormalization,
};

for (const numerics of ["fast", "portable"] as const) {
  for (const [i, given] of (golden.cases as GoldenLayer[]).entries()) {
    Deno.test(`${given.type} ${i} ${JSON.stringify(given.options)} agrees with PyTorch, ${numerics}`, () =>
      checkGoldenLayer(given, () => FACTORIES[given.type](given.options), numerics));
  }
}

Deno.test("defaults are Keras's", () => {
  const parts = {
    center: true,
    scale: true,
    betaInitializer: { id: "zeros", config: {} },
    gammaInitializer: { id: "ones", config: {} },
    betaRegularizer: null,
    gammaRegularizer: null,
    betaConstraint: null,
    gammaConstraint: null,
  };
  assertEquals(layers.layerNormalization().config, { name: "", axis: -1, epsilon: 1e-3, ...parts });
  assertEquals(layers.groupNormalization().config, { name: "", groups: 32, axis: -1, epsilon: 1e-3, ...parts });
  assertEquals(layers.rmsNormalization().config, { name: "", axis: -1, epsilon: 1e-6 });
  assertEquals(layers.unitNormalization().config, { name: "", axis: -1 });
});

Deno.test("the weights have Keras's names, order and shapes", () => {
  const weightsOf = (layer: layers.Layer, shape: number[]) => {
    const model = sequential([layer]);
    model.build(shape);
    return model.weights.map(({ name, value }) => [name.split("/")[1], value.shape, value.data[0]]);
  };
  assertEquals(weightsOf(layers.layerNormalization(), [3, 5]), [["gamma", [5], 1], ["beta", [5], 0]]);
  assertEquals(weightsOf(layers.layerNormalization({ axis: [2, 1] }), [3, 5]), [["gamma", [3, 5], 1], [
    "beta",
    [3, 5],
    0,
  ]]);
  assertEquals(weightsOf(layers.layerNormalization({ scale: false }), [5]), [["beta", [5], 0]]);
  assertEquals(weightsOf(layers.groupNormalization({ groups: 2, center: false }), [3, 4]), [["gamma", [4], 1]]);
  assertEquals(weightsOf(layers.rmsNormalization(), [3, 5]), [["scale", [5], 1]]);
  assertEquals(weightsOf(layers.unitNormalization(), [3, 5]), []);
});

Deno.test("options that cannot be are refused, with what was found", () => {
  const refuse = (create: () => unknown, error: ErrorConstructor, message: string): void => {
    assertThrows(create, error, message);
  };
  const built = (layer: layers.Layer, shape: number[]) => () => sequential([layer]).build(shape);
  // deno-lint-ignore no-explicit-any
  const any = (value: unknown): any => value;
  refuse(() => layers.layerNormalization({ rmsScaling: true }), RangeError, "layers.rmsNormalization()");
  refuse(() => layers.layerNormalization({ epsilon: -1 }), RangeError, "epsilon must be a number >= 0, got -1");
  refuse(() => layers.layerNormalization({ axis: any("last") }), TypeError, "axis must be an integer or an array");
  refuse(() => layers.layerNormalization({ axis: [1, 1] }), TypeError, "different integers");
  refuse(() => layers.layerNormalization({ axis: [] }), TypeError, "axis must be");
  refuse(() => layers.layerNormalization(any({ eps: 1 })), TypeError, "eps");
  refuse(() => layers.layerNormalization({ center: any(1) }), TypeError, "center must be true or false, got 1");
  refuse(built(layers.layerNormalization({ axis: 1 }), [3, 5]), TypeError, "axis must name the last axis");
  refuse(built(layers.layerNormalization({ axis: [0, 1] }), [3]), TypeError, "axis must name the last axis");
  refuse(built(layers.layerNormalization({ axis: 4 }), [3]), TypeError, "got 4 for samples of shape [3]");
  refuse(built(layers.rmsNormalization({ axis: [1, 3] }), [3, 5, 2]), TypeError, "got [1, 3]");
  refuse(built(layers.unitNormalization({ axis: 1 }), [3, 5]), TypeError, "axis must name the last axis");
  refuse(built(layers.layerNormalization(), []), TypeError, "axis must name the last axis");
  refuse(() => layers.groupNormalization({ groups: 0 }), RangeError, "groups");
  refuse(() => layers.groupNormalization({ groups: 1.5 }), RangeError, "groups");
  refuse(built(layers.groupNormalization(), [4, 48]), TypeError, "the number of channels, 48, must be a multiple");
  refuse(
    built(layers.groupNormalization({ groups: 2, axis: 1 }), [4, 6]),
    TypeError,
    "axis must be that of the channels",
  );
});

Deno.test("layerNormalization({ rmsScaling: false }) is the default", () => {
  assertEquals(layers.layerNormalization({ rmsScaling: false }).config, layers.layerNormalization().config);
});

Deno.test("unit normalization makes the length 1, for numbers whose squares float32 does not hold too", () => {
  const y = sequential([layers.unitNormalization({ inputShape: [2] })]).predict([[3, 4], [3e30, 4e30], [0, 0]]);
  [0.6, 0.8, 0.6, 0.8, 0, 0].forEach((value, i) => assertAlmostEquals(y.data[i], value, 1e-6));
});

Deno.test("a row without deviation gives beta, and its gradient is finite", () => {
  const model = sequential([layers.layerNormalization({ inputShape: [4], betaInitializer: "ones" })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  assertEquals(model.predict([[7, 7, 7, 7]]).toArray(), [[1, 1, 1, 1]]);
  assertAlmostEquals(model.trainOnBatch([[7, 7, 7, 7]], [[0, 0, 0, 0]]).loss, 1, 1e-6);
  assert(model.getWeights().every(({ data }) => data.every(Number.isFinite)));
});

Deno.test("compiled models with unit normalization run with the small entry, with others on the other one", () => {
  const unit = sequential([layers.dense({ units: 5, inputShape: [3] }), layers.unitNormalization()], { seed: 1 });
  const x = drawNumbers(4, 3, 1);
  const found = load(compileModel(unit)).predictBatch(Float32Array.from(x.flat()));
  unit.predict(x).data.forEach((value, i) => assertAlmostEquals(found[i], value, 1e-6));
  for (const create of [layers.layerNormalization, layers.rmsNormalization]) {
    const model = sequential([layers.dense({ units: 5, inputShape: [3] }), create({ name: "rows" })]);
    assertEquals(describeCompiled(compileModel(model)).runtime, "retroprop/edge/blocks");
    assertThrows(() => load(compileModel(model)), Error, 'got "layer_norm"');
  }
  const grouped = sequential([layers.groupNormalization({ groups: 3, name: "grouped", inputShape: [6] })]);
  assertEquals(describeCompiled(compileModel(grouped)).runtime, "retroprop/edge/blocks");
});
