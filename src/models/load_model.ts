import { checkOptions } from "../errors/check_options.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkCustomParts, type CustomParts, type LayerFactory } from "./custom_parts.ts";
import type { Predictions } from "./form_outputs.ts";
import { makeLayersWith } from "./make_layers_with.ts";
import { readModelFile } from "./read_model_file.ts";
import { type ModelSource, readModelSource } from "./read_model_source.ts";
import { reviveModel } from "./revive_model.ts";
import type { TrainableModel } from "./trainable_model.ts";

/** Options of `loadModel`. */
export interface LoadOptions {
  /**
   * What is your own in the file: for each kind, functions from the saved options to the part, by the name that the part has as its id
   * (layers: as their type; metrics without an id: as their name).
   */
  custom?: CustomParts;
  /** The same as `custom.layers`. */
  customLayers?: Readonly<Record<string, LayerFactory>>;
}

/**
 * Loads a model that `save` or `toBytes` wrote: architecture, weights, compile options and the state of training. Training goes on
 * from it bit for bit as if it had not stopped.
 *
 * Of layers, losses, optimizers and so on of your own a file holds names and options; `custom` gives the functions. Without a layer, no
 * model can be made. Without an optimizer, a schedule or a loss, the weights are loaded, and the model is not compiled. Without an
 * activation, initializer, regularizer or constraint, an error says so where it is needed. Without a metric, a warning does.
 *
 * @typeParam Predicted what the model predicts, where that is not one tensor: `loadModel<{ label: Tensor; size: Tensor }>(bytes)`
 * @param source a path, a file URL, or the bytes: Uint8Array, ArrayBuffer, DataView, Blob, Response, or a promise of these
 * @example
 * ```ts
 * import { layers, loadModel, optimizers, sequential } from "retroprop";
 * const warm = { id: "warm", config: { rate: 0.1 }, at: (step: number) => 0.1 * Math.min(1, (step + 1) / 100) };
 * const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
 * model.compile({ optimizer: optimizers.sgd({ learningRate: warm }), loss: "mse" });
 * const again = await loadModel(model.toBytes(), { custom: { schedules: { warm: () => warm } } });
 * again.predict([[1, 2]]);
 * ```
 * @throws TypeError if there are no bytes in the source, FileFormatError if it is no model file (what it is, if that can be told), is
 *   damaged, or comes from a later version
 */
export async function loadModel<Predicted extends Predictions = Tensor>(
  source: ModelSource,
  options: LoadOptions = {},
): Promise<TrainableModel<Predicted>> {
  checkOptions("load model", options, ["custom", "customLayers"]);
  const given = checkCustomParts("load model", options.custom);
  const { customLayers } = options;
  const more = checkCustomParts("load model", customLayers === undefined ? undefined : { layers: customLayers });
  const custom: CustomParts = { ...given, layers: { ...more.layers, ...given.layers } };
  const found = readModelSource(source);
  const bytes = found instanceof Uint8Array ? found : await found;
  try {
    const file = readModelFile(bytes, custom);
    return reviveModel(file.model, makeLayersWith(custom), file) as TrainableModel<Predictions> as TrainableModel<
      Predicted
    >;
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    throw new FileFormatError(`Cannot load model: ${cause.message}`, { cause });
  }
}
