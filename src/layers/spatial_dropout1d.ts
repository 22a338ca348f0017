import { defineRow } from "../tables/define_row.ts";
import type { LayerRow } from "./layer_row.ts";
import { SpatialDropout, type SpatialDropoutOptions } from "./spatial_dropout.ts";

/**
 * Dropout of whole channels: while training, a channel of a sample is set to 0 at all times with probability `rate`, and the others are
 * divided by 1 − rate. In `predict` and `evaluate` y = x.
 *
 * Shapes: x [batch, time, channels] → y of the same shape.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.spatialDropout1d({ rate: 0.2 });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1; TypeError for samples of another rank
 *
 * Source: Tompson et al., Efficient object localization using convolutional networks, CVPR 2015.
 */
export function spatialDropout1d(options: SpatialDropoutOptions): SpatialDropout {
  return new SpatialDropout(1, options);
}

/** Its row of the table. */
export const spatialDropout1dRow: LayerRow = defineRow({ id: "spatial_dropout1d", create: spatialDropout1d });
