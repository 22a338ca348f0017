import { assert, assertEquals } from "@std/assert";
import {
  initializers,
  input,
  Layer,
  layers,
  loadModel,
  model,
  type Symbolic,
  tensor,
  type Tracing,
} from "../../mod.ts";

const ROWS = 30;
const x = tensor(Float32Array.from({ length: ROWS * 784 }, (_, i) => Math.sin(i)), [ROWS, 28, 28, 1]);
const y = Array.from({ length: ROWS }, (_, i) => i % 10);
const s = Array.from({ length: ROWS }, (_, i) => Math.cos(i));
const quiet = { verbose: 0 } as const;

Deno.test("graphs of layers as the reference by example has them", async () => {
  const image = input({ shape: [28, 28, 1], name: "image" });
  const code = layers.dense({ units: 16, activation: "relu", name: "code" }).apply(layers.flatten().apply(image));
  const label = layers.dense({ units: 10, activation: "softmax", name: "label" }).apply(code);
  const size = layers.dense({ units: 1, name: "size" }).apply(layers.concatenate().apply([code, label]));

  const m = model({ inputs: image, outputs: { label, size } }, { seed: 1, name: "two_heads" });
  m.compile({
    optimizer: "adam",
    loss: { label: "sparse_categorical_crossentropy", size: "mean_squared_error" },
    lossWeights: { label: 1, size: 0.2 },
    metrics: { label: ["accuracy"] },
  });
  const { history } = await m.fit({ image: x }, { label: y, size: s }, { epochs: 3, validationSplit: 0.1, ...quiet });
  const series: number[][] = [
    history.loss,
    history.label_loss,
    history.size_loss,
    history.label_accuracy,
    history.val_label_loss,
  ];
  assert(series.every((values) => values.length === 3 && values.every(Number.isFinite)));
  const predicted = m.predict({ image: x });
  assertEquals([predicted.label.shape, predicted.size.shape], [[ROWS, 10], [ROWS, 1]]);
  assertEquals(Object.keys(m.evaluate(x, { label: y, size: s })), [
    "loss",
    "label_loss",
    "size_loss",
    "label_accuracy",
  ]);

  const encoder = model({ inputs: image, outputs: code });
  const head = model({ inputs: m.inputs, outputs: m.getLayer("code").output });
  encoder.getLayer("code").trainable = false;
  const top = layers.dense({ units: 2 }).apply(encoder.apply(input({ shape: [28, 28, 1] })));
  assertEquals(top.shape, [null, 2]);
  assertEquals(encoder.predict(x), head.predict(x));

  const { loss, gradients } = m.gradients({ image: x }, { label: y, size: s });
  assert(Number.isFinite(loss));
  m.applyGradients(gradients);
  const again = await loadModel<typeof predicted>(m.toBytes());
  assertEquals(again.predict(x), m.predict(x));
});

class Scale extends Layer {
  constructor(private options: { start?: number; name?: string } = {}) {
    super("scale", options, ["start"]);
  }
  override get config() {
    return { ...this.commonConfig(), start: this.options.start ?? 1 };
  }
  protected override build() {
    const initializer = initializers.constant({ value: this.options.start ?? 1 });
    this.addWeight({ name: "factor", shape: [1], initializer });
  }
  override call(t: Tracing, x: Symbolic) {
    return t.ops.multiply(x, t.weight("factor"));
  }
}

Deno.test("a layer of one's own under two outputs, in a file", async () => {
  const a = input({ shape: [3], name: "a" });
  const scaled = new Scale({ start: 2, name: "scaled" }).apply(a);
  const m = model({ inputs: a, outputs: [scaled, layers.dense({ units: 1, name: "end" }).apply(scaled)] });
  m.compile({ optimizer: "sgd", loss: "mse" });
  const rows = [[1, 2, 3], [4, 5, 6]];
  await m.fit(rows, [rows, [1, 2]], { epochs: 2, ...quiet });
  const again = await loadModel<ReturnType<typeof m.predict>>(m.toBytes(), {
    custom: { layers: { scale: (config) => new Scale(config) } },
  });
  assertEquals(again.predict(rows), m.predict(rows));
  for (const each of [m, again]) await each.fit(rows, [rows, [1, 2]], { epochs: 2, ...quiet });
  assertEquals(again.predict(rows), m.predict(rows));
});
