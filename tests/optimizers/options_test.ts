import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { integerPower } from "../../src/tensor/integer_power.ts";
import { adam } from "../../src/optimizers/adam.ts";
import { nadam } from "../../src/optimizers/nadam.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import { sgd } from "../../src/optimizers/sgd.ts";
import { type OptimizerName, optimizerTable } from "../../src/optimizers/gen/table.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { exponentialDecay } from "../../src/schedules/exponential_decay.ts";
import { gradientOptimizers, resolveGradientOptimizer as resolveOptimizer } from "./gradient_optimizers.ts";

const names = gradientOptimizers;
const create = (id: OptimizerName, options: object) => optimizerTable[id].create(options) as Optimizer;

const { common, ...defaults } = golden.defaults;

Deno.test("optimizers: every row has defaults to be held against", () =>
  assertEquals(Object.keys(defaults).sort(), [...names].sort()));

for (const id of names) {
  Deno.test(`optimizer ${id}: Keras's defaults, in full in the saved form`, () => {
    const optimizer = resolveOptimizer(id);
    assertEquals(optimizer.id, id);
    assertEquals(optimizer.config, { ...common, ...defaults[id as keyof typeof defaults] });
    assertEquals(optimizer.learningRate, optimizer.config.learningRate);
  });

  Deno.test(`optimizer ${id}: JSON and back`, () => {
    const schedule = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });
    const options = { learningRate: schedule, weightDecay: 0.25, clipnorm: 3, useEma: true, emaMomentum: 0.5 };
    const optimizer = create(id, { ...options, emaOverwriteFrequency: 7, gradientAccumulationSteps: 2 });
    const { config } = optimizer;
    const again = resolveOptimizer(JSON.parse(JSON.stringify({ id, config })));
    assertEquals(again.config, optimizer.config);
    const rule = (o: Optimizer) => "formula" in o ? [o.formula, o.scalars, o.slots] : o.cellCount;
    assertEquals(rule(again), rule(optimizer));
    assertEquals((again.learningRate as typeof schedule).at(13), schedule.at(13));
    assertEquals(again.cells(12, 0.1), optimizer.cells(12, 0.1));
    assertEquals(resolveOptimizer(optimizer), optimizer);
  });

  Deno.test(`optimizer ${id}: every option is checked`, () => {
    const refuse = (options: object, type: typeof RangeError | typeof TypeError, message: string) =>
      assertThrows(() => create(id, options), type, `Cannot create ${id} optimizer: ${message}`);
    refuse({ learningRate: -1 }, RangeError, "learningRate must be a number >= 0, got -1");
    refuse({ learningRate: NaN }, RangeError, "learningRate must be a number >= 0, got NaN");
    refuse({ learningRate: "0.1" }, TypeError, 'learningRate must be a number >= 0, got "0.1"');
    refuse({ weightDecay: -0.1 }, RangeError, "weightDecay must be a number >= 0, got -0.1");
    for (const clip of ["clipnorm", "clipvalue", "globalClipnorm"]) {
      refuse({ [clip]: 0 }, RangeError, `${clip} must be a number > 0, got 0`);
      refuse({ [clip]: -2 }, RangeError, `${clip} must be a number > 0, got -2`);
      refuse({ [clip]: true }, TypeError, `${clip} must be a number > 0, got true`);
    }
    refuse(
      { clipnorm: 1, clipvalue: 2 },
      TypeError,
      "clipnorm, clipvalue and globalClipnorm exclude each other, got clipnorm 1 and clipvalue 2",
    );
    refuse({ clipvalue: 1, globalClipnorm: 2 }, TypeError, "clipnorm, clipvalue and globalClipnorm exclude each other");
    refuse({ clipnorm: 1, globalClipnorm: 2 }, TypeError, "clipnorm, clipvalue and globalClipnorm exclude each other");
    refuse({ useEma: 1 }, TypeError, "useEma must be true or false, got 1");
    refuse({ emaMomentum: 1.5 }, RangeError, "emaMomentum must be a number >= 0 and <= 1, got 1.5");
    refuse({ emaOverwriteFrequency: 0 }, RangeError, "emaOverwriteFrequency must be an integer >= 1, got 0");
    refuse({ gradientAccumulationSteps: 1 }, RangeError, "gradientAccumulationSteps must be an integer >= 2, got 1");
    refuse({ lerningRate: 1 }, TypeError, 'unknown option "lerningRate"; did you mean "learningRate"?');
    refuse({ learning_rate: 1 }, TypeError, 'unknown option "learning_rate"; options are camelCase: use learningRate');
    refuse({ ["__proto__x"]: 1 }, TypeError, "unknown option");
  });
}

