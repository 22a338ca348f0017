import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  callbacks,
  checkGradients,
  compileModel,
  conditional,
  gridSearch,
  layers,
  loadModel,
  losses,
  metrics,
  optimizers,
  schedules,
  sequential,
} from "../../mod.ts";
import type { Callback, Sequential } from "../../mod.ts";
import { checkOptions } from "../../src/errors/check_options.ts";

// deno-lint-ignore no-explicit-any
type Any = any;
class Mine {
  epochs = 3;
}
const X = [[0, 1], [1, 0]];
const Y = [1, 0];

function build(): Sequential {
  const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })]);
  model.compile({ optimizer: "sgd", loss: "binary_crossentropy" });
  return model;
}

/** What would be read as if it were empty, and how it is called. */
const OTHERS: readonly [value: Any, called: string][] = [
  [new Map([["epochs", 3]]), "an object of class Map; write { name: value }, or Object.fromEntries(map)"],
  [Promise.resolve({ epochs: 3 }), "an object of class Promise; await it"],
  [new Mine(), "an object of class Mine; write a plain one"],
  [new Set(["epochs"]), "an object of class Set"],
  [new Date(0), "an object of class Date"],
  [new Float32Array(2), "Float32Array [0, 0]"],
  [Object.create({ epochs: 3 }), "{}"],
];

Deno.test("options must be plain objects", () => {
  for (const [value, called] of OTHERS) {
    assertThrows(
      () => checkOptions("fit", value, ["epochs"]),
      TypeError,
      `Cannot fit: options must be an object, got ${called}`,
    );
  }
  for (const value of [[], [["epochs", 3]], () => ({}), "epochs", 5, null]) {
    assertThrows(() => checkOptions("fit", value as Any, ["epochs"]), TypeError, "options must be an object, got");
  }
  checkOptions("fit", { epochs: 3 }, ["epochs"]);
  checkOptions("fit", Object.assign(Object.create(null), { epochs: 3 }), ["epochs"]);
  checkOptions("fit", structuredClone({ epochs: 3 }), ["epochs"]);
  checkOptions("fit", undefined, []);
});

Deno.test("they are refused at every door", async () => {
  const model = build();
  for (const [value, called] of OTHERS) {
    const doors: Record<string, () => unknown> = {
      sequential: () => sequential([layers.dense({ units: 1 })], value),
      layer: () => layers.dense(value),
      dropout: () => layers.dropout(value),
      optimizer: () => optimizers.adam(value),
      loss: () => losses.huber(value),
      metric: () => metrics.auc(value),
      schedule: () => schedules.exponentialDecay(value),
      callback: () => callbacks.earlyStopping(value),
      lambda: () => callbacks.lambdaCallback(value),
      compile: () => model.compile(value),
      "saved optimizer": () => model.compile({ optimizer: { id: "sgd", config: value }, loss: "mse" }),
      evaluate: () => model.evaluate(X, Y, value),
      predict: () => model.predict(X, value),
      trainOnBatch: () => model.trainOnBatch(X, Y, value),
      checkGradients: () => checkGradients(model, X, Y, value),
      compileModel: () => compileModel(model, value),
      condition: () => conditional([1, 2], value),
      classWeight: () => model.trainOnBatch(X, Y, { classWeight: ArrayBuffer.isView(value) ? new Map() : value }),
    };
    for (const [door, open] of Object.entries(doors)) {
      assertThrows(open, TypeError, undefined, `${door}, ${called}`);
    }
    for (const options of [value, { classWeight: ArrayBuffer.isView(value) ? new Map() : value }]) {
      await assertRejects(() => model.fit(X, Y, options), TypeError, "must be an object");
    }
    const search = { space: { a: [1] }, build, x: X, y: Y, verbose: 0 as const };
    for (const options of [value, { ...search, space: value }, { ...search, forbidden: [value] }]) {
      await assertRejects(() => gridSearch(options), TypeError, undefined, called);
    }
  }
});

Deno.test("weights by name must be a plain object", () => {
  const model = build();
  const before = model.getWeights();
  const bias = new Map([["dense/bias", [5]]]);
  for (const value of [bias, Promise.resolve([]), new Float32Array(3), before[0], new Mine()] as Any[]) {
    assertThrows(() => model.setWeights(value), TypeError, "they must be an array in order or an object by name, got");
  }
  assertEquals(model.getWeights(), before);
  model.setWeights(Object.fromEntries(bias));
  assertEquals(model.getWeights()[1].toArray(), [5]);
});

Deno.test("callbacks: what is none is refused, and so are misspelt hooks and hooks that are no functions", async () => {
  const model = build();
  const refused: readonly [callback: Any, message: string][] = [
    [new Map(), "a callback must have at least one of setModel, "],
    [Promise.resolve({}), "got an object of class Promise; await it"],
    [
      [{ onEpochEnd() {} }],
      "a callback must be an object, got [{ onEpochEnd }]; put its callbacks into the list itself",
    ],
    [new Mine(), "a callback must have at least one of"],
    [{ monitor: "loss", patience: 3 }, "a callback must have at least one of"],
    [callbacks.earlyStopping, "a callback must be an object, got function earlyStopping"],
    [{ on_epoch_end() {} }, 'a callback has no "on_epoch_end"; did you mean "onEpochEnd"?'],
    [{ onepochend() {} }, 'a callback has no "onepochend"; did you mean "onEpochEnd"?'],
    [{ onEpochEnds() {} }, 'a callback has no "onEpochEnds"; did you mean "onEpochEnd"?'],
    [{ on_predict_begin() {} }, 'a callback has no "on_predict_begin"'],
    [{ set_model() {}, onEpochEnd() {} }, 'a callback has no "set_model"; did you mean "setModel"?'],
    [{ onEpochEnd: 5 }, "onEpochEnd of a callback must be a function, got 5"],
    [{ onEpochEnd: null }, "onEpochEnd of a callback must be a function, got null"],
    [{ onEpochEnd: Promise.resolve() }, "onEpochEnd of a callback must be a function, got an object of class Promise"],
    [
      new class {
        onEpochStart() {}
      }(),
      'a callback has no "onEpochStart"',
    ],
  ];
  for (const [callback, message] of refused) {
    await assertRejects(() => model.fit(X, Y, { verbose: 0, callbacks: [callback] }), TypeError, message);
  }
});

Deno.test("callbacks: objects of classes, with state and helpers of their own, are taken", async () => {
  const model = build();
  class Base implements Callback {
    epochs = 0;
    set = 3;
    onTrainBegin?: () => void;
    onEpochEnd(): void {
      this.count();
    }
    count(): void {
      this.epochs++;
    }
  }
  class Derived extends Base {}
  const plain: Callback & { best: number } = { best: 0, onEpochEnd: undefined, onTrainEnd() {} };
  const derived = new Derived();
  await model.fit(X, Y, { epochs: 2, verbose: 0, callbacks: [derived, plain, {}] });
  assertEquals(derived.epochs, 2);
  assert(plain.best === 0);
});

Deno.test("tables of parts of one's own must be plain objects, and are copied", async () => {
  const bytes = build().toBytes();
  const factory = () => layers.dense({ units: 1 });
  const map = new Map([["dense", factory]]) as Any;
  const what = "Cannot load model: custom.layers must be an object, got an object of class Map";
  await assertRejects(() => loadModel(bytes, { custom: { layers: map } }), TypeError, what);
  await assertRejects(() => loadModel(bytes, { customLayers: map }), TypeError, what);
  await assertRejects(
    () => loadModel(bytes, { custom: map }),
    TypeError,
    "must be an object, got an object of class Map",
  );
});
