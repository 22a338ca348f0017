import { assertEquals, assertThrows } from "@std/assert";
import { callbacks, FileFormatError, layers, losses, optimizers, sequential } from "../../mod.ts";
import type { Sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

const X = drawNumbers(30, 3, 1);
const Y = drawNumbers(30, 1, 2);
const OPTIONS = { batchSize: 8, verbose: 0 } as const;

function build(
  seed = 2,
  optimizer = optimizers.adam({ learningRate: 0.05, useEma: true, gradientAccumulationSteps: 2 }),
): Sequential {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dropout({ rate: 0.3 }),
    layers.dense({ units: 1 }),
  ], { seed });
  model.compile({ optimizer, loss: "mse" });
  return model;
}

/** A file of other weights without a state of training. */
function untrained(): Uint8Array {
  const model = sequential([
    layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
    layers.dropout({ rate: 0.3 }),
    layers.dense({ units: 1 }),
  ], { seed: 2 });
  model.setWeights(build(5).getWeights());
  return model.toBytes();
}

for (const workers of [1, 2]) {
  Deno.test(`restore in a running fit, from a file without training: the fit goes on with the model's weights (${workers} threads)`, async () => {
    const bytes = untrained();
    const anew = build();
    anew.restore(bytes);
    await anew.fit(X, Y, { ...OPTIONS, epochs: 2, workers: 1 });

    const model = build();
    await model.fit(X, Y, {
      ...OPTIONS,
      epochs: 5,
      workers,
      callbacks: [
        {
          onEpochEnd(epoch) {
            if (epoch !== 2) return;
            model.restore(bytes);
            const before = model.predict(X);
            model.evaluate(X, Y); // asks for the trainer
            assertEquals([model.iteration, model.learningRate], [0, 0.05]);
            assertEquals(model.predict(X), before);
          },
        },
      ],
    });
    assertEquals(model.getWeights(), anew.getWeights(), "slots, average, accumulator and counters began anew as well");
  });
}

Deno.test("restore in a running fit, then a callback that sets the rate: the rate is that of the steps", async () => {
  const bytes = untrained();
  const model = build(2, optimizers.sgd({ learningRate: 0.1 }));
  const weights: unknown[] = [];
  await model.fit(X, Y, {
    ...OPTIONS,
    epochs: 3,
    callbacks: [
      { onEpochEnd: (epoch) => void (epoch === 0 && model.restore(bytes)) },
      callbacks.reduceLROnPlateau({ monitor: "loss", patience: 1, factor: 0, minDelta: 1e9 }),
      { onEpochEnd: () => void weights.push(model.getWeights()) },
    ],
  });
  assertEquals(model.learningRate, 0);
  assertEquals(weights[2], weights[1], "a rate of 0 changes nothing");
});

Deno.test("restore outside a fit resets the trainer; a file of another optimizer changes nothing", async () => {
  const model = build();
  await model.fit(X, Y, { ...OPTIONS, epochs: 3 });
  const before = model.toBytes();
  const other = build(2, optimizers.rmsprop());
  await other.fit(X, Y, { ...OPTIONS, epochs: 1 });
  assertThrows(() => model.restore(other.toBytes()), FileFormatError, "is missing");
  assertEquals(model.toBytes(), before);
  model.restore(untrained());
  assertEquals(model.iteration, 0);
  await model.fit(X, Y, { ...OPTIONS, epochs: 2 });
  const anew = build();
  anew.restore(untrained());
  await anew.fit(X, Y, { ...OPTIONS, epochs: 2 });
  assertEquals(model.getWeights(), anew.getWeights());
});

Deno.test("a custom loss keeps nothing from being restored: the state in the file is taken", async () => {
  const make = (): Sequential => {
    const model = build();
    const mse = losses.meanSquaredError();
    model.compile({ optimizer: "adam", loss: { ...mse, id: "custom", call: (g, y, p) => mse.call(g, y, p) } });
    return model;
  };
  const whole = make();
  await whole.fit(X, Y, { ...OPTIONS, epochs: 4 });
  const first = make();
  await first.fit(X, Y, { ...OPTIONS, epochs: 2 });
  const second = make();
  second.restore(first.toBytes());
  await second.fit(X, Y, { ...OPTIONS, epochs: 2 });
  assertEquals(second.getWeights(), whole.getWeights());
});
