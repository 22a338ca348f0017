import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  activations,
  constraints,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  schedules,
  sequential,
  tensor,
} from "../../mod.ts";
import { createClassifier } from "./create_classifier.ts";
import { hashWeights } from "./hash_weights.ts";

const X = [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]];
const Y = [0, 1, 2, 0];
// deno-lint-ignore no-explicit-any
type Any = any;

Deno.test("compile refuses what does not exist or does not go together, and keeps what was", () => {
  const model = createClassifier();
  const compile = (options: Any) => () => model.compile(options);
  assertThrows(compile({}), TypeError, "loss is missing");
  assertThrows(compile(undefined), TypeError, "loss is missing");
  assertThrows(compile({ loss: "mean_square_error" }), RangeError, 'did you mean "mean_squared_error"?');
  assertThrows(compile({ loss: "nothing at all" }), RangeError, "binary_crossentropy");
  assertThrows(compile({ loss: "mse", optimizer: "adm" }), RangeError, "adam");
  assertThrows(compile({ loss: "mse", optimizer: 3 }), TypeError, "got 3");
  assertThrows(compile({ loss: "mse", metrics: ["acuracy"] }), RangeError, "accuracy");
  assertThrows(compile({ loss: "mse", metrics: "accuracy" }), TypeError, 'metrics must be an array, got "accuracy"');
  assertThrows(compile({ loss: "mse", metrics: ["mae", "mae"] }), TypeError, "metric names must be unique");
  assertThrows(
    compile({ loss: "mse", metric: ["mae"] }),
    TypeError,
    'unknown option "metric"; did you mean "metrics"?',
  );
  assertThrows(compile({ loss: losses.meanSquaredError({ reduction: "none" }) }), RangeError, "reduction");
  model.evaluate(X, Y);
  assertEquals(model.compiledWith?.loss, "sparse_categorical_crossentropy");
});

Deno.test("tables refuse wrong options: what, rule, found", () => {
  const cases: [() => unknown, typeof TypeError, string][] = [
    [() => layers.dense({ units: 0 }), RangeError, "Cannot create dense layer: units must be an integer >= 1, got 0"],
    [() => layers.dense({ units: -3 }), RangeError, "units must be an integer >= 1, got -3"],
    [() => layers.dense({ units: 2.5 }), RangeError, "units must be an integer >= 1, got 2.5"],
    [() => layers.dense({} as Any), TypeError, "units must be an integer >= 1, got undefined"],
    [() => layers.dense(undefined as Any), TypeError, "units must be an integer >= 1, got undefined"],
    [
      () => layers.dense({ unit: 3 } as Any),
      TypeError,
      'Cannot create dense layer: unknown option "unit"; did you mean "units"?',
    ],
    [() => layers.dense({ units: 1, activation: "rellu" as Any }), RangeError, "relu"],
    [() => layers.dense({ units: 1, kernelInitializer: "glorot" as Any }), RangeError, "glorot_uniform"],
    [() => layers.dense({ units: 1, kernelRegularizer: "l3" as Any }), RangeError, "l2"],
    [() => layers.dense({ units: 1, kernelConstraint: "max" as Any }), RangeError, "max_norm"],
    [() => layers.dense({ units: 1, useBias: 1 as Any }), TypeError, "useBias must be true or false, got 1"],
    [() => layers.dense({ units: 1, inputShape: [0] }), RangeError, "inputShape must be an array of integers >= 1"],
    [() => layers.dense({ units: 1, inputShape: 3 as Any }), Error, "inputShape must be an array of integers >= 1"],
    [() => layers.dense({ units: 1, name: "a/b" }), TypeError, 'name must be a string without "/"'],
    [() => layers.dropout({ rate: 1 }), RangeError, "rate must be"],
    [() => layers.dropout({ rate: -0.1 }), RangeError, "rate must be"],
    [() => layers.dropout({} as Any), TypeError, "rate must be"],
    [() => layers.reshape({ targetShape: [-1, -1] }), RangeError, "of which one may be -1"],
    [() => layers.reshape({ targetShape: [0] }), RangeError, "targetShape"],
    [() => layers.rescaling({} as Any), TypeError, "scale must be a finite number, got undefined"],
    [() => layers.normalization({ mean: 1 }), TypeError, "mean and variance must be given together"],
    [() => layers.normalization({ mean: [1, 2], variance: [1, -2] }), RangeError, "variance >= 0"],
    [() => layers.normalization({ axis: 0 as Any }), RangeError, "axis must be -1"],
    [() => layers.normalization().adapt([[1, NaN]]), RangeError, "data has NaN at sample 0, column 1"],
    [() => layers.normalization().adapt([[1], [1, 2]]), TypeError, "data[1] has 2 numbers, but data[0] has 1"],
    [() => layers.activation({} as Any), TypeError, "activation is missing"],
    [() => layers.inputLayer({} as Any), TypeError, "shape is missing"],
    [() => layers.inputLayer({ shape: [-1] }), RangeError, "integers >= 1"],
    [() => optimizers.sgd({ learningRate: -1 }), RangeError, "learningRate must be"],
    [() => optimizers.sgd({ lerningRate: 1 } as Any), TypeError, 'did you mean "learningRate"?'],
    [() => optimizers.adam({ clipnorm: 1, clipvalue: 1 }), TypeError, "clipnorm"],
    [() => optimizers.adam({ clipnorm: 1, globalClipnorm: 1 }), TypeError, "globalClipnorm"],
    [() => optimizers.adam({ beta1: 1.5 }), RangeError, "beta1"],
    [
      () => schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 0, decayRate: 0.5 }),
      RangeError,
      "decaySteps",
    ],
    [() => regularizers.l2({ l2: -1 }), RangeError, "l2 must be"],
    [() => constraints.maxNorm({ maxValue: -1 }), RangeError, "maxValue"],
    [() => initializers.randomNormal({ stddev: -1 }), RangeError, "stddev"],
    [() => activations.elu({ alpa: 1 } as Any), TypeError, 'did you mean "alpha"?'],
    [() => losses.huber({ delta: -1 }), RangeError, "delta"],
    [() => losses.binaryCrossentropy({ labelSmoothing: 2 }), RangeError, "labelSmoothing"],
    [() => metrics.auc({ numThresholds: 1 }), RangeError, "numThresholds"],
    [() => tensor([[1], [1, 2]]), TypeError, "has 2 numbers"],
  ];
  cases.forEach(([call, error, message], i) => {
    const found = assertThrows(call, error);
    assert(found.message.includes(message), `case ${i}: ${found.message}`);
    assert(/^(Cannot|Unknown) /.test(found.message), found.message);
  });
});

