import type { EdgeModel } from "./edge_model.ts";
import { blocksRuntime } from "./blocks_runtime.ts";
import { type AsyncSource, type EdgeLoadOptions, loadModel } from "./load_model.ts";

/**
 * Loads a model that `compileModel` wrote: at once from bytes, or as a promise from a Response, a stream, a URL or a promise
 * of these.
 *
 * The same as `load` of `retroprop/edge`, with more operations.
 *
 * @example
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { load } from "retroprop/edge/blocks";
 * const model = load(compileModel(sequential([layers.upSampling1d({ size: 2, inputShape: [2, 1] })])));
 * model.predict([[0.5], [1]]); // [[0.5], [0.5], [1], [1]]
 * ```
 * @throws TypeError for unknown options, FileFormatError if it is no compiled model, is damaged, comes from another version
 */
export function load(source: Uint8Array | ArrayBuffer, options?: EdgeLoadOptions): EdgeModel;
/** As above, from what has to be waited for. */
export function load(source: AsyncSource, options?: EdgeLoadOptions): Promise<EdgeModel>;
export function load(
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options?: EdgeLoadOptions,
): EdgeModel | Promise<EdgeModel> {
  return loadModel(blocksRuntime, source, options);
}
