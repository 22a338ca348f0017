import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type FunctionalModel,
  input,
  Layer,
  layers,
  model,
  sequential,
  stepper,
  type StepTracing,
  type Symbolic,
  tensor,
  type Tracing,
} from "../../mod.ts";
import type { TrainableModel } from "../../src/models/trainable_model.ts";
import { drawNumbers } from "./draw_numbers.ts";

const STEPS = 5;

/** The sum of all steps until now. */
class RunningSum extends Layer {
  constructor() {
    super("running_sum", {}, []);
    this.supportsMasking = true;
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [batch, steps, width] = x.shape;
    let sum = t.ops.slice(x, [0, 0, 0], [batch, 1, width]);
    const sums = [sum];
    for (let i = 1; i < steps; i++) {
      sum = t.ops.add(sum, t.ops.slice(x, [0, i, 0], [batch, 1, width]));
      sums.push(sum);
    }
    return t.ops.concatenate(sums, { axis: 1 });
  }

  step(t: StepTracing, x: Symbolic): Symbolic {
    const sum = t.ops.add(t.state("sum", [1, x.shape[2]]), x);
    t.setState("sum", sum);
    return sum;
  }
}

/** The last of all steps. */
class Last extends Layer {
  constructor() {
    super("last", {}, []);
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const [batch, steps, width] = x.shape;
    return t.ops.reshape(t.ops.slice(x, [0, steps - 1, 0], [batch, 1, width]), [batch, width]);
  }

  step(t: StepTracing, x: Symbolic): Symbolic {
    const y = this.call(t, x);
    t.endSequence(y);
    return y;
  }
}

function createModel(steps: number | null = null): FunctionalModel {
  const x = input({ shape: [steps, 3] });
  const inner = sequential([layers.dense({ units: 4, activation: "tanh", inputShape: [steps, 3] }), new RunningSum()]);
  const a = inner.apply(x);
  const b = new RunningSum().apply(layers.layerNormalization().apply(x));
  const joined = layers.concatenate().apply([a, layers.dropout({ rate: 0.5 }).apply(b)]);
  return model({ inputs: x, outputs: layers.dense({ units: 2, activation: "softmax" }).apply(joined) }, { seed: 3 });
}

/** Prefixes of sequences, and what the model predicts for their last steps. */
function lastOf(net: TrainableModel<never>, x: readonly number[][][], steps: number): number[][] {
  const y = (net as unknown as FunctionalModel).predict(x.map((sequence) => sequence.slice(0, steps)))
    .toArray() as number[][][];
  return y.map((sequence) => sequence[sequence.length - 1]);
}

const X = Array.from({ length: 3 }, (_, i) => drawNumbers(STEPS, 3, i + 1));

Deno.test("a stepper gives what the model predicts for the steps until now, to the bit", () => {
  const net = createModel();
  const one = stepper(net), all = stepper(net, { batchSize: 3 });
  for (let t = 0; t < STEPS; t++) {
    const want = lastOf(net as never, X as never, t + 1);
    assertEquals(all.step(X.map((sequence) => sequence[t])).toArray(), want);
    assertEquals(one.step(X[0][t]).toArray(), want[0]);
  }
});

Deno.test("a layer that is called twice keeps two states; behind the end of a sequence any layer goes", () => {
  const x = input({ shape: [null, 3] });
  const sum = new RunningSum();
  const y = new Last().apply(sum.apply(sum.apply(x)));
  const net = model({ inputs: x, outputs: layers.flatten().apply(layers.repeatVector({ n: 2 }).apply(y)) });
  const s = stepper(net);
  assertEquals([s.inputShape, s.outputShape, s.maxSteps], [[3], [6], null]);
  for (let t = 0; t < STEPS; t++) {
    assertEquals(s.step(X[1][t]).data, net.predict([X[1].slice(0, t + 1)]).data);
  }
  assertEquals(Object.keys(s.state.values), ["running_sum/sum", "running_sum/sum_1"]);
});

