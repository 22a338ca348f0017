import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { SpatialDropout, type SpatialDropout2dOptions } from "./spatial_dropout.ts";

/**
 * Dropout of whole channels: while training, a channel of a sample is set to 0 at all positions with probability `rate`, and the others are
 * divided by 1 − rate. In `predict` and `evaluate` y = x.
 *
 * Shapes: x [batch, height, width, channels], or with `dataFormat` "channels_first" [batch, channels, height, width] → y of the same
 * shape.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.spatialDropout2d({ rate: 0.2 });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1, or for an unknown `dataFormat`; TypeError for samples of another rank
 *
 * Source: Tompson et al., Efficient object localization using convolutional networks, CVPR 2015.
 */
export function spatialDropout2d(options: SpatialDropout2dOptions): SpatialDropout {
  return new SpatialDropout(2, options);
}

/** Its row of the table. */
export const spatialDropout2dRow: LayerRow = defineRow({ id: "spatial_dropout2d", create: spatialDropout2d });
