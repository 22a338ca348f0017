/**
 * Inference only: loads a model that `compileModel` wrote and predicts with it, on every JavaScript runtime.
 *
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { load } from "retroprop/edge";
 *
 * const trained = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2] })]);
 * const model = load(compileModel(trained));
 * model.predict([0, 1]); // [0.5…]
 * model.predict([[0, 1], [1, 1]]); // [[…], […]]
 * ```
 *
 * @module
 */
export { FileFormatError } from "../files/file_format_error.ts";
export type { Numerics } from "../kernels/numerics.ts";
export type { Port } from "../files/compiled_format.ts";
export { EdgeModel } from "./edge_model.ts";
export type { EngineName } from "./engine.ts";
export { load } from "./load.ts";
export type { AsyncSource, EdgeLoadOptions } from "./load_model.ts";
export type { Nested, NumericArray } from "./nested.ts";