Deno.test("state goes back and forth, reset begins again, and weights are read as they are", () => {
  const net = createModel(STEPS);
  const s = stepper(net);
  s.step(X[0][0]);
  const before = s.state, first = s.step(X[0][1]);
  assertEquals([s.steps, before.steps], [2, 1]);
  s.step(X[0][2]);
  s.state = before;
  assertEquals(s.step(X[0][1]), first);
  s.reset();
  assertEquals(s.steps, 0);
  assertEquals(s.step(X[0][0]), stepper(net).step(X[0][0]));
  net.setWeights(net.getWeights().map(({ shape, data }) => ({ shape, data: data.map((v) => v + 0.25) })));
  sequential([net.layers[2], layers.dense({ units: 1 })], { name: "other" }); // the memory grows
  const want = lastOf(createModel() as never, X as never, 1); // other weights
  s.reset();
  assert(s.step(X[0][0]).data[0] !== want[0][0]);
  s.reset();
  net.predict(X.map((sequence) => sequence)); // the arena is used
  for (let t = 0; t < 2; t++) s.step(X[0][t]);
  const all = net.predict([X[0]]).toArray() as number[][][];
  assertEquals(s.step(X[0][2]).toArray(), all[0][2]);
  assertThrows(
    () => s.state = { steps: 1, values: {} },
    TypeError,
    'Cannot set the state of a stepper: "sequential/running_sum/sum" must have shape [1, 1, 4], got none',
  );
});

Deno.test("what needs all steps at once is refused by name", () => {
  const behind = (...more: Layer[]) => sequential([layers.dense({ units: 2, inputShape: [4, 3] }), ...more]);
  const cases: [Layer[], string][] = [
    [
      [layers.globalAveragePooling1d({ name: "mean" })],
      'global_average_pooling1d needs all steps at once (layer "mean"',
    ],
    [[layers.conv1d({ filters: 2, kernelSize: 2, padding: "causal", name: "conv" })], 'at once (layer "conv"'],
    [[layers.flatten({ name: "flat" })], 'at once (layer "flat"'],
    [[layers.permute({ dims: [2, 1], name: "turn" })], 'at once (layer "turn"'],
    [[layers.prelu({ name: "slope" })], 'at once (layer "slope"'],
    [[layers.softmax({ axis: 1, name: "over" })], 'softmax works along the axis of steps (layer "over"'],
    [[layers.layerNormalization({ axis: [1, 2], name: "norm" })], 'works along the axis of steps (layer "norm"'],
    [[layers.dropout({ rate: 0.5, name: "drop" })], ""],
  ];
  for (const [more, message] of cases) {
    const net = behind(...more);
    if (message === "") stepper(net);
    else assertThrows(() => stepper(net), TypeError, `Cannot run the model step by step: `);
    if (message !== "") assertThrows(() => stepper(net), TypeError, message);
  }
  assertThrows(
    () => stepper(sequential([layers.dense({ units: 2, inputShape: [4] })])),
    TypeError,
    'dense works along the axis of steps (layer "dense"',
  );
  const [a, b] = [input({ shape: [4, 2] }), input({ shape: [4, 2] })];
  const two = model({ inputs: [a, b], outputs: layers.add().apply([a, b]) });
  assertThrows(
    () => stepper(two),
    TypeError,
    "Cannot make a stepper: it must have one input and one output, got 2 inputs",
  );
  const x = input({ shape: [4, 2] });
  const y = layers.dropout({ rate: 0.5 }).apply(x, { training: true });
  assertThrows(() => stepper(model({ inputs: x, outputs: y })), TypeError, "dropout is called with training: true");
});

