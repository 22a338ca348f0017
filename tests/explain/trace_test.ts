import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { layers, model, sequential } from "../../mod.ts";
import { trace, type TraceNode } from "../../src/explain/explain.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";

/** The lecture's network, with its weights. */
function createLecture() {
  const dense = (name: string) => layers.dense({ units: 2, activation: "sigmoid", name });
  const made = sequential([dense("one"), dense("two")], { seed: 1 });
  made.build([2]);
  made.compile({ optimizer: "sgd", loss: "half_sum_of_squares" });
  made.setWeights([[[0.1, 0.2], [0.3, 0.4]], [0.25, 0.25], [[0.5, 0.7], [0.6, 0.8]], [0.35, 0.35]]);
  return made;
}

Deno.test("trace gives the lecture's numbers, in float32 and in float64", () => {
  // The weights are float32 in both: 0.1 is one only to 1.5e-9.
  const tolerance = 1e-7;
  for (const precision of ["float32", "float64"] as const) {
    const { nodes, loss, calls, parameters } = trace(createLecture(), [[0.1, 0.5]], [[0.05, 0.95]], { precision });
    const named = (name: string): TraceNode => nodes.find((node) => node.name === name)!;
    const isNear = (found: ArrayLike<number>, wanted: readonly number[]): void =>
      wanted.forEach((value, i) => assertAlmostEquals(found[i], value, tolerance));
    assertAlmostEquals(loss, 0.24908954146037615, tolerance);
    isNear(named("one/z").value, [0.41, 0.47]);
    isNear(named("one/a").value, [0.6010878788483698, 0.6153837563911821]);
    isNear(named("two/z").value, [1.0197741932588942, 1.2630685203068044]);
    isNear(named("two/a").value, [0.7349286127170142, 0.7795538841677558]);
    isNear(named("two/a").gradient!, [0.684928612717014, -0.170446115832244]);
    isNear(named("two/z").gradient!, [0.133429947792031, -0.029291101232798013]);
    isNear(named("one/z").gradient!, [0.011080579599813645, 0.013402398843400632]);
    isNear(named("one/kernel").gradient!, [
      0.0011080579599813645,
      0.0013402398843400632,
      0.0055402897999068225,
      0.006701199421700316,
    ]);
    assertEquals(calls.map(({ layer, activation }) => [layer, activation]), [["one", "sigmoid"], ["two", "sigmoid"]]);
    assertEquals(parameters.map(({ name }) => name), ["one/kernel", "one/bias", "two/kernel", "two/bias"]);
    assert(named("one/a").formula.startsWith("sigmoid(one/z) = "), named("one/a").formula);
  }
});

Deno.test("trace leaves the model as it is, and its weights' gradients are those of a step, for every layer", () => {
  const y = drawNumbers(5, STAGE_OUTPUTS, 2);
  for (const [type, samples] of Object.entries(layerSamples)) {
    for (const sample of samples) {
      const x = stageInputs(sample, drawNumbers(5, STAGE_WIDTH, 1));
      const staged = stageSample(sample);
      staged.compile({ optimizer: "sgd", loss: "mse" });
      const before = staged.getWeights().map(({ data }) => [...data]);
      const { gradients, loss } = staged.gradients(x, y);
      const traced = trace(staged, x, y, { training: true });
      assertEquals(staged.getWeights().map(({ data }) => [...data]), before);
      assertAlmostEquals(traced.loss, loss, 1e-6 * Math.max(1, Math.abs(loss)), type);
      for (const { name, node } of traced.parameters) {
        if (gradients[name] === undefined) continue;
        const found = traced.nodes.find(({ id }) => id === node)!.gradient;
        const wanted = gradients[name].data;
        const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
        // Nothing is fused where every value is kept: sums are rounded in another order.
        wanted.forEach((value, i) => assertAlmostEquals(found?.[i] ?? 0, value, 1e-5 * scale, `${type} ${name}[${i}]`));
      }
    }
  }
});

Deno.test("trace in float64 agrees with float32 for every layer", () => {
  const y = drawNumbers(3, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const x = stageInputs(sample, drawNumbers(3, STAGE_WIDTH, 1));
    const staged = stageSample(sample);
    staged.compile({ optimizer: "sgd", loss: "mse" });
    const [single, double] = (["float32", "float64"] as const).map((precision) => trace(staged, x, y, { precision }));
    assertEquals(
      single.nodes.map(({ name, shape }) => [name, shape]),
      double.nodes.map(({ name, shape }) => [name, shape]),
    );
    single.nodes.forEach(({ value, name }, at) => {
      const wanted = Float64Array.from(double.nodes[at].value);
      const scale = wanted.reduce((most, each) => Math.max(most, Math.abs(each)), 1);
      value.forEach((each, i) => assertAlmostEquals(each, wanted[i], 1e-4 * scale, `${type} ${name}[${i}]`));
    });
  }
});

Deno.test("trace names the calls of shared layers and of models inside, and several outputs", () => {
  const shared = layers.dense({ units: 2, activation: "tanh", name: "shared" });
  const inner = sequential([layers.dense({ units: 2, inputShape: [2], name: "deep" })], { name: "inner" });
  const stack = sequential([layers.dense({ units: 2, inputShape: [2], name: "first" }), inner]);
  stack.compile({ optimizer: "sgd", loss: "mse" });
  const nested = trace(stack, [[1, 2]], [[0, 0]]);
  assertEquals(nested.calls.map(({ layer }) => layer), ["first", "inner/deep"]);
  const x = stack.inputs[0];
  const twice = model({ inputs: x, outputs: shared.apply(shared.apply(x)) });
  twice.compile({ optimizer: "sgd", loss: "mse" });
  const { calls, nodes } = trace(twice, [[1, 2]], [[0, 0]]);
  assertEquals(calls.map(({ layer, call }) => [layer, call]), [["shared", 0], ["shared", 1]]);
  assert(nodes.some(({ name }) => name === "shared#2/z"));
});

Deno.test("trace says what is wrong with models, options and data", () => {
  const lecture = createLecture();
  // deno-lint-ignore no-explicit-any
  const of = (...args: any[]) => () => trace(...args as Parameters<typeof trace>);
  assertThrows(of({}, [[1, 2]], [[1, 2]]), TypeError, "must be a model");
  assertThrows(of(lecture, [[1, 2]], [[1, 2]], { precision: "float16" }), RangeError, 'must be "float32" or "float64"');
  assertThrows(of(lecture, [[1, 2]], [[1, 2]], { trainig: true }), TypeError, "training");
  assertThrows(of(lecture, [[1, 2, 3]], [[1, 2]]), TypeError, "shape");
  assertThrows(of(sequential([layers.dense({ units: 1, inputShape: [2] })]), [[1, 2]], [[1]]), Error, "compile");
});

Deno.test("trace knows the number of the step, by which dropout draws, in both precisions", async () => {
  const model = sequential([layers.dropout({ rate: 0.5, inputShape: [6] }), layers.dense({ units: 1 })], { seed: 3 });
  model.compile({ optimizer: "sgd", loss: "mse" });
  const [x, y] = [[[1, 2, 3, 4, 5, 6]], [1]];
  await model.fit(x, y, { epochs: 3, verbose: 0 });
  for (const precision of ["float32", "float64"] as const) {
    const { nodes } = trace(model, x, y, { training: true, precision });
    assertEquals(nodes.filter(({ op }) => op === "cell").map(({ value }) => [...value]), [[3]], precision);
  }
});
