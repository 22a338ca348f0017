import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type Callback, layers, optimizers, schedules, type Sequential, sequential } from "../../mod.ts";
import { reportPass } from "../../src/training/report_pass.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [0, 1, 1, 0];

function build(): Sequential {
  const model = sequential([
    layers.dense({ units: 7, activation: "sigmoid", inputShape: [2], name: "hidden" }),
    layers.dense({ units: 1, activation: "sigmoid", name: "label" }),
  ], { seed: 7 });
  model.compile({
    optimizer: optimizers.adam({ learningRate: 0.01 }),
    loss: "binary_crossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

/** What is written to stderr or the console meanwhile. */
function capture(run: () => void): string {
  const write = Deno.stderr.writeSync;
  let text = "";
  Deno.stderr.writeSync = (bytes) => {
    text += new TextDecoder().decode(bytes);
    return bytes.length;
  };
  try {
    run();
  } finally {
    Deno.stderr.writeSync = write;
  }
  return text;
}

Deno.test("getLayer: by name, by number, from the end", () => {
  const model = build();
  assertEquals(model.getLayer("label"), model.layers[1]);
  assertEquals(model.getLayer(0), model.layers[0]);
  assertEquals(model.getLayer(-1), model.layers[1]);
  const message = 'model "sequential" has no layer "hiden"; did you mean "hidden"? Layers are: hidden, label';
  assertThrows(() => model.getLayer("hiden"), RangeError, message);
  assertThrows(() => model.getLayer(2), RangeError, "has no layer 2. Layers are: hidden, label");
  assertThrows(() => model.getLayer(0.5), RangeError, "has no layer 0.5");
  assertThrows(() => model.getLayer(undefined as unknown as string), TypeError, "got undefined");
});

Deno.test("countParams, and shapes of models and layers", () => {
  const model = build();
  assertEquals(model.countParams(), 2 * 7 + 7 + 7 + 1);
  assertEquals(model.layers.map((layer) => layer.countParams()), [21, 8]);
  assertEquals(model.layers.map((layer) => layer.outputShape), [[null, 7], [null, 1]]);
  assertEquals([model.inputShape, model.outputShape], [[null, 2], [null, 1]]);
  assertEquals(model.inputs.map(({ name, shape }) => [name, shape]), [["input", [null, 2]]]);
  assertEquals(model.outputs.map(({ name, shape }) => [name, shape]), [["label", [null, 1]]]);
  const later = sequential([layers.dense({ units: 3, name: "late" })]);
  assertThrows(() => later.outputShape, Error, "it is not built");
  assertThrows(
    () => later.layers[0].outputShape,
    Error,
    'Cannot tell the output shape of layer "late": it must be built',
  );
  assertThrows(() => later.layers[0].countParams(), Error, 'Cannot count the weights of layer "late"');
  later.build([5]);
  assertEquals([later.countParams(), later.outputShape], [18, [null, 3]]);
});

Deno.test("optimizer: what it is, its rate and its steps", async () => {
  const model = build();
  const { optimizer } = model;
  assertEquals([optimizer.id, optimizer.config.beta1, optimizer.learningRate, optimizer.iterations], [
    "adam",
    0.9,
    0.01,
    0,
  ]);
  await model.fit(X, Y, { epochs: 3, verbose: 0 });
  assertEquals(optimizer.iterations, 3);
  optimizer.learningRate = 0.5;
  assertEquals(model.learningRate, 0.5);
  const decay = schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
  model.learningRate = decay;
  assertEquals(optimizer.learningRate, decay);
  const other = build();
  other.compile({ optimizer: model.optimizer, loss: "mse" });
  assertEquals(other.optimizer.config, model.optimizer.config);
  const bare = sequential([layers.dense({ units: 1, inputShape: [1] })]);
  assertThrows(() => bare.optimizer, Error, "call compile");
});

Deno.test("testOnBatch is evaluate with one batch and changes nothing", () => {
  const model = build();
  model.trainOnBatch(X, Y);
  const before = model.toBytes().toHex();
  assertEquals(model.testOnBatch(X, Y), model.evaluate(X, Y, { batchSize: 4 }));
  const sampleWeight = [1, 2, 3, 4];
  assertEquals(model.testOnBatch(X, Y, { sampleWeight }), model.evaluate(X, Y, { batchSize: 4, sampleWeight }));
  assertEquals(model.toBytes().toHex(), before);
  const wrong = { batchSize: 4 } as object;
  assertThrows(() => model.testOnBatch(X, Y, wrong), TypeError, 'Cannot test on batch: unknown option "batchSize"');
});

Deno.test("verbose in evaluate and predict", () => {
  const model = build();
  for (const verbose of [1, 2] as const) {
    const { loss } = model.evaluate(X, Y);
    const line = capture(() => model.evaluate(X, Y, { batchSize: 3, verbose }));
    assert(/^2\/2 - 0s \S+\/step - loss: 0\.\d{4} - accuracy: 0\.\d{4}\n$/.test(line), line);
    assert(line.includes(loss.toFixed(4)), line);
    const predicted = capture(() => model.predict(X, { batchSize: 3, verbose }));
    assert(/^2\/2 - 0s \S+\/step\n$/.test(predicted), predicted);
  }
  const stream = [{ x: X, y: Y }, { x: X.slice(1), y: Y.slice(1) }];
  const streamed = capture(() => model.evaluate(stream, { verbose: 1 }));
  assert(/^2\/2 - 0s \S+\/step - loss: 0\.\d{4} - accuracy: 0\.\d{4}\n$/.test(streamed), streamed);
  assert(/^2\/2 - 0s \S+\/step\n$/.test(capture(() => model.predict(stream, { verbose: 1 }))));
  for (const options of [{}, { verbose: 0 as const }]) {
    assertEquals(capture(() => void [model.evaluate(X, Y, options), model.predict(X, options)]), "");
  }
  const wrong = { verbose: true } as object;
  assertThrows(() => model.evaluate(X, Y, wrong), RangeError, "Cannot evaluate: verbose must be 0, 1 or 2, got true");
  assertThrows(() => model.predict(X, wrong), RangeError, "Cannot predict: verbose must be 0, 1 or 2, got true");
});

Deno.test("the line of a pass", () => {
  let text = "";
  const sink = { write: (more: string) => void (text += more), isTerminal: false, columns: 80 };
  reportPass(1000, { batches: 4, logs: { loss: 0.5 }, sink, now: () => 3000 });
  reportPass(0, { batches: 0, sink, now: () => 0 });
  assertEquals(text, "4/4 - 2s 500ms/step - loss: 0.5000\n0/0 - 0s\n");
});

Deno.test("one callback instead of a list, and the logs of a callback are numbers", async () => {
  const model = build();
  const texts: string[] = [];
  const callback: Callback = {
    onEpochEnd(_epoch, logs) {
      texts.push(logs.loss.toFixed(4), logs.val_loss.toFixed(4), logs.accuracy.toFixed(2));
    },
  };
  const { history } = await model.fit(X, Y, { epochs: 2, verbose: 0, validationData: [X, Y], callbacks: callback });
  assertEquals(texts.length, 6);
  assertEquals(texts[3], history.loss[1].toFixed(4));
  assertEquals(texts[4], history.val_loss.at(-1)!.toFixed(4));
  const wrong = "earlyStopping" as unknown as Callback;
  await assertRejects(
    () => model.fit(X, Y, { callbacks: wrong }),
    TypeError,
    'callbacks must be an array or a callback, got "earlyStopping"',
  );
});

Deno.test("layers in an object, as in tf.js", () => {
  const wrong = { layers: [layers.dense({ units: 1 })] } as unknown as [];
  assertThrows(() => sequential(wrong), TypeError, "got { layers }; write sequential([…]) without { layers: … }");
});