Deno.test("steps of another shape, options that there are not and NaN are refused", () => {
  const net = createModel(STEPS);
  const one = stepper(net), all = stepper(net, { batchSize: 2 });
  assertThrows(() => one.step([1, 2]), TypeError);
  assertThrows(() => one.step([[1, 2, 3], [1, 2, 3]]), TypeError);
  assertThrows(() => one.step([1, 2, NaN]), RangeError);
  assertThrows(() => all.step([[1, 2, 3]]), TypeError, "Cannot step: x must have shape [2, 3], got [1, 3]");
  assertEquals(one.step(new Float32Array([1, 2, 3])), stepper(net).step(tensor([1, 2, 3])));
  assertEquals(one.steps, 1);
  assertThrows(() => stepper(net, { batchSize: 0 }), RangeError, "batchSize");
  assertThrows(() => stepper(net, { steps: 3 } as never), TypeError, "steps");
});

Deno.test("a layer may limit the steps, and keeps room for them", () => {
  /** Every step minus the first of those that are kept. */
  class Kept extends Layer {
    constructor() {
      super("kept", {}, []);
    }
    override call(t: Tracing, x: Symbolic): Symbolic {
      return t.ops.subtract(x, t.ops.slice(x, [0, 0, 0], [x.shape[0], 1, x.shape[2]]));
    }
    step(t: StepTracing, x: Symbolic): Symbolic {
      const first = t.state("first", [1, x.shape[2]]);
      const isFirst = t.ops.reshape(t.ops.equal(t.position, 0), [x.shape[0], 1, 1]);
      assert(t.maxSteps > 0);
      const kept = t.ops.where(isFirst, x, first);
      t.setState("first", kept);
      return t.ops.subtract(x, kept);
    }
  }
  const net = (steps: number | null) => sequential([layers.inputLayer({ shape: [steps, 3] }), new Kept()]);
  const s = stepper(net(STEPS));
  assertEquals(s.maxSteps, STEPS);
  const want = net(STEPS).predict([X[2]]).toArray() as number[][][];
  for (let t = 0; t < STEPS; t++) assertEquals(s.step(X[2][t]).toArray(), want[0][t]);
  assertThrows(() => s.step(X[2][0]), RangeError, "Cannot step: there is room for 5 steps, and all are done");
  s.reset();
  s.step(X[2][0]);
  assertEquals(stepper(net(null), { maxSteps: 7 }).maxSteps, 7);
  assertThrows(() => stepper(net(null)), TypeError, "kept keeps all steps, so maxSteps must say how many there may be");
});

Deno.test("a step of indices is a number; rows that there are not are refused", () => {
  const net = sequential([
    layers.embedding({ inputDim: 5, outputDim: 3, inputShape: [null] }),
    new RunningSum(),
    layers.dense({ units: 5, activation: "softmax" }),
  ]);
  const one = stepper(net), two = stepper(net, { batchSize: 2 });
  assertEquals([one.inputShape, one.outputShape, two.inputShape, two.outputShape], [[], [5], [2], [2, 5]]);
  const words = [3, 0, 4];
  words.forEach((word, t) => {
    const all = net.predict([words.slice(0, t + 1)]).toArray() as number[][][];
    assertEquals(one.step(word).toArray(), all[0][t]);
    assertEquals(two.step([word, word]).toArray(), [all[0][t], all[0][t]]);
  });
  assertThrows(() => one.step(5), RangeError);
  assertThrows(() => one.step(1.5), RangeError);
  assertEquals(one.steps, 3);
});

Deno.test("positions, and what is applied to every step, go on step by step", () => {
  for (
    const options of [{ sequenceLength: 6 }, { mode: "sinusoidal" }, { mode: "sinusoidal", maxWavelength: 9 }] as const
  ) {
    const net = sequential([
      layers.positionalEmbedding({ ...options, inputShape: [null, 3] }),
      layers.timeDistributed({ layer: layers.dense({ units: 4, activation: "tanh" }) }),
      new RunningSum(),
    ], { seed: 8 });
    const one = stepper(net);
    assertEquals(one.maxSteps, "mode" in options ? null : 6);
    X[0].forEach((sample, t) => {
      const all = net.predict([X[0].slice(0, t + 1)]).toArray() as number[][][];
      assertEquals(one.step(sample).toArray(), all[0][t]);
    });
  }
});
