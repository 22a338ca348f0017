import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { type DataFormat, readDataFormat } from "./data_format.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import { spatialAxes } from "./spatial_axes.ts";
import type { Tracing } from "./tracing.ts";

/** What a layer that repeats steps or pixels takes, besides what all layers take. */
interface UpSamplingOptions extends LayerOptions {
  readonly size?: unknown;
  readonly dataFormat?: DataFormat;
  readonly interpolation?: unknown;
}

/** A layer that repeats steps or pixels, or puts others between them; see `layers.upSampling1d` and `layers.upSampling2d`. */
export class UpSampling extends Layer {
  /** How often an element is repeated along each axis. */
  readonly size: readonly number[];
  readonly #interpolation: "nearest" | "bilinear";
  readonly #dataFormat: "channels_last" | "channels_first" | undefined;

  /** @param axes along how many axes: 1 or 2 */
  constructor(axes: 1 | 2, options: UpSamplingOptions = {}) {
    const type = `up_sampling${axes}d`;
    super(type, options, axes === 1 ? ["size"] : ["size", "dataFormat", "interpolation"]);
    const what = `create ${type} layer`;
    const { size = 2, interpolation = "nearest" } = options;
    const sizes = Array.isArray(size) ? size : new Array(axes).fill(size);
    if (sizes.length !== axes) {
      const forms = axes === 1 ? "a number" : "a number or [height, width]";
      throw new TypeError(`Cannot ${what}: size must be ${forms}, got ${describeValue(size)}`);
    }
    this.size = Object.freeze(sizes.map((factor: unknown) => checkInteger(what, "size", factor, { min: 1 })));
    this.#interpolation = checkString(what, "interpolation", interpolation, ["nearest", "bilinear"]);
    this.#dataFormat = axes === 1 ? undefined : readDataFormat(what, options.dataFormat);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    const common = this.commonConfig();
    return this.#dataFormat === undefined
      ? { ...common, size: this.size[0] }
      : { ...common, size: this.size, dataFormat: this.#dataFormat, interpolation: this.#interpolation };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const axes = spatialAxes(this.name || this.type, x.shape, this.size.length, this.#dataFormat);
    if (this.#interpolation === "bilinear") {
      return axes.reduce((y, axis, i) => {
        const times = this.size[i];
        return times === 1 ? y : t.graph.apply("interpolate", [y], { axis, size: times * y.shape[axis] });
      }, x);
    }
    const times = x.shape.map(() => 1);
    axes.forEach((axis, i) => times[axis] = this.size[i]);
    return times.every((factor) => factor === 1) ? x : t.graph.apply("repeat", [x], { times });
  }
}