Deno.test("models refuse layers that do not fit together", () => {
  const dense = () => layers.dense({ units: 2, inputShape: [3] });
  const cases: [() => unknown, typeof TypeError, string][] = [
    [() => sequential([]), TypeError, "layers must be an array of at least one layer, got []"],
    [() => sequential(dense() as Any), TypeError, "layers must be an array"],
    [() => sequential([dense(), "dense" as Any]), TypeError, "layers must be an array"],
    [() => sequential([dense()], { sed: 1 } as Any), TypeError, 'unknown option "sed"; did you mean "seed"?'],
    [() => sequential([dense()], { seed: -1 }), RangeError, "seed must be an integer from 0"],
    [() => sequential([dense()], { numerics: "exact" as Any }), RangeError, "fast"],
    [
      () => sequential([layers.dense({ units: 1, name: "a" }), layers.dense({ units: 1, name: "a" })]),
      Error,
      "names must be unique",
    ],
    [
      () => sequential([dense(), layers.reshape({ targetShape: [3] })]),
      TypeError,
      "2 elements, which do not fit targetShape [3]",
    ],
    [
      () => sequential([layers.reshape({ targetShape: [4, -1], inputShape: [6] })]),
      TypeError,
      "6 elements, which do not fit",
    ],
    [() => sequential([layers.dense({ units: 1, inputShape: [] })]), TypeError, "at least one axis"],
    [() => sequential([layers.dense({ units: 2 ** 31, inputShape: [2 ** 10] })]), RangeError, "at most 4 GiB"],
  ];
  cases.forEach(([call, error, message], i) => {
    const found = assertThrows(call, error);
    assert(found.message.includes(message), `case ${i}: ${found.message}`);
  });
  const shared = dense();
  sequential([shared]);
  const adapted = layers.normalization();
  adapted.adapt([[1, 2], [3, 4]]);
  const model = sequential([adapted]);
  assertThrows(() => model.build([3]), TypeError, "it was adapted to 2 features, but its input has shape [batch, 3]");
  model.build([2]);
  assertEquals(model.predict([[2, 3]]).toArray(), [[0, 0]]);
});

Deno.test("setWeights refuses wrong shapes, names and numbers, and changes nothing then", () => {
  const model = createClassifier();
  const before = hashWeights(model);
  const weights = model.getWeights();
  const cases: [Any, typeof TypeError, string][] = [
    [weights.slice(1), TypeError, "the model has 4 (hidden/kernel, hidden/bias, classes/kernel, classes/bias), got 3"],
    [[weights[0], weights[1], weights[2], [1, 2]], TypeError, 'weight "classes/bias": it has shape [3], got [2]'],
    [{ "hidden/bias": [1, 2, 3, 4], "hidden/kernle": [[1]] }, RangeError, 'did you mean "hidden/kernel"?'],
    [{ "hidden/bias": [1, 2, NaN, 4] }, RangeError, "NaN"],
    [null, TypeError, "got null"],
    ["weights", TypeError, 'got "weights"'],
  ];
  for (const [given, error, message] of cases) assertThrows(() => model.setWeights(given), error, message);
  assertEquals(hashWeights(model), before);
});
