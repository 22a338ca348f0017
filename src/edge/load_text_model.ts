import { fitsShape } from "../tensor/fits_shape.ts";
import { readCompiledEncoder } from "../files/read_compiled_encoder.ts";
import { readEncoder } from "../text/read_encoder.ts";
import { EdgeModel } from "./edge_model.ts";
import { EdgeTextModel } from "./edge_text_model.ts";
import { type AsyncSource, createEngine, type EdgeLoadOptions, openSource } from "./load_model.ts";
import { planModel } from "./plan.ts";
import { failRead, readCompiled, type Stored } from "./read_compiled.ts";
import { sequencesRuntime } from "./sequences_runtime.ts";

/**
 * Loads what `compileModel` wrote of a model whose input is strings, or integers of many digits: at once from bytes, or as a promise from a
 * Response, a stream, a URL or a promise of these. Options are those of `load`. Texts become numbers as the model's first layer makes them.
 *
 * @example
 * ```ts
 * import { compileModel, layers, sequential } from "retroprop";
 * import { loadTextModel } from "retroprop/edge/sequences";
 * const vectorize = layers.textVectorization({ vocabulary: ["good", "bad"], outputMode: "count", inputShape: [] });
 * const trained = sequential([vectorize, layers.dense({ units: 1, activation: "sigmoid" })]);
 * const model = loadTextModel(compileModel(trained));
 * model.predict("good, very good"); // 1 number
 * model.predict(["good", "bad"]); // 1 number for each
 * ```
 * @throws TypeError for unknown options, FileFormatError if it is no compiled model of texts, is damaged, comes from another version
 */
export function loadTextModel(source: Uint8Array | ArrayBuffer, options?: EdgeLoadOptions): EdgeTextModel;
/** As above, from what has to be waited for. */
export function loadTextModel(source: AsyncSource, options?: EdgeLoadOptions): Promise<EdgeTextModel>;
export function loadTextModel(
  source: Uint8Array | ArrayBuffer | AsyncSource,
  options?: EdgeLoadOptions,
): EdgeTextModel | Promise<EdgeTextModel> {
  return openSource(source, options, (bytes, options) => {
    const plan = planModel(bytes, sequencesRuntime, "loadTextModel");
    const { tensors } = readCompiled(bytes);
    const { shape, ...given } = readCompiledEncoder(plan.description, "Cannot load compiled model")!;
    const { settings, encoder } = readEncoder(given, {
      vocabulary: bytesOf(tensors.get("vocabulary"), "I8"),
      idfWeights: numbersOf(tensors.get("idf_weights")),
    }, failRead);
    const numbers = encoder.shapeOf(shape);
    if (!fitsShape(plan.input.shape, numbers) || numbers.includes(null)) {
      failRead("encoder must give samples of the input's shape");
    }
    const port = { name: plan.input.name, shape, dtype: settings.dtype };
    return new EdgeTextModel(new EdgeModel(plan, createEngine(plan, options)), encoder, port, plan.maxRows);
  });
}

function bytesOf(stored: Stored | undefined, dtype: string): Uint8Array | null {
  return stored?.dtype === dtype ? stored.data : null;
}

/** Their own copy: in a file they may lie at any address. */
function numbersOf(stored: Stored | undefined): Float32Array | null {
  const bytes = bytesOf(stored, "F32");
  return bytes === null ? null : new Float32Array(bytes.slice().buffer);
}
