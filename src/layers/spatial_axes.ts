import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/**
 * Which axes of a batch are steps, or height and width.
 *
 * @param layer the name of the layer, for the message
 * @param count how many there are: 1 for [steps, features], 2 for images
 * @throws {TypeError} If the batch has another number of axes
 */
export function spatialAxes(
  layer: string,
  shape: Shape,
  count: number,
  dataFormat: "channels_last" | "channels_first" = "channels_last",
): readonly number[] {
  if (shape.length !== count + 2) {
    const names = count === 1 ? ["steps"] : ["height", "width"];
    const channels = count === 1 ? "features" : "channels";
    const wanted = `[${(dataFormat === "channels_last" ? [...names, channels] : [channels, ...names]).join(", ")}]`;
    throw new TypeError(
      `Cannot apply layer "${layer}": samples must have shape ${wanted}, got ${formatShape(shape.slice(1))}`,
    );
  }
  const first = dataFormat === "channels_last" ? 1 : 2;
  return Array.from({ length: count }, (_, i) => first + i);
}
