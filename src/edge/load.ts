import type { EdgeModel } from "./edge_model.ts";
import { edgeRuntime } from "./edge_runtime.ts";
import { type AsyncSource, type EdgeLoadOptions, loadModel } from "./load_model.ts";

/**
 * Loads a model that `compileModel` wrote: at once from bytes, or as a promise from a Response, a stream, a URL or a promise
 * of these.
 *
 * A model that needs operations which this entry has not is loaded by `load` of `retroprop/edge/blocks`; `describeCompiled` says so.
 *
 * @example
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { load } from "retroprop/edge";
 * const model = load(compileModel(sequential([layers.dense({ units: 1, inputShape: [2] })])));
 * model.predict([0.5, 1]);
 * ```
 * @throws TypeError for unknown options, FileFormatError if it is no compiled model, is damaged, comes from another version, or needs
 *   an operation that this entry has not
 */
export function load(source: Uint8Array | ArrayBuffer, options?: EdgeLoadOptions): EdgeModel;
/** As above, from what has to be waited for. */
export function load(source: AsyncSource, options?: EdgeLoadOptions): Promise<EdgeModel>;
export function load(
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options?: EdgeLoadOptions,
): EdgeModel | Promise<EdgeModel> {
  return loadModel(edgeRuntime, source, options);
}
