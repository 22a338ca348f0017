import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { drawBetween } from "./draw_between.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Move } from "./move_images.ts";
import { RandomMove, type RandomMoveOptions } from "./random_move.ts";
import { type Factor, type Range, readFactor } from "./read_factor.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that makes what images show larger or smaller. */
export interface RandomZoomOptions extends RandomMoveOptions {
  /** By how much the height that is seen changes, above −1, to 1: negative numbers zoom in. One for −factor to factor, or [lower, upper]. */
  heightFactor: Factor;
  /** By how much the width that is seen changes. Default null: as the height, which keeps the aspect ratio. */
  widthFactor?: Factor | null;
}

/** A layer that makes what images show larger or smaller while training; see `layers.randomZoom`. */
export class RandomZoom extends RandomMove {
  readonly heightFactor: Range;
  readonly widthFactor: Range | null;

  constructor(options: RandomZoomOptions) {
    super("random_zoom", options, ["heightFactor", "widthFactor"]);
    const what = "create random_zoom layer";
    const limits = { minExclusive: -1, max: 1 };
    const widthFactor = options?.widthFactor ?? null;
    this.heightFactor = readFactor(what, "heightFactor", options?.heightFactor, limits);
    this.widthFactor = widthFactor === null ? null : readFactor(what, "widthFactor", widthFactor, limits);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.moveConfig(), heightFactor: this.heightFactor, widthFactor: this.widthFactor };
  }

  protected override drawMove(t: Tracing, samples: number): Move {
    const scale = ([lower, upper]: Range): Range => [1 + lower, 1 + upper];
    const ranges = [this.heightFactor, ...(this.widthFactor === null ? [] : [this.widthFactor])].map(scale);
    const [scaleY, scaleX = scaleY] = drawBetween(t, samples, ranges, this.seed);
    return { scaleX, scaleY };
  }
}

/**
 * Zooms in or out: while training, each image is seen about its centre at a height of its own, uniform in (1 + heightFactor) · height, and
 * likewise a width; a factor of −0.5 shows the middle half twice as large. In `predict` and `evaluate` y = x. Samples [height, width, channels]
 * keep their shape.
 *
 * The zoom is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const zoomed = layers.randomZoom({ heightFactor: [-0.2, 0.1], inputShape: [28, 28, 1] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomZoom(options: RandomZoomOptions): RandomZoom {
  return new RandomZoom(options);
}

/** Its row of the table. */
export const randomZoomRow: LayerRow = defineRow({ id: "random_zoom", create: randomZoom });
