import type { Channels } from "./convert_pixels.ts";
import type { OpenShape } from "./open_shape.ts";

/**
 * The channels that images are read with, as the shape of a sample says it: its last axis if that is 1, 3 or 4, grey for [height, width], and
 * all four where nobody says.
 */
export function channelsFor(sample: OpenShape | undefined): Channels {
  if (sample?.length === 2) return 1;
  const last = sample?.[2];
  return sample?.length === 3 && (last === 1 || last === 3) ? last : 4;
}
