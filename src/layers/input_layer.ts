import { describeValue } from "../errors/describe_value.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSampleShape, Layer, type LayerOptions, type Tracing } from "./layer.ts";

/** Options of the input layer. */
export interface InputLayerOptions extends Omit<LayerOptions, "inputShape" | "trainable"> {
  /** The shape of one sample, without the batch axis. */
  shape: Shape;
}

/** A layer that states the shape of the data; see `layers.inputLayer`. */
export class InputLayer extends Layer {
  constructor(options: InputLayerOptions) {
    const { shape, ...rest } = options ?? {};
    if (shape === undefined) {
      throw new TypeError(`Cannot create input_layer layer: shape is missing, got options ${describeValue(options)}`);
    }
    super("input_layer", { ...rest, inputShape: checkSampleShape("create input_layer layer", "shape", shape) }, []);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { name: this.name, shape: this.inputShape as Shape };
  }

  override call(_t: Tracing, x: Symbolic): Symbolic {
    return x;
  }
}

/**
 * States the shape of one sample, as the first layer of a model: y = x.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 3 })]);
 * ```
 */
export function inputLayer(options: InputLayerOptions): InputLayer {
  return new InputLayer(options);
}
