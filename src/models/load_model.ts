import { FileFormatError } from "../files/file_format_error.ts";
import { readFile } from "../files/read_file.ts";
import { checkOptions } from "../errors/check_options.ts";
import { lookUpName } from "../errors/look_up_name.ts";
import type { Layer } from "../layers/layer.ts";
import { layerTable } from "../layers/table.ts";
import type { Json } from "../tensor/json.ts";
import { readModelFile } from "./read_model_file.ts";
import { Sequential } from "./sequential.ts";

/** Makes a layer from its saved options. */
export type LayerFactory = (config: never) => Layer;

/** Options of `loadModel`. */
export interface LoadOptions {
  /** Layers of your own, by their type: functions from the saved options to the layer. */
  customLayers?: Readonly<Record<string, LayerFactory>>;
}

/**
 * Loads a model that `save` or `toBytes` wrote: architecture, weights, compile options and the state of training. Training goes on
 * from it bit for bit as if it had not stopped.
 *
 * @param source a path, a file URL, or the bytes
 * @example
 * ```ts
 * import { layers, loadModel, sequential } from "retroprop";
 * const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
 * const again = await loadModel(model.toBytes());
 * again.predict([[1, 2]]);
 * ```
 * @throws FileFormatError if it is no model file, is damaged, or comes from a later version
 */
export async function loadModel(source: string | URL | Uint8Array, options: LoadOptions = {}): Promise<Sequential> {
  checkOptions("load model", options, ["customLayers"]);
  const bytes = source instanceof Uint8Array ? source : await readFile(source);
  const file = readModelFile(bytes);
  const factories: Readonly<Record<string, LayerFactory>> = { ...layerTable, ...options.customLayers };
  try {
    const layers = file.layers.map(({ type, config }) => {
      return lookUpName("layer", type, factories)(config as { readonly [key: string]: Json } as never);
    });
    return new Sequential(layers, file.options, file);
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    throw new FileFormatError(`Cannot load model: ${cause.message}`, { cause });
  }
}
