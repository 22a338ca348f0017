import type { Configuration, DataConfiguration, Part } from "./configuration.ts";
import { DEFAULT_CONFIGURATION, dense } from "./default_configuration.ts";

/** A scene of the lecture. The page has its title and words, by `id`. */
export interface Preset {
  readonly id: string;
  /** The chapter it belongs to: presets of a chapter stand together. */
  readonly chapter: "backpropagation" | "neurons" | "rates" | "optimizers" | "gradients" | "generalization";
  readonly configuration: Configuration;
}

type Changes = Omit<Partial<Configuration>, "data"> & { readonly data?: Partial<DataConfiguration> };

function preset(id: string, chapter: Preset["chapter"], { data, ...changes }: Changes): Preset {
  const configuration = { ...DEFAULT_CONFIGURATION, ...changes, preset: id };
  return { id, chapter, configuration: { ...configuration, data: { ...DEFAULT_CONFIGURATION.data, ...data } } };
}

/** Layers of equal neurons. */
function stack(count: number, units: number, activation: string, options: Part["options"] = {}): Part[] {
  return Array.from({ length: count }, () => dense(units, activation, options));
}

const sgd = (options: Part["options"] = {}): Part => ({ name: "sgd", options });
const adam: Part = { name: "adam", options: {} };
const epochs = (count: number) => ({ stop: { epochs: count, loss: null, accuracy: null } });
/** The lecture's hidden sizes on XOR. */
const HIDDEN = [7, 6, 5, 4, 3, 2] as const;
/** The lecture's rates on XOR. */
export const LECTURE_RATES = [0.1, 4.5, 9, 18, 25] as const;

/** The weights of the worked example in the library's order: kernels [from][to], and the bias that the neurons of a layer share. */
const WORKED_WEIGHTS = [0.1, 0.2, 0.3, 0.4, 0.25, 0.25, 0.5, 0.7, 0.6, 0.8, 0.35, 0.35];

/** The presets: the lecture's chapters, in its order. */
export const PRESETS: readonly Preset[] = [
  preset("worked_example", "backpropagation", {
    data: { name: "worked_example" },
    layers: [dense(2, "sigmoid")],
    output: { activation: "sigmoid" },
    loss: { name: "half_sum_of_squares", options: {} },
    learningRate: 0.5,
    weights: WORKED_WEIGHTS,
  }),
  ...HIDDEN.map((units) =>
    preset(`xor_${units}`, "neurons", {
      layers: [dense(units, "sigmoid")],
      ...epochs(units === 2 ? 400 : 200),
    })
  ),
  preset("xor_plateau", "neurons", { layers: [dense(2, "sigmoid")], seed: 15, ...epochs(5000) }),
  preset("xor_valley", "neurons", { layers: [dense(2, "sigmoid")], seed: 2, ...epochs(5000) }),
  ...LECTURE_RATES.map((learningRate) =>
    preset(`rate_${String(learningRate).replace(".", "_")}`, "rates", { learningRate, ...epochs(200) })
  ),
  preset("gradient_descent", "optimizers", { data: { name: "noisy_xor" }, learningRate: 1, batchSize: null }),
  preset("stochastic", "optimizers", { data: { name: "noisy_xor" }, learningRate: 0.3, batchSize: 1 }),
  preset("momentum", "optimizers", {
    data: { name: "noisy_xor" },
    optimizer: sgd({ momentum: 0.9 }),
    learningRate: 0.1,
    batchSize: 10,
  }),
  preset("nesterov", "optimizers", {
    data: { name: "noisy_xor" },
    optimizer: sgd({ momentum: 0.9, nesterov: true }),
    learningRate: 0.1,
    batchSize: 10,
  }),
  preset("rmsprop", "optimizers", {
    data: { name: "noisy_xor" },
    optimizer: { name: "rmsprop", options: {} },
    learningRate: 0.01,
    batchSize: 10,
  }),
  preset("adam", "optimizers", { data: { name: "noisy_xor" }, optimizer: adam, learningRate: 0.01, batchSize: 10 }),
  preset("without_gradients", "optimizers", { optimizer: { name: "cma_es", options: {} } }),
  preset("vanishing", "gradients", {
    data: { name: "circle", samples: 300 },
    layers: stack(10, 8, "sigmoid"),
    learningRate: 0.5,
    batchSize: 10,
  }),
  preset("exploding", "gradients", {
    data: { name: "circle", samples: 300 },
    layers: stack(10, 16, "relu", { initializer: "random_normal", initializerScale: 1 }),
    learningRate: 0.01,
    batchSize: 10,
  }),
  preset("dead_relu", "gradients", {
    layers: [dense(8, "relu", { bias: -5 })],
    learningRate: 0.5,
  }),
  preset("linear_stack", "gradients", {
    layers: stack(2, 7, "linear"),
    learningRate: 0.5,
  }),
  preset("symmetric", "gradients", {
    layers: [dense(7, "sigmoid", { initializer: "constant", initializerScale: 0.5 })],
    output: { activation: "sigmoid", initializer: "constant", initializerScale: 0.5 },
  }),
  preset("overfitting", "generalization", {
    data: { name: "moons", samples: 80, noise: 0.45, testShare: 0.5 },
    layers: stack(2, 16, "tanh"),
    optimizer: adam,
    learningRate: 0.02,
    batchSize: 10,
  }),
  preset("dropout", "generalization", {
    data: { name: "moons", samples: 80, noise: 0.45, testShare: 0.5 },
    layers: [
      dense(16, "tanh", { l2: 0.003 }),
      { name: "dropout", options: { rate: 0.3 } },
      dense(16, "tanh", { l2: 0.003 }),
      { name: "dropout", options: { rate: 0.3 } },
    ],
    optimizer: adam,
    learningRate: 0.02,
    batchSize: 10,
  }),
  preset("spiral", "generalization", {
    data: { name: "spiral", samples: 500, noise: 0.1 },
    layers: stack(2, 8, "tanh"),
    optimizer: adam,
    learningRate: 0.03,
    batchSize: 10,
  }),
  preset("iris", "generalization", {
    data: { name: "iris" },
    layers: [{ name: "normalization", options: {} }, dense(6, "tanh")],
    output: { activation: "softmax" },
    loss: { name: "categorical_crossentropy", options: {} },
    optimizer: adam,
    learningRate: 0.03,
    batchSize: 10,
  }),
  preset("waves", "generalization", {
    data: { name: "waves", samples: 400, noise: 0.05 },
    layers: stack(2, 8, "tanh"),
    output: { activation: "linear" },
    loss: { name: "mean_squared_error", options: {} },
    optimizer: adam,
    learningRate: 0.02,
    batchSize: 10,
  }),
];
