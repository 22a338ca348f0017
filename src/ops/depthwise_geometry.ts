import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { type ConvGeometry, convGeometry } from "./conv_geometry.ts";

/** The attributes that the ops of depthwise convolution have in common. */
export const DEPTHWISE_ATTRIBUTES: readonly string[] = ["strides", "dilation", "pads"];

/**
 * Reads shapes and attributes of a depthwise convolution of images [samples, h, w, channels] with filters [kh, kw, channels], or of sequences
 * [samples, w, channels] with filters [kw, channels]: it is a convolution with a group for each channel.
 *
 * @param op the name of the op, for messages
 * @throws {TypeError} If they do not fit each other
 */
export function depthwiseGeometry(op: string, image: Shape, filters: Shape, attributes: Attributes): ConvGeometry {
  const channels = image[image.length - 1];
  if (filters.length !== image.length - 1 || filters[filters.length - 1] !== channels) {
    throw new TypeError(
      `Cannot apply ${op}: images must be [samples, height, width, channels] and filters [height, width, channels], or both without height, got ${
        formatShape(image)
      } and ${formatShape(filters)}`,
    );
  }
  const { strides, dilation, pads } = attributes;
  const kernel = [...filters.slice(0, -1), 1, channels];
  return convGeometry(op, image, kernel, { strides, dilation, pads, groups: channels });
}
