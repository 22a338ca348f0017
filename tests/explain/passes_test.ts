import { assert, assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { constraints, layers, optimizers, schedules, sequential } from "../../mod.ts";
import { explain } from "../../src/explain/explain.ts";
import { checkMarkup } from "../drawing/check_markup.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { gradientOptimizers } from "../optimizers/gradient_optimizers.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { createLecture, LECTURE_X, LECTURE_Y } from "./lecture_model.ts";

Deno.test("the passes say one op at a time how the worked example is computed", () => {
  const why = explain(createLecture(), LECTURE_X, LECTURE_Y, { order: "lecture" });
  const forward = [...why.forward()];
  assertEquals(forward.map(({ name }) => name), ["one/z", "one/a", "two/z", "two/a", "%10", "%11", "loss"]);
  const [z, a] = forward;
  assertEquals([z.formula, z.numbers], [
    "z[1][1] = x[1] · w[1][1][1] + x[2] · w[1][1][2] + b[1][1]",
    "= 0.1 · 0.1 + 0.5 · 0.3 + 0.25 = 0.41",
  ]);
  assertEquals([a.formula, a.numbers, a.op, a.layer], ["a[1][1] = σ(z[1][1])", "= σ(0.41) = 0.60109", "map", "one"]);
  z.result.forEach((value, i) => assertAlmostEquals(value, [0.41, 0.47][i], 1e-7));
  const backward = [...why.backward()];
  const of = (name: string) => backward.find((each) => each.name === name)!;
  assertEquals(String(of("one/a")).split("\n"), [
    "backward: ∂E/∂(one/a)",
    "  ∂E/∂a[1][2] = w[2][1][2] · ∂E/∂z[2][1] + w[2][2][2] · ∂E/∂z[2][2]",
    "              = 0.6 · 0.13343 + 0.8 · (−0.029291) = 0.056625",
    "  → 0.046211  0.056625",
  ]);
  assertEquals(of("one/kernel").numbers, "= 0.5 · 0.013402 = 0.0067012");
  assertEquals(of("one/kernel").direction, "backward");
  // From the loss back: a value comes after all that read it.
  const order = backward.map(({ name }) => name);
  assert(order.indexOf("two/z") < order.indexOf("one/a") && order.indexOf("one/z") < order.indexOf("one/kernel"));
  for (const step of [...forward, ...backward]) {
    checkMarkup(step.toHTML());
    assertEquals(JSON.parse(JSON.stringify(step)), step.toJSON());
  }
  assertStringIncludes(
    String([...explain(createLecture(), LECTURE_X, LECTURE_Y, { language: "es" }).backward()][0]),
    "hacia atrás",
  );
});

Deno.test("the backward pass adds up for every layer: what the terms of a value give is its derivative", () => {
  const y = drawNumbers(2, STAGE_OUTPUTS, 2);
  for (const [type, [sample]] of Object.entries(layerSamples)) {
    const staged = stageSample(sample);
    staged.compile({ optimizer: "sgd", loss: "mse" });
    const why = explain(staged, stageInputs(sample, drawNumbers(2, STAGE_WIDTH, 1)), y, { digits: 12, sample: 1 });
    const all = [...why.backward()];
    const scale = all.flatMap(({ result }) => result).reduce((most, each) => Math.max(most, Math.abs(each)), 1e-6);
    for (const step of all) {
      const { numbers, name, result } = step;
      if (numbers === null) continue;
      const [, sum, total] = numbers.split("= ").map((text) => text.trim());
      const js = sum.replaceAll("−", "-").replaceAll("·", "*");
      const largest = result.reduce((most, each) => Math.abs(each) > Math.abs(most) ? each : most, 0);
      assertAlmostEquals(Number(total.replace("−", "-")), largest, 1e-9 * scale, `${type} ${name}`);
      assertAlmostEquals(new Function(`return ${js}`)(), largest, 1e-5 * scale, `${type} ${name}: ${numbers}`);
    }
    for (const step of why.forward()) assert(step.formula.length > 0 && step.result.length > 0);
  }
});

const X = [[0.1, 0.5], [1, -1], [0.3, 0.2]];
const Y = [[0.05, 0.95], [1, 0], [0, 1]];

Deno.test("a step is the optimizer's own: what trainOnBatch does next, to the bit, and the model is as before", () => {
  for (const id of gradientOptimizers) {
    const make = () => {
      const dense = (name: string) =>
        layers.dense({ units: 2, activation: "tanh", name, kernelConstraint: constraints.maxNorm({ maxValue: 0.9 }) });
      const made = sequential(
        [dense("one"), layers.batchNormalization(), layers.dropout({ rate: 0.5 }), dense("two")],
        {
          seed: 1,
        },
      );
      made.build([2]);
      made.compile({ optimizer: id, loss: "mse" });
      return made;
    };
    const [plain, seen] = [make(), make()];
    for (const model of [plain, seen]) for (let i = 0; i < 2; i++) model.trainOnBatch(X, Y);
    const step = explain(seen, X, Y).step();
    assertEquals(seen.iteration, 2);
    plain.trainOnBatch(X, Y);
    const after = new Map(plain.weights.map(({ name, value }) => [name, [...value.data]]));
    for (const weight of step.weights) assertEquals([...weight.new], after.get(weight.name), `${id} ${weight.name}`);
    seen.trainOnBatch(X, Y);
    assertEquals(seen.getWeights().map(({ data }) => [...data]), plain.getWeights().map(({ data }) => [...data]), id);
  }
});

Deno.test("a step shows every gradient first, then all weights replaced together", () => {
  const made = createLecture();
  made.compile({
    optimizer: optimizers.sgd({
      learningRate: schedules.exponentialDecay({ initialLearningRate: 0.5, decaySteps: 1, decayRate: 0.5 }),
    }),
    loss: "half_sum_of_squares",
  });
  const why = explain(made, LECTURE_X, LECTURE_Y, { order: "lecture", language: "es" });
  const step = why.step();
  assertEquals([step.optimizer, step.learningRate], ["sgd", 0.5]);
  const [first] = step.toJSON().weights;
  assertEquals(first.name, "w[1][1][1]");
  assertAlmostEquals(first.update, -0.5 * 0.0011080579599813645, 1e-7);
  assertAlmostEquals(first.new, first.old + first.update, 1e-7);
  const text = String(step);
  assertStringIncludes(text, "tasa de aprendizaje 0.5");
  assertStringIncludes(text, "12 pesos sustituidos a la vez");
  assert(text.indexOf("Primero todos los gradientes") < text.indexOf("w[1][1][1]"));
  checkMarkup(step.toHTML());
  made.trainOnBatch(LECTURE_X, LECTURE_Y);
  assertThrows(() => why.step(), Error, "has changed since the model was explained");
  const wide = sequential([layers.dense({ units: 50, inputShape: [2], name: "wide" })], { seed: 1 });
  wide.compile({ optimizer: "adam", loss: "mse" });
  const { count, weights } = explain(wide, [[1, 2]], [Array.from({ length: 50 }, (_, i) => i)]).step().toJSON();
  assertEquals([count, weights.length], [150, 24]);
});

Deno.test("a step without gradients is refused", () => {
  const made = createLecture();
  made.compile({ optimizer: optimizers.randomSearch(), loss: "mse" });
  assertThrows(() => explain(made, LECTURE_X, LECTURE_Y).step(), TypeError, "optimizer that uses gradients");
});

Deno.test("a step of another optimizer is the first one of a model with it", () => {
  const create = () => {
    const made = sequential([
      layers.dense({ units: 3, activation: "tanh", inputShape: [2], name: "one" }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 2, name: "two" }),
    ], { seed: 5 });
    return made;
  };
  const [made, other] = [create(), create()];
  made.compile({ optimizer: "sgd", loss: "mse" });
  other.compile({ optimizer: optimizers.adam({ learningRate: 0.1 }), loss: "mse" });
  const why = explain(made, X, Y);
  const before = made.toBytes();
  const step = why.step({ optimizer: optimizers.adam({ learningRate: 0.1 }) });
  assertEquals([step.optimizer, step.learningRate], ["adam", 0.1]);
  assertEquals(made.toBytes(), before);
  other.trainOnBatch(X, Y);
  assertEquals(
    step.weights.map((weight) => [weight.name, weight.new]),
    other.weights.map(({ name, value }) => [name, value.data]),
  );
  assertEquals(why.step({ optimizer: "adam" }).learningRate, 0.001);
  assertThrows(() => why.step({ optimiser: "adam" } as never), TypeError, "optimizer");
  assertThrows(() => why.step({ optimizer: "genetic_algorithm" }), TypeError, "optimizer that uses gradients");
});
