import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { type Margin, readMargins } from "./read_margins.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** A layer that cuts off the border of its input; see `layers.cropping1d` and `layers.cropping2d`. */
export class Cropping extends Layer {
  /** What is cut off before and behind, for each axis. */
  readonly cropping: readonly Margin[];
  readonly #dataFormat: "channels_last" | "channels_first" | undefined;

  /** @param axes how many axes are cut: 1 or 2 */
  constructor(
    axes: 1 | 2,
    options: LayerOptions & { readonly cropping?: unknown; readonly dataFormat?: DataFormat } = {},
  ) {
    const type = `cropping${axes}d`;
    super(type, options, axes === 1 ? ["cropping"] : ["cropping", "dataFormat"]);
    this.cropping = readMargins(`create ${type} layer`, "cropping", options.cropping ?? (axes === 1 ? 1 : 0), axes);
    this.#dataFormat = axes === 1 ? undefined : readDataFormat(`create ${type} layer`, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const [only] = this.cropping;
    return {
      ...this.commonConfig(),
      cropping: this.cropping.length === 1 ? only : this.cropping,
      ...(this.#dataFormat === undefined ? {} : { dataFormat: this.#dataFormat }),
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const begin = x.shape.map(() => 0);
    const size = [...x.shape];
    const axes = spatialAxes(this.name || this.type, x.shape, this.cropping.length, this.#dataFormat);
    axes.forEach((axis, i) => {
      const [before, after] = this.cropping[i];
      begin[axis] = before;
      size[axis] -= before + after;
    });
    if (size.some((length) => length <= 0)) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": cropping must leave something of samples of shape ${
          formatShape(x.shape.slice(1))
        }, got ${this.cropping.map((margin) => formatShape(margin)).join(" and ")}`,
      );
    }
    return t.ops.slice(x, begin, size);
  }
}
