import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FileFormatError, layers, loadModel, losses, metrics, optimizers, sequential } from "../../mod.ts";
import type { CustomParts, Layer, Sequential } from "../../mod.ts";
import type { Activation } from "../../src/activations/activation.ts";
import type { Constraint } from "../../src/constraints/constraint.ts";
import type { Initializer } from "../../src/initializers/initializer.ts";
import type { Loss } from "../../src/losses/loss.ts";
import type { CustomMetric } from "../../src/metrics/resolve_metric.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import type { Regularizer } from "../../src/regularizers/regularizer.ts";
import type { Schedule } from "../../src/schedules/schedule.ts";
import { type Builder, map, type Symbolic } from "../../src/tensor/symbolic.ts";
import { drawNumbers } from "./draw_numbers.ts";
import { hashWeights } from "./hash_weights.ts";

const X = drawNumbers(24, 3, 1);
const Y = X.map(([a, b, c]) => [a - b + 0.5 * c]);

const times = (g: Builder, x: Symbolic, scale: number): Symbolic => map(g, "affine", [x], { scale, offset: 0 });

// One part of each kind, each with an option.
const bend = ({ by }: { by: number }): Activation => ({
  id: "bend",
  config: { by },
  apply: (g, x) => map(g, "add", [map(g, "tanh", [x]), times(g, x, by)]),
});
const ramp = ({ to }: { to: number }): Initializer => ({
  id: "ramp",
  config: { to },
  initialize: (shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return Float32Array.from({ length: size }, (_, i) => to * (i + 1) / size);
  },
});
const ridge = ({ by }: { by: number }): Regularizer => ({
  id: "ridge",
  config: { by },
  penalty: (g, w) => g.apply("sum_all", [times(g, map(g, "square", [w]), by)]),
});
const shrink = ({ by }: { by: number }): Constraint => ({
  id: "shrink",
  config: { by },
  project: (g, w) => times(g, w, by),
});
const warm = ({ top }: { top: number }): Schedule => ({
  id: "warm",
  config: { top },
  at: (step) => top * Math.min(1, (step + 1) / 10),
});
const heavy = ({ learningRate }: { learningRate: number | Schedule }): Optimizer => ({
  ...optimizers.sgd({ learningRate, momentum: 0.5 }),
  id: "heavy",
});
const twice = ({ factor }: { factor: number }): Loss => {
  const inner = losses.meanSquaredError();
  return {
    ...inner,
    id: "twice",
    config: { factor },
    call: (g, yTrue, yPred) => times(g, inner.call(g, yTrue, yPred), factor),
  };
};
const rows = ({ times }: { times: number }): CustomMetric & { id: string; config: { times: number } } => {
  return {
    id: "rows_seen",
    config: { times },
    name: "rows",
    direction: null,
    create() {
      let sum = 0;
      return { reset: () => void (sum = 0), update: (batch) => void (sum += times * batch.rows), result: () => sum };
    },
  };
};

const CUSTOM: CustomParts = {
  activations: { bend },
  initializers: { ramp },
  regularizers: { ridge },
  constraints: { shrink },
  schedules: { warm },
  optimizers: { heavy },
  losses: { twice },
  metrics: { rows_seen: rows },
};

/** A model of parts of one's own, those left out replaced by the library's. */
function build(own: Partial<Record<keyof CustomParts, boolean>>): Sequential {
  const model = sequential([
    layers.dense({
      units: 4,
      inputShape: [3],
      activation: own.activations ? bend({ by: 0.25 }) : "tanh",
      kernelInitializer: own.initializers ? ramp({ to: 0.5 }) : "glorot_uniform",
      kernelRegularizer: own.regularizers ? ridge({ by: 0.01 }) : "l2",
      kernelConstraint: own.constraints ? shrink({ by: 0.999 }) : "max_norm",
    }),
    layers.activation({ activation: own.activations ? bend({ by: 0.5 }) : "relu" }),
    layers.prelu({ alphaInitializer: own.initializers ? ramp({ to: 0.1 }) : "zeros" }),
    layers.dense({ units: 1 }),
  ], { seed: 3 });
  const learningRate = own.schedules ? warm({ top: 0.05 }) : 0.05;
  model.compile({
    optimizer: own.optimizers ? heavy({ learningRate }) : optimizers.sgd({ learningRate, momentum: 0.5 }),
    loss: own.losses ? twice({ factor: 2 }) : "mean_squared_error",
    metrics: own.metrics ? [rows({ times: 2 }), "mae"] : ["mae"],
  });
  return model;
}

