import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  compileModel,
  compileStepper,
  describeCompiled,
  FileFormatError,
  type FunctionalModel,
  input,
  Layer,
  layers,
  model,
  sequential,
  stepper,
  type StepTracing,
  type Symbolic,
  type Tracing,
} from "../../mod.ts";
import { load as loadSmall } from "../../src/edge/edge.ts";
import type { Description } from "../../src/files/compiled_format.ts";
import { load, loadStepper } from "../../src/edge/sequences.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { withDescription } from "./hostile_files.ts";

const STEPS = 5;
/** Float32 along another path: folded scalings. */
const TOLERANCE = 1e-6;

/** The sum of all steps until now, half of it forgotten at each step. */
class RunningSum extends Layer {
  constructor() {
    super("running_sum", {}, []);
  }

  override call(_: Tracing, x: Symbolic): Symbolic {
    return x;
  }

  step(t: StepTracing, x: Symbolic): Symbolic {
    const sum = t.ops.add(t.ops.multiply(t.state("sum", [1, x.shape[2]]), 0.5), x);
    t.setState("sum", sum);
    return t.ops.add(sum, t.ops.reshape(t.position, [x.shape[0], 1, 1]));
  }
}

function createModel(): FunctionalModel {
  const x = input({ shape: [STEPS, 3] });
  const scaled = layers.rescaling({ scale: 2, offset: 0.5 }).apply(x);
  const a = new RunningSum().apply(layers.dense({ units: 4, activation: "tanh" }).apply(scaled));
  const b = layers.layerNormalization().apply(layers.dense({ units: 4 }).apply(a));
  const joined = layers.add().apply([a, new RunningSum().apply(b)]);
  return model({ inputs: x, outputs: layers.dense({ units: 2, activation: "softmax" }).apply(joined) }, { seed: 3 });
}

const X = drawNumbers(STEPS, 3, 1);

Deno.test("a compiled stepper gives what the model's stepper gives, with every engine", () => {
  const net = createModel(), bytes = compileStepper(net, { maxSteps: 9 });
  const { steps, runtime, inputs, outputs } = describeCompiled(bytes);
  assertEquals(steps, { maxSteps: null, states: { "running_sum/sum": [1, 4], "running_sum_1/sum": [1, 4] } });
  assertEquals([runtime, inputs[0].shape, outputs[0].shape], ["retroprop/edge/sequences", [3], [2]]);
  const wanted = stepper(net);
  const found = [
    loadStepper(bytes),
    loadStepper(bytes, { numerics: "portable" }),
    loadStepper(bytes, { engine: "javascript" }),
  ];
  const y = new Float32Array(2), fast = loadStepper(bytes);
  for (const x of X) {
    const want = wanted.step(x).data;
    for (const s of found) {
      const got = s.step(x) as number[];
      want.forEach((v, i) => assertAlmostEquals(got[i], v, TOLERANCE, s.engine));
    }
    fast.run(Float32Array.from(x), y);
    want.forEach((v, i) => assertAlmostEquals(y[i], v, TOLERANCE));
  }
  assertEquals([found[0].steps, found[0].maxSteps, found[0].name], [STEPS, null, net.name]);
});

Deno.test("weights of fewer bits give nearly the same", () => {
  const net = createModel();
  const want = loadStepper(compileStepper(net)).step(X[0]) as number[];
  for (const [weights, tolerance] of [["float16", 2e-3], ["int8", 2e-2]] as const) {
    const bytes = compileStepper(net, { weights });
    const got = loadStepper(bytes).step(X[0]) as number[];
    want.forEach((v, i) => assertAlmostEquals(got[i], v, tolerance, weights));
  }
});

