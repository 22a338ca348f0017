import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, layers, loadModel, metrics, model, sequential } from "../../mod.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { writeSafetensors } from "../../src/files/write_safetensors.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { buildClassifier, drawSequences, MeanOverTime } from "./open_models.ts";

const QUIET = { verbose: 0, workers: 1 } as const;
// deno-lint-ignore no-explicit-any
type Any = any;

Deno.test("sequences of several lengths are refused, with what to do", async () => {
  const m = buildClassifier(null);
  const ragged = [[[1, 2, 3]], [[1, 2, 3], [4, 5, 6]]];
  const rule =
    "x[1] has 2 rows, but x[0] has 1; all samples of a batch must have one length: pad them, or give batches " +
    "of equal lengths as a stream";
  assertThrows(() => m.predict(ragged), TypeError, rule);
  await assertRejects(() => m.fit(ragged, [0, 1], QUIET), TypeError, rule);
  await assertRejects(() => m.fit([{ x: ragged, y: [0, 1] }], QUIET), TypeError, rule);
  // Where the length is known, the shape says it.
  assertThrows(() => buildClassifier(2).predict([[[1, 2, 3]]]), TypeError, "x must have shape [batch, 2, 3]");
});

Deno.test("data of another shape are refused, and an unknown length shows as null", () => {
  const m = buildClassifier(null);
  const rule = 'layer "masking" takes samples of shape [null, 3], so x must have shape [batch, null, 3]';
  assertThrows(() => m.predict([[[1, 2]]]), TypeError, `${rule}, got [1, 1, 2]`);
  assertThrows(() => m.predict([[1, 2, 3]]), TypeError, `${rule}, got [1, 3]; for one sample write [x]`);
  assertThrows(
    () => m.predict(new Float32Array(6)),
    TypeError,
    "give a typed array its shape: tensor(x, [samples, …])",
  );
});

Deno.test("a weight whose shape depends on an unknown length is refused, with its layer", () => {
  const rule = "its shape [null, 2] depends on an axis of unknown length; give the model's input that length";
  assertThrows(
    () => sequential([layers.flatten({ inputShape: [null, 3] }), layers.dense({ units: 2 })]),
    TypeError,
    `Cannot add weight to layer "dense": ${rule}`,
  );
  assertThrows(
    () => sequential([layers.prelu({ inputShape: [null, 3] })]),
    TypeError,
    'layer "prelu": its shape [null, 3]',
  );
  assertThrows(
    () => sequential([layers.layerNormalization({ axis: [1, 2], inputShape: [null, 3] })]),
    TypeError,
    'layer "layer_normalization": its shape [null, 3]',
  );
  // A layer of one's own, that reckons with the length.
  class Positions extends layers.Layer {
    override build(shape: readonly number[]): void {
      this.addWeight({ name: "positions", shape: [shape[0] + 1, shape[1]], initializer: "zeros" as Any });
    }
    override call(t: layers.Tracing, x: Symbolic): Symbolic {
      return t.ops.add(x, t.weight("positions"));
    }
  }
  const x = input({ shape: [null, 3] });
  assertThrows(
    () => new Positions("positions").apply(x),
    TypeError,
    "its shape [null, 3] depends on an axis of unknown",
  );
  // And one that was built for another length.
  const prelu = layers.prelu();
  prelu.apply(input({ shape: [4, 3] }));
  assertThrows(() => prelu.apply(x), TypeError, "was built for samples of shape [4, 3], got [null, 3]");
});

Deno.test("a layer that cannot take any length is refused when it is applied, with what was tried", () => {
  const [x, ten] = [input({ shape: [null, 3], name: "x" }), input({ shape: [10, 3], name: "ten" })];
  assertThrows(
    () => layers.add({ name: "sum" }).apply([x, ten]),
    TypeError,
    "got [60, 3] and [10, 3], where 60 stands for every length that is unknown " +
      '(layer "sum", given input_layer "x" [batch, null, 3] and input_layer "ten" [batch, 10, 3])',
  );
  class Wavering extends layers.Layer {
    override call({ ops }: layers.Tracing, x: Symbolic): Symbolic {
      return x.shape[1] % 8 === 0 ? x : ops.expandDims(x, 1);
    }
  }
  assertThrows(
    () => new Wavering("wavering").apply(x),
    TypeError,
    "the number of axes must not depend on a length, got 3 and 2",
  );
});

Deno.test("lengths that layers cannot join are refused with the layer, and what each was given", async () => {
  const [a, b] = [input({ shape: [null, 3], name: "a" }), input({ shape: [null, 3], name: "b" })];
  const m = model({ inputs: [a, b], outputs: layers.add({ name: "sum" }).apply([a, b]) });
  m.compile({ optimizer: "sgd", loss: "mse" });
  const rule =
    'got [4, 3] and [5, 3] (layer "sum", given input_layer "a" [batch, 4, 3] and input_layer "b" [batch, 5, 3])';
  const x = [drawSequences(2, 4, 1), drawSequences(2, 5, 1)];
  assertThrows(() => m.predict(x), TypeError, rule);
  await assertRejects(() => m.fit(x, drawSequences(2, 4, 1), QUIET), TypeError, rule);
  assertEquals(m.predict([x[0], x[0]]).shape, [2, 4, 3]);
  const cropped = sequential([layers.cropping1d({ cropping: 3, inputShape: [null, 3] })]);
  assertThrows(() => cropped.predict([x[0]] as Any), Error);
  assertThrows(() => cropped.predict(x[0]), TypeError, 'given input_layer "input" [batch, 4, 3])');
  assertEquals(cropped.predict(drawSequences(1, 7, 1)).shape, [1, 1, 3]);
});

