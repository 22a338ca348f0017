import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { type Margin, readMargins } from "./read_margins.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** A layer that puts a border of zeros around its input; see `layers.zeroPadding1d` and `layers.zeroPadding2d`. */
export class ZeroPadding extends Layer {
  /** The zeros before and behind, for each axis. */
  readonly padding: readonly Margin[];
  readonly #dataFormat: "channels_last" | "channels_first";

  /** @param axes how many axes are padded: 1 or 2 */
  constructor(
    axes: 1 | 2,
    options: LayerOptions & { readonly padding?: unknown; readonly dataFormat?: DataFormat } = {},
  ) {
    const type = `zero_padding${axes}d`;
    super(type, options, ["padding", "dataFormat"]);
    this.padding = readMargins(`create ${type} layer`, "padding", options.padding ?? 1, axes);
    this.#dataFormat = readDataFormat(`create ${type} layer`, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const [only] = this.padding;
    return {
      ...this.commonConfig(),
      padding: this.padding.length === 1 ? only : this.padding,
      dataFormat: this.#dataFormat,
    };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const width = x.shape.map((): [number, number] => [0, 0]);
    const axes = spatialAxes(this.name || this.type, x.shape, this.padding.length, this.#dataFormat);
    axes.forEach((axis, i) => width[axis] = [...this.padding[i]]);
    return t.ops.pad(x, width);
  }
}