Deno.test("a compiled stepper goes back to a state, and begins again", () => {
  const s = loadStepper(compileStepper(createModel()));
  const first = s.step(X[0]);
  const { state } = s, second = s.step(X[1]);
  s.step(X[2]);
  s.state = state;
  assertEquals([s.steps, s.step(X[1])], [1, second]);
  s.reset();
  assertEquals(s.step(X[0]), first);
  assertThrows(() => s.state = { steps: 1, values: {} }, TypeError, '"running_sum/sum" must be a Float32Array of 4');
  assertThrows(() => s.state = { ...state, steps: -1 }, RangeError, "steps must be an integer");
  assertThrows(() => s.step([1, 2]), TypeError, "Cannot predict: x must be an array of 3 numbers");
  assertThrows(() => s.step([1, 2, NaN]), RangeError);
  assertThrows(() => s.run(new Float32Array(3), new Float32Array(3)), TypeError, "must have 3 and 2 elements");
});

Deno.test("indices are numbers, and steps that are limited end", () => {
  /** Counts down from the most steps there may be. */
  class Left extends Layer {
    constructor() {
      super("left", {}, []);
    }
    override call(_: Tracing, x: Symbolic): Symbolic {
      return x;
    }
    step(t: StepTracing, x: Symbolic): Symbolic {
      return t.ops.add(x, t.ops.reshape(t.ops.subtract(t.maxSteps, t.position), [x.shape[0], 1, 1]));
    }
  }
  const net = sequential([layers.embedding({ inputDim: 5, outputDim: 2, inputShape: [3] }), new Left()]);
  const s = loadStepper(compileStepper(net)), want = stepper(net);
  assertEquals([s.maxSteps, s.inputs[0].shape], [3, []]);
  for (const word of [4, 0, 2]) assertEquals(s.step(word), want.step(word).toArray());
  assertThrows(() => s.step(1), RangeError, "Cannot step: there is room for 3 steps, and all are done");
});

Deno.test("files of models and of steppers are not taken for each other, and steps are checked", () => {
  const net = sequential([layers.dense({ units: 2, inputShape: [4, 3] }), new RunningSum()]);
  const bytes = compileStepper(net);
  for (const open of [load, loadSmall]) {
    assertThrows(() => open(bytes), FileFormatError, 'the file is for loadStepper of "retroprop/edge/sequences"');
  }
  assertThrows(() => loadStepper(compileModel(net)), FileFormatError, "the file is for load of");
  const changes: ((steps: Record<string, unknown>, description: Description) => unknown)[] = [
    (s) => s.most = 0,
    (s) => s.most = 1.5,
    (s) => s.more = 1,
    (s) => s.position = -1,
    (s, d) => s.position = d.arenaElements,
    (s) => s.states = {},
    (s) => s.states = [null],
    (s, d) => (s.states as Record<string, unknown>[])[0].from = d.arenaElements - 1,
    (s) => (s.states as Record<string, unknown>[])[0].to = 2 ** 31,
    (s) => (s.states as Record<string, unknown>[])[0].shape = [2 ** 30],
    (s) => (s.states as Record<string, unknown>[])[0].shape = [-2],
    (s) => (s.states as Record<string, unknown>[])[0].name = "a\u0000",
    (s) => s.states = [...s.states as unknown[], ...s.states as unknown[]],
    (s, d) => {
      // All of them at once do not fit.
      const state = { shape: [d.arenaElements - 8], from: 0, to: 8 };
      s.states = ["a", "b"].map((name) => ({ ...state, name }));
    },
  ];
  loadStepper(withDescription(bytes, () => {}));
  for (const change of [...changes, null]) {
    const bad = withDescription(bytes, (d) => {
      if (change === null) d.steps = 5;
      else change(d.steps as Record<string, unknown>, d as unknown as Description);
    });
    for (const open of [loadStepper, describeCompiled]) {
      assertThrows(() => open(bad), FileFormatError, "steps must be { most, position?, states }", `${change}`);
    }
  }
});

Deno.test("what a stepper refuses, and options that there are not, are refused", () => {
  const net = sequential([
    layers.dense({ units: 2, inputShape: [4, 3] }),
    layers.globalAveragePooling1d({ name: "mean" }),
  ]);
  assertThrows(() => compileStepper(net), TypeError, 'needs all steps at once (layer "mean"');
  assertThrows(() => compileStepper(createModel(), { calibration: [] } as never), TypeError, "calibration");
  assertThrows(() => compileStepper(createModel(), { maxSteps: 0 }), RangeError, "maxSteps");
});