const train = (model: Sequential, epochs: number) => model.fit(X, Y, { epochs, batchSize: 8, verbose: 0, workers: 1 });
const EVERYTHING = Object.fromEntries(Object.keys(CUSTOM).map((kind) => [kind, true]));

for (const kind of Object.keys(CUSTOM) as (keyof CustomParts)[]) {
  Deno.test(`custom.${kind} brings back what is one's own, to the bit`, async () => {
    const whole = build({ [kind]: true });
    const first = build({ [kind]: true });
    await train(whole, 4);
    await train(first, 2);
    const second = await loadModel(first.toBytes(), { custom: { [kind]: CUSTOM[kind] } });
    assertEquals(second.toBytes(), first.toBytes(), "saved again, it is the same file");
    assertEquals(second.predict(X).toArray(), first.predict(X).toArray());
    assertEquals(second.evaluate(X, Y), first.evaluate(X, Y));
    await train(second, 2);
    assertEquals(hashWeights(second), hashWeights(whole));
  });
}

Deno.test("all kinds at once, and a schedule that was set later", async () => {
  const model = build(EVERYTHING);
  await train(model, 2);
  model.learningRate = warm({ top: 0.01 });
  const again = await loadModel(model.toBytes(), { custom: CUSTOM });
  assertEquals((again.learningRate as Schedule).config, { top: 0.01 });
  for (const m of [model, again]) await train(m, 2);
  assertEquals(again.toBytes(), model.toBytes());
  assertEquals((again.evaluate(X, Y) as Record<string, number>).rows, 48);
});

Deno.test("restore takes the state of a model with parts of its own", async () => {
  const whole = build(EVERYTHING);
  const first = build(EVERYTHING);
  await train(whole, 4);
  await train(first, 2);
  const second = build(EVERYTHING);
  second.restore(first.toBytes());
  await train(second, 2);
  assertEquals(hashWeights(second), hashWeights(whole));
});

const NOT_COMPILED = {
  optimizers: 'the optimizer "heavy"',
  schedules: 'the schedule "warm"',
  losses: 'the loss "twice"',
} as const;

for (const [kind, what] of Object.entries(NOT_COMPILED)) {
  Deno.test(`without custom.${kind} the weights load, and the model says that it is not compiled`, async () => {
    const model = build(EVERYTHING);
    await train(model, 1);
    const again = await loadModel(model.toBytes(), { custom: { ...CUSTOM, [kind]: undefined } });
    assertEquals(again.predict(X).toArray(), model.predict(X).toArray());
    assertEquals(again.isCompiled, false);
    const call = new RegExp(`it is not compiled, since ${what} of the file is none of this library; hand it over as`);
    const error = assertThrows(() => again.evaluate(X, Y), Error);
    assert(call.test(error.message), error.message);
    assert(error.message.includes(`custom: { ${kind}: { `), error.message);
    await assertRejects(() => train(again, 1), Error, "it is not compiled");
    again.compile({ optimizer: "sgd", loss: "mse" });
    await train(again, 1);
  });
}

Deno.test("without a regularizer or a constraint a model predicts, and training says which is missing", async () => {
  for (const kind of ["regularizers", "constraints"] as const) {
    const model = build({ [kind]: true });
    await train(model, 1);
    const again = await loadModel(model.toBytes());
    assertEquals(again.predict(X).toArray(), model.predict(X).toArray());
    await assertRejects(() => train(again, 1), Error, `custom: { ${kind}: { `);
    assertEquals((await loadModel(again.toBytes(), { custom: CUSTOM })).toBytes(), model.toBytes(), "it is kept");
  }
});

Deno.test("without an initializer nothing is missing, as the weights are there", async () => {
  const model = build({ initializers: true });
  await train(model, 1);
  const again = await loadModel(model.toBytes());
  for (const m of [model, again]) await train(m, 1);
  assertEquals(again.toBytes(), model.toBytes());
});

Deno.test("inside a model in the model the weights load without it, too", async () => {
  const model = sequential([build({ initializers: true }), layers.dense({ units: 1 })]);
  const again = await loadModel(model.toBytes());
  assertEquals(again.predict(X).data, model.predict(X).data);
  assertEquals(again.toBytes(), model.toBytes());
});

