import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Composes what a lambda layer gives of its inputs; `t.ops` has the ops. */
export type LambdaFunction = (t: Tracing, x: Symbolic, ...others: Symbolic[]) => Symbolic | readonly Symbolic[];

/** Options of the lambda layer. */
export interface LambdaOptions extends LayerOptions {
  /** What the layer does. Every input has the batch first, and so must every result. */
  function: LambdaFunction;
}

/** A layer that is a function; see `layers.lambda`. */
export class Lambda extends Layer {
  readonly #function: LambdaFunction;

  constructor(options: LambdaOptions) {
    super("lambda", options, ["function"]);
    const given: unknown = options?.function;
    if (typeof given !== "function") {
      const hint = given === undefined
        ? "; no file holds it: hand it over as loadModel(file, { custom: { layers: { lambda: (config) => " +
          "layers.lambda({ ...config, function: … }) } } }), where config.name says which one it is"
        : "";
      throw new TypeError(
        `Cannot create lambda layer${
          this.name === "" ? "" : ` "${this.name}"`
        }: function must be a function of (t, x), got ${describeValue(given)}${hint}`,
      );
    }
    this.#function = given as LambdaFunction;
    Object.freeze(this);
  }

  /** The common options: a function cannot be saved. */
  override get config(): Readonly<Record<string, Json>> {
    return this.commonConfig();
  }

  protected override takes(inputs: number): boolean {
    return inputs > 0;
  }

  override call(t: Tracing, x: Symbolic, ...others: Symbolic[]): Symbolic | readonly Symbolic[] {
    return this.#function(t, x, ...others);
  }
}

/**
 * A function as a layer: y = function(t, x). It has no weights; a layer with weights extends `Layer`.
 *
 * It takes any number of inputs and is composed of `t.ops`. As in Keras, a function is not saved: a file has the layer's name, and `loadModel`
 * is handed `custom: { layers: { lambda } }`.
 *
 * @example
 * ```ts
 * import { layers, loadModel, sequential } from "retroprop";
 * const square = layers.lambda({ function: ({ ops }, x) => ops.square(x), name: "square", inputShape: [2] });
 * const model = sequential([square, layers.dense({ units: 1 })]);
 * const again = await loadModel(model.toBytes(), {
 *   custom: { layers: { lambda: (config) => layers.lambda({ ...config, function: ({ ops }, x) => ops.square(x) }) } },
 * });
 * ```
 * @throws TypeError if `function` is none, or when it gives anything but tensors with the batch axis first
 */
export function lambda(options: LambdaOptions): Lambda {
  return new Lambda(options);
}

/** Its row of the table. */
export const lambdaRow: LayerRow = defineRow({ id: "lambda", create: lambda });
