import type { EdgeModel } from "./edge_model.ts";
import { sequencesRuntime } from "./sequences_runtime.ts";
import { type AsyncSource, type EdgeLoadOptions, loadModel } from "./load_model.ts";

/**
 * Loads a model that `compileModel` wrote: at once from bytes, or as a promise from a Response, a stream, a URL or a promise
 * of these.
 *
 * The same as `load` of `retroprop/edge`, with all operations of compiled models.
 *
 * @example
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { load } from "retroprop/edge/sequences";
 * const model = load(compileModel(sequential([layers.lstm({ units: 2, inputShape: [3, 1] })])));
 * model.predict([[0.5], [1], [2]]); // 2 numbers
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
  return loadModel(sequencesRuntime, source, options);
}