Deno.test("labels have the length of the output", async () => {
  const m = sequential([layers.dense({ units: 2, inputShape: [null, 3] })]);
  m.compile({ optimizer: "sgd", loss: "mse" });
  const labels = (steps: number) => drawSequences(2, steps, 1).map((rows) => rows.map((row) => row.slice(1)));
  const rule =
    'layer "dense" gives [batch, 4, 2], for which mean_squared_error needs a y of shape [batch, 4, 2], got [2, 5, 2]';
  assertThrows(() => m.evaluate(drawSequences(2, 4, 1), labels(5)), TypeError, rule);
  await assertRejects(() => m.fit(drawSequences(2, 4, 1), labels(5), QUIET), TypeError, rule);
  m.evaluate(drawSequences(2, 4, 1), labels(4));
});

Deno.test("a length that only seemed to be known is refused", () => {
  class First extends layers.Layer {
    override call({ ops }: layers.Tracing, x: Symbolic): Symbolic {
      return ops.slice(x, [0, 0, 0], [x.shape[0], Math.min(x.shape[1], 50), x.shape[2]]);
    }
  }
  const m = sequential([new First("first", { inputShape: [null, 3] })]);
  assertEquals(m.outputShape, [null, 50, 3]);
  assertEquals(m.predict(drawSequences(1, 51, 1)).shape, [1, 50, 3]);
  assertThrows(
    () => m.predict(drawSequences(1, 7, 1)),
    TypeError,
    'output of layer "first" must have shape [batch, 50, 3] for inputs of any length, got [batch, 7, 3] for [batch, 7, 3]',
  );
});

Deno.test("classes along an unknown axis: metrics of columns want one length, others take any", () => {
  const build = (metric: Any) => {
    const m = sequential([
      layers.dense({ units: 1, activation: "sigmoid", inputShape: [null, 3] }),
      layers.lambda({ function: ({ ops }, x) => ops.squeeze(x, -1), name: "flat" }),
    ]);
    assertEquals(m.outputShape, [null, null]);
    m.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: [metric] });
    return m;
  };
  const batches = [4, 6].map((steps) => {
    const x = drawSequences(3, steps, 2);
    return { x, y: x.map((rows) => rows.map(([first]) => Number(first > 0))) };
  });
  const loose = build("binary_accuracy");
  const each = batches.map(({ x, y }) => loose.evaluate(x, y).binary_accuracy as number);
  // Rows have weight 1 each, whatever their length.
  assertAlmostEquals(loose.evaluate(batches).binary_accuracy as number, (each[0] + each[1]) / 2, 1e-12);
  assertThrows(
    () => build(metrics.f1Score()).evaluate(batches),
    TypeError,
    "Cannot update f1_score: it counts each column",
  );
  assertThrows(
    () => build(metrics.auc({ multiLabel: true })).evaluate(batches),
    TypeError,
    "Cannot update auc: it counts each column",
  );
  assertThrows(
    () => loose.trainOnBatch(batches[0].x, batches[0].y, { classWeight: { 0: 1 } }),
    TypeError,
    'the last axis of output "flat" has the classes, so it must have a known length, got [batch, null]',
  );
});

Deno.test("names for an axis of unknown length, other shapes to build for and wrong files are refused", async () => {
  const pooled = () => [layers.dense({ units: 2 }), new MeanOverTime()];
  assertThrows(
    () => sequential([layers.inputLayer({ shape: [3, null] }), ...pooled()], { columns: ["a"] }),
    TypeError,
    "axis of unknown length",
  );
  const m = sequential(pooled());
  m.build([null, 3]);
  m.build([7, 3]);
  assertThrows(() => m.build([7, 4]), TypeError, "built for samples of shape [null, 3], got [7, 4]");
  assertThrows(
    () => input({ shape: [0, null] }),
    RangeError,
    "in which null stands for an unknown length, got [0, null]",
  );
  assertThrows(() => input({ shape: [undefined as Any] }), RangeError, "integers >= 1");
  const { tensors, metadata } = readSafetensors(
    sequential([layers.dense({ units: 2, inputShape: [null, 3] })]).toBytes(),
  );
  const file = (change: (description: Any) => void): Uint8Array => {
    const description = JSON.parse(metadata.get("retroprop")!);
    change(description);
    return writeSafetensors([...tensors.values()], { retroprop: JSON.stringify(description) });
  };
  await loadModel(file(() => {}));
  await assertRejects(() => loadModel(file((d) => d.version = 1)), Error, "model.inputShape must be integers >= 1");
  await assertRejects(() => loadModel(file((d) => d.model.inputShape = [null, null])), Error, "axis of unknown length");
  await assertRejects(() => loadModel(file((d) => d.model.inputShape = [null, "3"])), Error, "integers >= 1, or null");
});
