import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { cleanText } from "../errors/clean_text.ts";
import { describeValue } from "../errors/describe_value.ts";
import { Layer } from "../layers/layer.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { channelPanels } from "./channel_panels.ts";
import type { Panel } from "./panel.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, readRange, readStyle } from "./picture_options.ts";

/** A model, as far as its filters are concerned. */
export interface FilterSource {
  /** Its weights by name, `<layer>/<weight>`. */
  readonly weights: readonly { readonly name: string; readonly value: Tensor }[];
}

/** Options of `plot.filters`. */
export interface FiltersPlotOptions extends PictureOptions {
  /** The name of a layer, or of a weight. Default: the first weight that is a kernel [height, width, channels, filters]. */
  layer?: string;
  /** The most pictures, an integer >= 1. Default 32. */
  count?: number;
}

const WHAT = "plot filters";

/**
 * The filters of a convolution: its kernel [height, width, channels, filters] as pictures. Of three channels a picture is a filter in colours,
 * else there is a grey one for every filter and channel, `3/0` being filter 3 on channel 0.
 *
 * ```ts
 * import { plot, tensor } from "retroprop";
 *
 * console.log(plot.filters(tensor([-1, 0, 1, -2, 0, 2, -1, 0, 1], [3, 3, 1, 1])));
 * ```
 *
 * @param source A model, or a kernel.
 * @param options Which layer, how many, layout, range and colours.
 * @returns What `console.log` and notebooks show, and `String()` makes text of.
 * @throws {TypeError | RangeError} If there is no such kernel, or an option is unknown or out of range.
 */
export function filters(source: FilterSource | Tensor, options: FiltersPlotOptions = {}): Picture {
  checkOptions(WHAT, options, ["layer", "count", ...PICTURE_OPTIONS]);
  const style = readStyle(WHAT, options);
  const most = checkInteger(WHAT, "count", options.count ?? 32, { min: 1 });
  const { name, value } = findKernel(source, options.layer);
  const lightOf = readRange(WHAT, options.range, [value.data]);
  const [height, width, channels, count] = value.shape;
  const all = channels === 3 ? count : channels * count;
  const panels = channels === 3
    ? colourPanels(value, most, lightOf)
    : channelPanels(byFilter(value), most, lightOf, (k) => `${Math.floor(k / channels)}/${k % channels}`);
  const note = all > panels.length ? `… and ${all - panels.length} more` : "";
  const title = `${name} ${formatShape([height, width, channels, count])}`;
  return new Picture([{ title: cleanText(title.trim()), panels, note }], style);
}

function findKernel(source: unknown, layer: string | undefined): { readonly name: string; readonly value: Tensor } {
  if (source instanceof Tensor) {
    if (source.shape.length === 4) return { name: "", value: source };
    throw new TypeError(
      `Cannot ${WHAT}: a kernel must have shape [height, width, channels, filters], got ${formatShape(source.shape)}`,
    );
  }
  const weights: unknown = (source as FilterSource | null)?.weights;
  if (!Array.isArray(weights) || source instanceof Layer) {
    throw new TypeError(
      `Cannot ${WHAT}: it takes a model or a kernel, got ${describeValue(source)}; of a layer give its model and ` +
        '{ layer: "name" }',
    );
  }
  const kernels = (weights as FilterSource["weights"]).filter(({ value }) => value.shape.length === 4);
  const found = kernels.find(({ name }) => layer === undefined || name === layer || name.startsWith(`${layer}/`));
  if (found !== undefined) return found;
  const which = layer === undefined ? "a kernel" : `a kernel of layer ${describeValue(layer)}`;
  const names = kernels.map(({ name }) => name).join(", ");
  throw new RangeError(
    `Cannot ${WHAT}: the model has no weight of shape [height, width, channels, filters] that is ${which}` +
      (names === "" ? "" : `; there are: ${names}`),
  );
}

/** A kernel as [height, width, filters, channels]. */
function byFilter({ data, shape: [height, width, channels, count] }: Tensor): Pick<Tensor, "data" | "shape"> {
  const moved = data.map((_, i) => {
    const [place, filter, channel] = [Math.floor(i / channels / count), Math.floor(i / channels) % count, i % channels];
    return data[(place * channels + channel) * count + filter];
  });
  return { data: moved, shape: [height, width, count, channels] };
}

function colourPanels(
  { data, shape: [height, width, channels, count] }: Tensor,
  most: number,
  lightOf: (value: number) => number,
): Panel[] {
  return Array.from({ length: Math.min(count, most) }, (_, filter): Panel => ({
    height,
    width,
    channels,
    pixels: Float32Array.from({ length: height * width * channels }, (_, i) => lightOf(data[i * count + filter])),
    label: `${filter}`,
  }));
}