Deno.test("without an activation the weights load, and predict says which is missing", async () => {
  const model = build({ activations: true });
  const again = await loadModel(model.toBytes());
  assertEquals(hashWeights(again), hashWeights(model));
  const error = assertThrows(() => again.predict(X), Error, 'the activation "bend" of a file');
  assert(error.message.includes("custom: { activations: { bend: (config) => … } }"), error.message);
});

Deno.test("without a metric the model goes on without it, with a warning that names it", async () => {
  const model = build({ metrics: true });
  await train(model, 1);
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => void warnings.push(text);
  const again = await loadModel(model.toBytes()).finally(() => console.warn = warn);
  assertEquals(warnings.length, 1);
  assert(warnings[0].includes('"rows_seen"') && warnings[0].includes("custom: { metrics: { rows_seen:"), warnings[0]);
  assertEquals(Object.keys(again.evaluate(X, Y)), ["loss", "mae"]);
  for (const m of [model, again]) await train(m, 1);
  assertEquals(hashWeights(again), hashWeights(model));
});

Deno.test("a metric without an id comes back by its name", async () => {
  const { id: _, config: __, ...plain } = rows({ times: 1 });
  const model = sequential([layers.dense({ units: 1, inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse", metrics: [plain] });
  const again = await loadModel(model.toBytes(), { custom: { metrics: { rows: () => plain } } });
  assertEquals(again.evaluate(X, Y), model.evaluate(X, Y));
});

Deno.test("a layer of one's own gets its own parts by the second argument", async () => {
  class Squash extends layers.Layer {
    constructor(readonly own: { activation: Activation; name?: string }) {
      super("squash", own, ["activation"]);
    }
    override get config() {
      const { id, config } = this.own.activation;
      return { ...this.commonConfig(), activation: { id, config } };
    }
    override call(t: layers.Tracing, x: Parameters<Layer["call"]>[1]) {
      return this.own.activation.apply(t.graph, x);
    }
  }
  const model = sequential([layers.dense({ units: 2, inputShape: [3] }), new Squash({ activation: bend({ by: 2 }) })]);
  const custom: CustomParts = {
    layers: {
      squash: (config, parts) => new Squash({ ...config, activation: parts.activation(config.activation) }),
    },
    activations: { bend },
  };
  const again = await loadModel(model.toBytes(), { custom });
  assertEquals(again.predict(X).toArray(), model.predict(X).toArray());
  const error = await assertRejects(() => loadModel(model.toBytes()), FileFormatError, 'Unknown layer "squash"');
  assert(error.message.includes("custom: { layers: { squash: (config) => … } }"), error.message);
});

Deno.test("files of earlier versions, whose own parts bear no mark, load with custom", async () => {
  const { readSafetensors } = await import("../../src/files/read_safetensors.ts");
  const { writeSafetensors } = await import("../../src/files/write_safetensors.ts");
  const model = build(EVERYTHING);
  const { tensors, metadata } = readSafetensors(model.toBytes());
  const text = metadata.get("retroprop")!.replaceAll(',"custom":true', "");
  const bytes = writeSafetensors([...tensors.values()], {
    retroprop: text.replace(/\{"id":"rows_seen"[^}]*\}[^}]*\},/, ""),
  });
  const again = await loadModel(bytes, { custom: CUSTOM });
  await train(again, 1);
  await train(model, 1);
  assertEquals(hashWeights(again), hashWeights(model));
  await assertRejects(() => loadModel(bytes), FileFormatError, "Unknown activation");
});

Deno.test("custom is checked when it is read", async () => {
  // deno-lint-ignore no-explicit-any
  const load = (custom: any) => () => loadModel(build({}).toBytes(), { custom });
  await assertRejects(load({ layer: {} }), TypeError, 'unknown option "layer"; did you mean "layers"?');
  await assertRejects(load({ losses: [] }), TypeError, "custom.losses must be an object, got []");
  await assertRejects(
    load({ losses: { twice: twice({ factor: 1 }) } }),
    TypeError,
    "custom.losses.twice must be a function",
  );
  await assertRejects(load(5), TypeError, "options must be an object");
  const own = build({ losses: true }).toBytes();
  const wrong = { losses: { twice: () => 5 } } as unknown as CustomParts;
  await assertRejects(() => loadModel(own, { custom: wrong }), FileFormatError, "it must be a name or a loss");
  assertEquals(typeof metrics.precision, "function");
});
