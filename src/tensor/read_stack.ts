import { describeValue } from "../errors/describe_value.ts";
import { channelsFor } from "./channels_for.ts";
import { checkShape } from "./check_shape.ts";
import { type Channels, convertPixels } from "./convert_pixels.ts";
import { formatShape } from "./format_shape.ts";
import { isShaped } from "./is_shaped.ts";
import { isTypedArray } from "./is_typed_array.ts";
import { isPixelData, type PixelData } from "./pixel_data.ts";
import { hintAtLengths } from "./hint_at_lengths.ts";
import type { OpenShape } from "./open_shape.ts";
import type { Shape } from "./shape.ts";
import { sizeOf } from "./size_of.ts";
import type { ShapedData } from "./tensor_input.ts";

/**
 * Reads a list of tensors or images of one shape into float32 numbers, one after the other. Bytes are converted while they are copied.
 *
 * @param items The tensors or images; the first is one.
 * @param name What the data are called in errors: `x`.
 * @param sample What is said of the shape of one.
 * @throws {TypeError} If one is neither, or shapes differ (`x[3] has shape [8, 8, 4], but x[0] has [8, 9, 4]`).
 */
export function readStack(
  items: readonly unknown[],
  name: string,
  sample: OpenShape | undefined,
): { data: Float32Array; shape: Shape } {
  const channels = channelsFor(sample);
  // All are looked at before anything is allocated, so that the size is that of numbers that really are there.
  const shape = shapeOf(items[0], channels, `${name}[0]`);
  const wanted = formatShape(shape);
  for (let i = 1; i < items.length; i++) {
    const found = formatShape(shapeOf(items[i], channels, `${name}[${i}]`));
    if (found !== wanted) {
      const hint = hintAtLengths(sample);
      throw new TypeError(`Cannot read ${name}: ${name}[${i}] has shape ${found}, but ${name}[0] has ${wanted}${hint}`);
    }
  }
  const size = sizeOf(shape);
  const data = new Float32Array(items.length * size);
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as ShapedData | PixelData;
    if ("shape" in item) data.set(item.data, i * size);
    else convertPixels(item.data as Uint8Array, 4, data, channels, i * size);
  }
  return { data, shape: [items.length, ...shape] };
}

function shapeOf(item: unknown, channels: Channels, name: string): Shape {
  if (isPixelData(item, name)) return [item.height, item.width, channels];
  if (!isShaped(item)) {
    throw new TypeError(
      `Cannot read ${name}: it must be a tensor or an image, as the first is, got ${describeValue(item)}`,
    );
  }
  const shape = checkShape(`read ${name}`, "its shape", item.shape);
  if (isTypedArray(item.data, name) && item.data.length === sizeOf(shape)) return shape;
  throw new TypeError(
    `Cannot read ${name}: its data must be a typed array of ${sizeOf(shape)} numbers for shape ${
      formatShape(shape)
    }, got ` +
      describeValue(item.data),
  );
}
