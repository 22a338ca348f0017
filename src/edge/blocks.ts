/**
 * Inference only, as `retroprop/edge`, for models that need more operations: moving elements, looking rows up, comparisons and
 * logarithms, interpolation, normalization over axes, products of two tensors. `describeCompiled(bytes).runtime` says which entry a file needs.
 *
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { load } from "retroprop/edge/blocks";
 *
 * const trained = sequential([layers.permute({ dims: [2, 1], inputShape: [2, 3] })]);
 * load(compileModel(trained)).predict([[1, 2, 3], [4, 5, 6]]); // [[1, 4], [2, 5], [3, 6]]
 * ```
 *
 * @module
 */
export { FileFormatError } from "../files/file_format_error.ts";
export type { Numerics } from "../kernels/numerics.ts";
export type { Port } from "../files/compiled_format.ts";
export { EdgeModel } from "./edge_model.ts";
export type { EngineName } from "./engine.ts";
export { load } from "./load_blocks.ts";
export type { AsyncSource, EdgeLoadOptions } from "./load_model.ts";
export type { Nested, NumericArray } from "./nested.ts";
