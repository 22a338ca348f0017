import { defineRow } from "../tables/define_row.ts";
import type { DataFormat } from "./data_format.ts";
import type { LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { ZeroPadding } from "./zero_padding.ts";

/** Options of the layer that pads sequences. */
export interface ZeroPadding1dOptions extends LayerOptions {
  /** How many steps of zeros are added: at both ends, or [at the beginning, at the end]. Default 1. */
  padding?: number | readonly [number, number];
  /** `channels_last` for samples [steps, features], the default, or `channels_first`. */
  dataFormat?: DataFormat;
}

/**
 * Adds steps of zeros at both ends of a sequence: [batch, steps, features] → [batch, before + steps + after, features].
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const padded = layers.zeroPadding1d({ padding: [2, 0], inputShape: [10, 4] }); // gives [12, 4]
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function zeroPadding1d(options?: ZeroPadding1dOptions): ZeroPadding {
  return new ZeroPadding(1, options);
}

/** Its row of the table. */
export const zeroPadding1dRow: LayerRow = defineRow({ id: "zero_padding1d", create: zeroPadding1d });
