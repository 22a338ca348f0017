import { cleanText } from "../errors/clean_text.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { Panel } from "./panel.ts";
import { Picture } from "./picture.ts";
import { PICTURE_OPTIONS, type PictureOptions, readRange, readStyle } from "./picture_options.ts";

/** Options of `plot.images`. */
export interface ImagesPlotOptions extends PictureOptions {
  /** What is written below the images, one text or number each. Default nothing. */
  labels?: ArrayLike<string | number>;
}

const WHAT = "plot images";

/**
 * Images beside each other, with their labels: as text for a terminal, as images in a notebook.
 *
 * ```ts
 * import { plot } from "retroprop";
 *
 * const plus = [[0, 0, 9, 0, 0], [0, 0, 9, 0, 0], [9, 9, 9, 9, 9], [0, 0, 9, 0, 0], [0, 0, 9, 0, 0]];
 * const minus = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [9, 9, 9, 9, 9], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]];
 * console.log(plot.images([plus, minus], { labels: ["plus", "minus"] }));
 * ```
 *
 * @param x Images [images, height, width, channels], with 1, 3 or 4 channels; one image [height, width] or [height, width, channels]; or grey
 *   images [images, height, width], where the last axis is none of 1, 3 and 4, which would be channels; a list of `ImageData`. Of 4 channels
 *   alpha is not looked at.
 * @param options Labels, layout, range and colours.
 * @returns What `console.log` and notebooks show, and `String()` makes text of.
 * @throws {TypeError | RangeError} If the data are no images, labels are not as many, or an option is unknown or out of range.
 */
export function images(x: TensorInput | Tensor, options: ImagesPlotOptions = {}): Picture {
  checkOptions(WHAT, options, ["labels", ...PICTURE_OPTIONS]);
  const style = readStyle(WHAT, options);
  const { data, shape: [count, height, width, channels] } = readImages(toTensor(x, { name: "x" }));
  const { labels } = options;
  if (labels !== undefined && labels?.length !== count) {
    throw new TypeError(`Cannot ${WHAT}: there must be ${count} labels, got ${describeValue(labels)}`);
  }
  const lightOf = readRange(WHAT, options.range, [data]);
  const size = height * width * channels;
  const panels = Array.from({ length: count }, (_, i): Panel => ({
    height,
    width,
    channels,
    pixels: data.subarray(i * size, (i + 1) * size).map(lightOf),
    label: labels === undefined ? "" : cleanText(String(labels[i])),
  }));
  return new Picture([{ title: "", panels, note: "" }], style);
}

/** Images as [images, height, width, channels]. */
function readImages(t: Tensor): Tensor {
  const { data, shape } = t;
  const last = shape[shape.length - 1];
  const isColour = last === 1 || last === 3 || last === 4;
  if (shape.length === 4 && isColour) return t;
  if (shape.length === 3) return new Tensor(data, isColour ? [1, ...shape] : [...shape, 1]);
  if (shape.length === 2) return new Tensor(data, [1, ...shape, 1]);
  throw new TypeError(
    `Cannot ${WHAT}: x must have shape [images, height, width, channels] with 1, 3 or 4 channels, or [images, height, width], ` +
      `got ${formatShape(shape)}`,
  );
}
