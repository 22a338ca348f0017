import type { Configuration, OptionValues, Part } from "../../configuration/configuration.ts";
import type { Fields } from "../../configuration/field.ts";
import { LAYER_FIELDS } from "../../configuration/layer_fields.ts";
import { hasRate } from "../../configuration/optimizer_fields.ts";
import { SCHEDULE_FIELDS } from "../../configuration/schedule_fields.ts";
import { camelCase } from "../../../../src/errors/camel_case.ts";
import type { Call, CallValue } from "./call.ts";

/** The calls that make a configuration's model. */
export interface Plan {
  readonly layers: readonly Call[];
  readonly optimizer: Call;
  readonly loss: Call;
}

/** What the library calls layers whose names have capitals. */
const LAYER_NAMES: Readonly<Record<string, string>> = { relu: "reLU", leaky_relu: "leakyReLU" };

/** What the scale of an initializer is called: the options it is written with. */
const SCALES: Readonly<Record<string, (scale: number) => Record<string, number>>> = {
  random_normal: (stddev) => ({ stddev: Math.abs(stddev) }),
  truncated_normal: (stddev) => ({ stddev: Math.abs(stddev) }),
  random_uniform: (limit) => ({ minval: -Math.abs(limit), maxval: Math.abs(limit) }),
  constant: (value) => ({ value }),
  orthogonal: (gain) => ({ gain }),
};

/** The calls for a configuration whose network takes `inputs` numbers and gives `outputs`. */
export function planOf(configuration: Configuration, inputs: number, outputs: number): Plan {
  const { layers, output, loss } = configuration;
  const hidden = layers.map(({ name, options }) => {
    if (name === "dense") return planDense(options);
    return {
      call: `layers.${LAYER_NAMES[name] ?? camelCase(name)}`,
      options: { ...initialsOf(LAYER_FIELDS[name]), ...options },
    };
  });
  const [first, ...rest] = [...hidden, planDense({ units: outputs, ...output })];
  return {
    layers: [{ ...first, options: { ...first.options, inputShape: [inputs] } }, ...rest],
    optimizer: planOptimizer(configuration),
    loss: callOf("losses", loss),
  };
}

/** What options are where nothing is said: the library asks for some of them. */
function initialsOf(fields: Fields): OptionValues {
  return Object.fromEntries(Object.entries(fields).map(([name, { initial }]) => [name, initial]));
}

function callOf(namespace: string, { name, options }: Part): Call {
  return { call: `${namespace}.${camelCase(name)}`, options };
}

/** A dense layer: the configuration's options are flat, the library's are not. */
function planDense({ initializer, initializerScale, bias, l1, l2, ...options }: OptionValues): Call {
  const more: Record<string, CallValue> = options.units === undefined
    ? { units: LAYER_FIELDS.dense.units.initial }
    : {};
  if (typeof initializer === "string") {
    const scale = typeof initializerScale === "number" ? SCALES[initializer]?.(initializerScale) : undefined;
    more.kernelInitializer = scale === undefined
      ? initializer
      : { call: `initializers.${camelCase(initializer)}`, options: scale };
  }
  if (typeof bias === "number" && bias !== 0) {
    more.biasInitializer = { call: "initializers.constant", options: { value: bias } };
  }
  const penalties = Object.entries({ l1, l2 }).filter(([, value]) => typeof value === "number" && value !== 0);
  if (penalties.length > 0) {
    more.kernelRegularizer = {
      call: "regularizers.l1L2",
      options: Object.fromEntries(penalties) as Record<string, number>,
    };
  }
  return { call: "layers.dense", options: { ...options, ...more } };
}

function planOptimizer({ optimizer, learningRate, schedule }: Configuration): Call {
  if (!hasRate(optimizer.name)) return callOf("optimizers", optimizer);
  const rate = planRate(learningRate, schedule);
  if (optimizer.name === "evolution_strategy") {
    const { optimizer: inner = "adam", ...options } = optimizer.options;
    const step = callOf("optimizers", { name: inner as string, options: {} });
    return {
      call: "optimizers.evolutionStrategy",
      options: { ...options, optimizer: { ...step, options: { learningRate: rate } } },
    };
  }
  const { call, options } = callOf("optimizers", optimizer);
  return { call, options: { learningRate: rate, ...options } };
}

function planRate(learningRate: number, schedule: Part | null): CallValue {
  if (schedule === null) return learningRate;
  const { call, options } = callOf("schedules", schedule);
  const name = schedule.name === "one_cycle" ? "maxLearningRate" : "initialLearningRate";
  return { call, options: { [name]: learningRate, ...initialsOf(SCHEDULE_FIELDS[schedule.name]), ...options } };
}
