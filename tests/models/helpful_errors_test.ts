import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { activations, layers, losses, metrics, optimizers, sequential } from "../../mod.ts";
import type { CompileOptions, Sequential } from "../../mod.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [0, 1, 1, 0];

function build(): Sequential {
  const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })], { seed: 1 });
  model.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  return model;
}

Deno.test("a factory that was not called is named as such", () => {
  const compile = (options: object): void => build().compile({ loss: "mse", ...options } as CompileOptions);
  const hint = "got a function; call it, as in ";
  assertThrows(() => compile({ optimizer: optimizers.adam }), TypeError, `${hint}optimizers.adam()`);
  assertThrows(() => compile({ loss: losses.huber }), TypeError, `${hint}losses.huber()`);
  assertThrows(() => compile({ metrics: [metrics.auc] }), TypeError, `${hint}metrics.precision()`);
  const dense = (options: object): unknown => layers.dense({ units: 1, ...options });
  assertThrows(() => dense({ activation: activations.relu }), TypeError, `${hint}activations.relu()`);
  for (const [kind, call] of [["Initializer", "heNormal"], ["Regularizer", "l2"], ["Constraint", "maxNorm"]]) {
    const message = `${hint}${kind.toLowerCase()}s.${call}()`;
    assertThrows(() => dense({ [`kernel${kind}`]: () => {} }), TypeError, message);
  }
});

Deno.test("names that are not near are guessed from their abbreviation or first word", () => {
  const adam = optimizers.adam as (options: object) => unknown;
  assertThrows(() => adam({ lr: 0.1 }), TypeError, 'unknown option "lr"; did you mean "learningRate"?');
  const dense = layers.dense as (options: object) => unknown;
  assertThrows(() => dense({ units: 1, inputDim: 2 }), TypeError, 'did you mean "inputShape"?');
});

Deno.test("one metric without brackets", () => {
  const metrics = "accuracy" as unknown as string[];
  assertThrows(() => build().compile({ loss: "mse", metrics }), TypeError, 'got "accuracy"; write ["accuracy"]');
});

Deno.test("samples of a shape that is nearly right", async () => {
  const model = build();
  assertThrows(() => model.predict([0, 1]), TypeError, "must have shape [batch, 2], got [2]; for one sample write [x]");
  const flat = new Float32Array(X.flat());
  assertThrows(() => model.predict(flat), TypeError, "got [8]; give a typed array its shape: tensor(x, [4, 2])");
  await assertRejects(() => model.fit(X, Y.slice(1)), TypeError, "x and y must have as many samples, got 4 and 3");
});

Deno.test("a typed array may carry its shape, beside it or as a property", () => {
  const model = build();
  const expected = model.predict(X).toArray();
  for (const type of [Float32Array, Float64Array, Uint8Array]) {
    const data = type.from(X.flat());
    assertEquals(model.predict({ data, shape: [4, 2] }).toArray(), expected);
    assertEquals(model.predict(Object.assign(data, { shape: [4, 2] })).toArray(), expected);
  }
  const wrong = Object.assign(new Float32Array(6), { shape: [4, 2] });
  assertThrows(() => model.predict(wrong), TypeError, "shape [4, 2] needs 8 numbers, got 6");
});

Deno.test("a model in a text is its summary", () => {
  const model = build();
  assertEquals(`${model}`, model.summary());
});
