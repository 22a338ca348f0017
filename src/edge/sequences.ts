/**
 * Inference only, as `retroprop/edge/blocks`, for models of sequences as well, whole or one step at a time, and of texts.
 * `describeCompiled(bytes).runtime` says which entry a file needs.
 *
 * ```ts
 * import { compileStepper, layers, sequential } from "retroprop";
 * import { loadStepper } from "retroprop/edge/sequences";
 *
 * const trained = sequential([layers.embedding({ inputDim: 30, outputDim: 8, inputShape: [null] }), layers.lstm({ units: 30 })]);
 * const s = loadStepper(compileStepper(trained));
 * s.step(7); // 30 numbers
 * ```
 *
 * @module
 */
export { FileFormatError } from "../files/file_format_error.ts";
export type { Numerics } from "../kernels/numerics.ts";
export type { Port } from "../files/compiled_format.ts";
export { EdgeModel } from "./edge_model.ts";
export type { EngineName } from "./engine.ts";
export { EdgeStepper, type EdgeStepperState } from "./edge_stepper.ts";
export { EdgeTextModel, type TextPort } from "./edge_text_model.ts";
export { load } from "./load_sequences.ts";
export { loadStepper } from "./load_stepper.ts";
export { loadTextModel } from "./load_text_model.ts";
export type { AsyncSource, EdgeLoadOptions } from "./load_model.ts";
export type { Nested, NumericArray } from "./nested.ts";
