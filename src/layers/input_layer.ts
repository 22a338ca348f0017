import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { defineRow } from "../tables/define_row.ts";
import { type Dtype, DTYPES } from "../tensor/dtype.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkInputShape } from "./check_shape_options.ts";
import type { FoundShapes } from "./find_shapes.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { CallOptions, LayerOutput } from "./layer_output.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the input layer. */
export interface InputLayerOptions extends Omit<LayerOptions, "inputShape" | "trainable"> {
  /**
   * The shape of one sample, without the batch axis. null: an axis of unknown length, `[null, 16]` for sequences of 16 features. All samples of
   * a batch have one length along it; another batch may have another one.
   */
  shape: OpenShape;
  /**
   * What the values are. `"float32"` (default): numbers. `"string"` and `"int64"`, integers from −(2^53 − 1) to 2^53 − 1: directly behind such an
   * input stands a layer that makes numbers of them, as `textVectorization` does.
   */
  dtype?: Dtype;
  /** The samples in every batch, for layers that are stateful: other batches are refused then. Default: any number. */
  batchSize?: number;
}

/** A layer that states the shape of the data; see `layers.inputLayer`. */
export class InputLayer extends Layer {
  /** What the values are. */
  readonly dtype: Dtype;
  /** The samples in every batch; undefined for any number. */
  readonly batchSize: number | undefined;

  constructor(options: InputLayerOptions) {
    const { shape, dtype, batchSize, ...rest } = options ?? {};
    if (shape === undefined) {
      throw new TypeError(`Cannot create input_layer layer: shape is missing, got options ${describeValue(options)}`);
    }
    super("input_layer", { ...rest, inputShape: checkInputShape("create input_layer layer", "shape", shape) }, []);
    this.dtype = dtype === undefined ? "float32" : checkString("create input_layer layer", "dtype", dtype, DTYPES);
    this.batchSize = batchSize === undefined
      ? undefined
      : checkInteger("create input_layer layer", "batchSize", batchSize, { min: 1 });
    Object.freeze(this);
  }

  override get dtypes(): readonly Dtype[] {
    return [this.dtype];
  }

  override get config(): Readonly<Record<string, Json>> {
    const { name, inputShape, dtype, batchSize } = this;
    return {
      name,
      shape: inputShape as OpenShape,
      ...(dtype === "float32" ? {} : { dtype }),
      ...(batchSize === undefined ? {} : { batchSize }),
    };
  }

  override findResults(
    inputs: readonly LayerOutput[],
    options: Readonly<CallOptions>,
  ): FoundShapes {
    const { dtype } = this;
    if (dtype === "float32") return super.findResults(inputs, options);
    return { results: [{ shape: inputs[0].sampleShape, mask: null, dtype }], indices: [] };
  }

  override call(_t: Tracing, x: Symbolic): Symbolic {
    return x;
  }

  /** A step is as it is. */
  step(_t: StepTracing, x: Symbolic): Symbolic {
    return x;
  }

  /** What a model is given here: the beginning of a graph of layers. */
  open(): LayerOutput {
    const shape = this.inputShape as OpenShape;
    this.buildOnce([shape]);
    return this.keepNode([], {}, [{ shape, mask: null, dtype: this.dtype }]).outputs[0];
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

/**
 * An input of a model: the beginning of a graph of layers.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [4], name: "measures" });
 * const y = layers.dense({ units: 3, activation: "softmax" }).apply(x);
 * const m = model({ inputs: x, outputs: y });
 * ```
 * @throws RangeError if `shape` is not a list of integers >= 1 or null
 */
export function input(options: InputLayerOptions): LayerOutput {
  return new InputLayer(options).open();
}

/** Its row of the table. */
export const inputLayerRow: LayerRow = defineRow({ id: "input_layer", create: inputLayer });
