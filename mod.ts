/**
 * Neural networks for Deno and TypeScript: Keras's layers, losses and optimizers on SIMD kernels in WebAssembly.
 *
 * ```ts
 * import { layers, optimizers, sequential } from "retroprop";
 *
 * const model = sequential([
 *   layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ], { seed: 7 });
 * model.compile({ optimizer: optimizers.sgd({ learningRate: 4.5 }), loss: "binary_crossentropy" });
 * const x = [[0, 0], [0, 1], [1, 0], [1, 1]];
 * await model.fit(x, [0, 1, 1, 0], { epochs: 200, batchSize: 4, verbose: 0 });
 * model.predict(x).toArray();
 * ```
 *
 * @module
 */
export * as activations from "./src/activations/activations.ts";
export * as callbacks from "./src/callbacks/callbacks.ts";
export * as constraints from "./src/constraints/constraints.ts";
export * as initializers from "./src/initializers/initializers.ts";
export * as layers from "./src/layers/layers.ts";
export * as losses from "./src/losses/losses.ts";
export * as metrics from "./src/metrics/metrics.ts";
export * as optimizers from "./src/optimizers/optimizers.ts";
export * as plot from "./src/plot/plot.ts";
export * as regularizers from "./src/regularizers/regularizers.ts";
export * as schedules from "./src/schedules/schedules.ts";
export { FileFormatError } from "./src/files/file_format_error.ts";
export { init } from "./src/memory/kernel_module.ts";
export type { Numerics } from "./src/memory/numerics.ts";
export { checkGradients, type GradientCheck, type GradientReport } from "./src/models/check_gradients.ts";
export { loadModel, type LoadOptions } from "./src/models/load_model.ts";
export { Sequential, sequential } from "./src/models/sequential.ts";
export { Tensor, tensor } from "./src/tensor/tensor.ts";
export { NonFiniteError } from "./src/training/non_finite_error.ts";
export type { History } from "./src/training/history.ts";
