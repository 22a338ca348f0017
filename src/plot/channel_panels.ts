import type { Tensor } from "../tensor/tensor.ts";
import type { Panel } from "./panel.ts";

/**
 * Grey pictures of the channels of a tensor [height, width, …channels], the first `most` of them.
 *
 * @param label what is written below each, by its number
 */
export function channelPanels(
  { data, shape: [height, width, ...rest] }: Pick<Tensor, "data" | "shape">,
  most: number,
  lightOf: (value: number) => number,
  label: (channel: number) => string,
): Panel[] {
  const channels = rest.reduce((product, length) => product * length, 1);
  return Array.from({ length: Math.min(channels, most) }, (_, k): Panel => ({
    height,
    width,
    channels: 1,
    pixels: Float32Array.from({ length: height * width }, (_, i) => lightOf(data[i * channels + k])),
    label: label(k),
  }));
}
