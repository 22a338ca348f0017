import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { camelCase } from "../../src/errors/camel_case.ts";
import { gradientOptimizers } from "../optimizers/gradient_optimizers.ts";
import { constraints, layers, losses, optimizers, plot, regularizers, sequential } from "../../mod.ts";

// deno-lint-ignore no-explicit-any
type Any = any;

const build = () => {
  const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
};

Deno.test("a bare value where options stand: the message says what to write", () => {
  const cases: [call: () => unknown, hint: string][] = [
    ...gradientOptimizers.map((id): [() => unknown, string] => {
      return [() => (optimizers as Any)[camelCase(id)](0.01), "got 0.01; write { learningRate: 0.01 }"];
    }),
    [() => optimizers.cmaEs(16 as Any), "got 16; write { populationSize: 16 }"],
    [() => optimizers.particleSwarm(16 as Any), "got 16; write { populationSize: 16 }"],
    [() => layers.dense(10 as Any), "got 10; write { units: 10 }"],
    [() => layers.dropout(0.5 as Any), "got 0.5; write { rate: 0.5 }"],
    [() => layers.activation("relu" as Any), 'got "relu"; write { activation: "relu" }'],
    [() => regularizers.l2(0.01 as Any), "got 0.01; write { l2: 0.01 }"],
    [() => constraints.maxNorm(2 as Any), "got 2; write { maxValue: 2 }"],
    [() => losses.huber(1 as Any), "got 1; write { delta: 1 }"],
    [() => build().evaluate([[1, 2]], [3], 32 as Any), "got 32; write { batchSize: 32 }"],
    [() => layers.flatten(1 as Any), "options must be an object, got 1"],
  ];
  for (const [call, hint] of cases) assertThrows(call, TypeError, hint);
});

Deno.test("TensorFlow.js's { xs, ys }: the message says to write { x, y }", async () => {
  const batch = { xs: [[1, 2]], ys: [[3]] } as Any;
  const hint = "got { xs, ys }; write { x, y } instead of { xs, ys }";
  await assertRejects(() => build().fit([batch], { verbose: 0 }), TypeError, hint);
  const endless = (function* () {
    for (;;) yield batch;
  })();
  await assertRejects(() => build().fit(endless, { verbose: 0, stepsPerEpoch: 2 }), TypeError, hint);
  const validated = build().fit([[1, 2]], [[3]], { verbose: 0, validationData: batch });
  await assertRejects(() => validated, TypeError, hint);
});

Deno.test("model.add and model.dispose say what to write instead", () => {
  const model = build() as Any;
  assertThrows(() => model.add(layers.dense({ units: 1 })), TypeError, "write sequential([…]) with all of them");
  assertThrows(() => model.dispose(), TypeError, "nothing has to be, the garbage collector takes it");
});

Deno.test("decisionBoundary of a model that has not two inputs says so", () => {
  for (const inputShape of [[1], [3], [2, 2]]) {
    const model = sequential([layers.flatten({ inputShape }), layers.dense({ units: 1 })]);
    const shape = `[batch, ${inputShape.join(", ")}]`;
    assertThrows(
      () => plot.decisionBoundary(model, { x: [0, 1], y: [0, 1] }),
      TypeError,
      `the model must have two inputs, the axes of the picture, got inputs of shape ${shape}`,
    );
  }
  const picture = plot.decisionBoundary(build(), { x: [0, 1], y: [0, 1], width: 10, height: 4 });
  assertEquals(picture.split("\n").length, 6);
});
