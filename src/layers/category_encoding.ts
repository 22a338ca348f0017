import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { FoundShapes } from "./find_shapes.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { CallOptions, LayerOutput } from "./layer_output.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that makes vectors of numbers of categories. */
export interface CategoryEncodingOptions extends LayerOptions {
  /** How many categories there are: x holds integers from 0 to numTokens − 1. At most 2^24. */
  numTokens: number;
  /**
   * `"multi_hot"` (default): one vector for the numbers along the last axis, 1 for those that occur. `"count"`: how often they do, or the sum of their
   * weights, which come as a second input. `"one_hot"`: a vector for each number, along an axis of its own, or in the place of a last axis of length 1.
   */
  outputMode?: "multi_hot" | "one_hot" | "count";
}

/** A layer that makes vectors of numbers of categories; see `layers.categoryEncoding`. */
export class CategoryEncoding extends Layer {
  /** How many categories there are. */
  readonly numTokens: number;
  readonly #mode: "multi_hot" | "one_hot" | "count";

  constructor(options: CategoryEncodingOptions) {
    super("category_encoding", options, ["numTokens", "outputMode"]);
    const what = "create category_encoding layer";
    this.numTokens = checkInteger(what, "numTokens", options?.numTokens, { min: 1, max: 2 ** 24 });
    const modes = ["multi_hot", "one_hot", "count"] as const;
    this.#mode = checkString(what, "outputMode", options.outputMode ?? "multi_hot", modes);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), numTokens: this.numTokens, outputMode: this.#mode };
  }

  protected override takes(inputs: number): boolean {
    return inputs === 1 || inputs === 2 && this.#mode === "count";
  }

  /** @ignore */
  override findResults(inputs: readonly LayerOutput[], options: Readonly<CallOptions>): FoundShapes {
    const { results, indices } = super.findResults(inputs, options);
    return { results, indices: [...indices, { input: 0, limit: this.numTokens, within: "", option: "numTokens" }] };
  }

  override call({ ops }: Tracing, x: Symbolic, weights?: Symbolic): Symbolic {
    if (weights !== undefined && formatShape(weights.shape) !== formatShape(x.shape)) {
      throw new TypeError(
        `Cannot use layer "${this.name}": the weights must have the shape of the numbers, ${
          formatShape(x.shape)
        }, got ${formatShape(weights.shape)}`,
      );
    }
    const { shape } = x;
    const length = shape.length === 1 ? 1 : shape[shape.length - 1];
    // A single number needs no axis to be put together along.
    const numbers = shape.length > 1 && length === 1 ? ops.reshape(x, shape.slice(0, -1)) : x;
    const hot = ops.oneHot(numbers, this.numTokens);
    if (this.#mode === "one_hot") return hot;
    if (length > 1) {
      if (this.#mode === "multi_hot") return ops.max(hot, { axis: -2 });
      return ops.sum(weights === undefined ? hot : ops.multiply(hot, ops.expandDims(weights, -1)), { axis: -2 });
    }
    if (weights === undefined) return hot;
    return ops.multiply(hot, ops.reshape(weights, [...numbers.shape, 1]));
  }
}

/**
 * Makes vectors of numbers of categories, such as `integerLookup` or `hashing` gives, or an input holds.
 *
 * Shapes: x [batch, …, n] → [batch, …, numTokens] with `"multi_hot"` and `"count"`; `"one_hot"` [batch, …, n, numTokens], for n = 1
 * [batch, …, numTokens]. x holds integers from 0 to numTokens − 1: inputs of a model that go into the layer as they are are checked; of numbers that
 * are computed in the model others give zeros. There is a gradient for the weights of `"count"` alone.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const x = input({ shape: [2] });
 * const weights = input({ shape: [2] });
 * const y = layers.categoryEncoding({ numTokens: 4, outputMode: "count" }).apply([x, weights]);
 * model({ inputs: [x, weights], outputs: y }).predict([[[0, 1], [3, 3]], [[0.1, 0.2], [0.4, 0.2]]]); // [[0.1, 0.2, 0, 0], [0, 0, 0, 0.6]]
 * ```
 * @throws RangeError if numTokens is no integer from 1 to 2^24; TypeError for an unknown option, and for weights of another shape or mode
 */
export function categoryEncoding(options: CategoryEncodingOptions): CategoryEncoding {
  return new CategoryEncoding(options);
}

/** Its row of the table. */
export const categoryEncodingRow: LayerRow = defineRow({ id: "category_encoding", create: categoryEncoding });
