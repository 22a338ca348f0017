import type { Signature } from "../data/signature.ts";
import { InputLayer } from "../layers/input_layer.ts";
import { checkInputShape } from "../layers/check_shape_options.ts";
import type { Layer } from "../layers/layer.ts";
import { LayerGraph } from "../layers/layer_graph.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import type { LayerSource } from "./model_parts.ts";
import { describeInput } from "./describe_input.ts";
import type { ModelOptions } from "./options.ts";
import type { ModelFile } from "./read_model_file.ts";
import { TrainableModel } from "./trainable_model.ts";

/** A stack of layers, each with one input and one output. */
export class Sequential extends TrainableModel {
  /** As `sequential`. `file` brings the values of the weights and the state of training, for `loadModel`. */
  constructor(
    layers: readonly (Layer | LayerSource)[],
    options: ModelOptions = {},
    file: ModelFile | null = null,
  ) {
    super("sequential", layers, options);
    const saved = file !== null && file.model.type === "sequential" ? file.model.inputShape : undefined;
    const inputShape = saved ?? this.layers[0].inputShape;
    if (inputShape !== undefined) {
      this.buildGraph(() => stack(`build model "${this.name}"`, this.layers, inputShape), file);
    }
  }

  /**
   * Makes the weights for samples of the given shape, in which null is an axis of unknown length. It happens by itself where the first layer has an `inputShape`, or at `fit`.
   *
   * @throws TypeError if the model is built for another shape already, or a layer cannot take it; RangeError if it is no shape
   */
  override build(inputShape: OpenShape): void {
    const shape = checkInputShape(`build model "${this.name}"`, "inputShape", inputShape);
    if (!this.isBuilt) return this.buildGraph(() => stack(`build model "${this.name}"`, this.layers, shape), null);
    const built = this.network.inputShape;
    if (fitsShape(shape, built)) return;
    throw new TypeError(
      `Cannot build model "${this.name}": it is built for samples of shape ${formatSample(built)}, got ${
        formatSample(shape)
      }; make a new model`,
    );
  }

  /** @ignore */
  override describePorts(graph: LayerGraph): Signature {
    const { inputs: [input], outputs: [output] } = graph;
    const [first, last] = [this.layers[0].name, this.layers[this.layers.length - 1].name];
    return {
      inputs: [{ name: input.name, layer: first, shape: input.sampleShape, ...describeInput(graph, 0) }],
      outputs: [{
        name: last,
        layer: last,
        shape: output.sampleShape,
        ...(output.sampleMask === null ? {} : { mask: output.sampleMask }),
      }],
      inputForm: "one",
      outputForm: "one",
    };
  }

  /** @ignore */
  override describe(): { readonly [key: string]: Json } {
    return {
      type: "sequential",
      name: this.name,
      seed: this.seed,
      numerics: this.numerics,
      inputShape: this.network.inputShape,
      ...this.describeNames(),
      layers: this.layers.map(({ type, config }) => ({ type, config })),
    };
  }
}

/** The calls of layers one after the other. */
function stack(what: string, layers: readonly Layer[], shape: OpenShape): LayerGraph {
  const given = new InputLayer({ name: "input", shape, dtype: layers[0].dtypes[0] }).open();
  let output = given;
  for (const layer of layers) {
    const { outputs } = layer.addNode([output]);
    if (outputs.length > 1) {
      throw new TypeError(
        `Cannot ${what}: each layer of a stack must give one result, but layer "${layer.name}" gives ${outputs.length}; ` +
          "write model({ inputs, outputs })",
      );
    }
    [output] = outputs;
  }
  return new LayerGraph(what, [given], [output]);
}

/**
 * Makes a model that is a stack of layers.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ], { seed: 7 });
 * model.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: ["accuracy"] });
 * ```
 * A layer may be a model.
 *
 * @throws TypeError if `layers` is empty or holds something else, or two layers have one name
 */
export function sequential(layers: readonly (Layer | LayerSource)[], options?: ModelOptions): Sequential {
  return new Sequential(layers, options);
}

export type { TensorInput };