Deno.test("optimizers: the options of each are checked", () => {
  const bad: [OptimizerName, string, unknown, typeof RangeError | typeof TypeError][] = [
    ["sgd", "momentum", 1.1, RangeError],
    ["sgd", "momentum", -0.1, RangeError],
    ["sgd", "nesterov", "yes", TypeError],
    ["rmsprop", "rho", 1, RangeError],
    ["rmsprop", "momentum", 2, RangeError],
    ["rmsprop", "epsilon", 0, RangeError],
    ["rmsprop", "centered", 0, TypeError],
    ["adam", "beta1", 1, RangeError],
    ["adam", "beta2", -0.5, RangeError],
    ["adam", "epsilon", -1e-7, RangeError],
    ["adam", "amsgrad", null, TypeError],
    ["adamw", "weightDecay", null, TypeError],
    ["adamw", "beta1", 1, RangeError],
    ["adamax", "beta2", 1, RangeError],
    ["adamax", "epsilon", 0, RangeError],
    ["nadam", "beta1", 1, RangeError],
    ["nadam", "epsilon", Infinity, RangeError],
    ["adagrad", "initialAccumulatorValue", -1, RangeError],
    ["adagrad", "epsilon", 0, RangeError],
    ["adadelta", "rho", 1, RangeError],
    ["adadelta", "epsilon", 0, RangeError],
    ["lion", "beta1", 0, RangeError],
    ["lion", "beta2", 1, RangeError],
    ["lamb", "beta2", 1, RangeError],
    ["lamb", "epsilon", 0, RangeError],
    ["ftrl", "learningRate", 0, RangeError],
    ["ftrl", "learningRatePower", 0.5, RangeError],
    ["ftrl", "initialAccumulatorValue", -1, RangeError],
    ["ftrl", "l1RegularizationStrength", -1, RangeError],
    ["ftrl", "beta", "1", TypeError],
    ["adafactor", "beta2Decay", 0.8, RangeError],
    ["adafactor", "epsilon1", 0, RangeError],
    ["adafactor", "clipThreshold", 0, RangeError],
    ["adafactor", "relativeStep", 1, TypeError],
    ["muon", "momentum", 1.5, RangeError],
    ["muon", "nsSteps", 0, RangeError],
    ["muon", "rmsRate", 0, RangeError],
    ["muon", "excludeLayers", "dense", TypeError],
    ["muon", "excludeLayers", ["den.*"], TypeError],
    ["muon", "adamWeightDecay", -1, RangeError],
    ["adam_schedule_free", "beta1", 0, RangeError],
    ["adam_schedule_free", "warmupSteps", 1.5, RangeError],
  ];
  for (const [id, name, value, type] of bad) {
    if (value === null && id !== "adamw") continue; // null means the default
    assertThrows(() => create(id, { [name]: value }), type, `Cannot create ${id} optimizer: ${name} must`);
  }
});

Deno.test("optimizers: names in every spelling, and unknown ones", () => {
  for (const name of ["rmsprop", "RMSprop", "RMSProp"]) assertEquals(resolveOptimizer(name).id, "rmsprop");
  for (const name of ["adamw", "AdamW", "adamW"]) assertEquals(resolveOptimizer(name).id, "adamw");
  assertThrows(() => resolveOptimizer("adm"), RangeError, 'Unknown optimizer "adm"; did you mean "adam"?');
  assertThrows(() => resolveOptimizer("__proto__"), RangeError, "Unknown optimizer");
  assertThrows(() => resolveOptimizer(3 as never), TypeError, "Cannot resolve optimizer");
  assertThrows(() => resolveOptimizer(null as never), TypeError, "Cannot resolve optimizer");
});

Deno.test("optimizers: what is not needed takes no memory", () => {
  const slotsOf = (optimizer: Optimizer) => "formula" in optimizer ? optimizer.slots.map(({ name }) => name) : null;
  assertEquals(slotsOf(sgd()), []);
  assertEquals(slotsOf(sgd({ momentum: 0.9 })), ["momentum"]);
  assertEquals(slotsOf(adam()), ["momentum", "velocity"]);
  assertEquals(slotsOf(adam({ amsgrad: true })), ["momentum", "velocity", "velocity_hat"]);
});

Deno.test("integerPower agrees with Math.pow", () => {
  for (const base of [0, 0.5, 0.9, 0.999, 1]) {
    for (const exponent of [0, 1, 2, 3, 10, 1000, 12345, 2 ** 40]) {
      const expected = base ** exponent;
      assertAlmostEquals(integerPower(base, exponent), expected, 1e-11 * expected);
    }
  }
});

Deno.test("nadam's cells at a late step need no long loop and have their limit", () => {
  const optimizer = nadam({ learningRate: 1 });
  const [alpha, gamma, correction] = optimizer.cells(2 ** 40, 1);
  assertAlmostEquals(alpha, 0.9, 1e-15);
  assertAlmostEquals(gamma, 0.1, 1e-15);
  assertEquals(correction, 1);
});
