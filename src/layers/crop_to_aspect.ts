import type { Symbolic } from "../tensor/symbolic.ts";
import { cropImages } from "./crop_images.ts";
import type { Tracing } from "./tracing.ts";

/**
 * Cuts images to the largest window, about their centre, that has the aspect ratio of `height` and `width`: its height is
 * min(⌊width of the image · height / width⌋, height of the image), not below 1, and so is its width.
 */
export function cropToAspect(
  t: Tracing,
  x: Symbolic,
  axes: readonly number[],
  [height, width]: readonly number[],
): Symbolic {
  const [rows, columns] = axes.map((axis) => x.shape[axis]);
  const lengths = [
    Math.max(1, Math.min(rows, Math.floor(columns * height / width))),
    Math.max(1, Math.min(columns, Math.floor(rows * width / height))),
  ];
  return cropImages(t, x, axes, lengths);
}
