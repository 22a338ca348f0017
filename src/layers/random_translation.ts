import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { drawBetween } from "./draw_between.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Move } from "./move_images.ts";
import { RandomMove, type RandomMoveOptions } from "./random_move.ts";
import { type Factor, type Range, readFactor } from "./read_factor.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that shifts images. */
export interface RandomTranslationOptions extends RandomMoveOptions {
  /** Between which parts of the height, −1 to 1, positive ones down: one number for −factor to factor, or [lower, upper]. */
  heightFactor: Factor;
  /** Between which parts of the width, −1 to 1, positive ones to the right: one number for −factor to factor, or [lower, upper]. */
  widthFactor: Factor;
}

/** A layer that shifts images while training; see `layers.randomTranslation`. */
export class RandomTranslation extends RandomMove {
  readonly heightFactor: Range;
  readonly widthFactor: Range;

  constructor(options: RandomTranslationOptions) {
    super("random_translation", options, ["heightFactor", "widthFactor"]);
    const what = "create random_translation layer";
    this.heightFactor = readFactor(what, "heightFactor", options?.heightFactor, { min: -1, max: 1 });
    this.widthFactor = readFactor(what, "widthFactor", options.widthFactor, { min: -1, max: 1 });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.moveConfig(), heightFactor: this.heightFactor, widthFactor: this.widthFactor };
  }

  protected override drawMove(t: Tracing, samples: number, height: number, width: number): Move {
    const shift = ([lower, upper]: Range, length: number): Range => [-lower * length, -upper * length];
    const ranges = [shift(this.heightFactor, height), shift(this.widthFactor, width)];
    const [shiftY, shiftX] = drawBetween(t, samples, ranges, this.seed);
    return { shiftX, shiftY };
  }
}

/**
 * Shifts images: while training, each by a number of rows of its own, uniform in heightFactor · height, down where it is positive, and by a
 * number of columns, uniform in widthFactor · width, to the right; also by parts of a pixel. In `predict` and `evaluate` y = x. Samples
 * [height, width, channels] keep their shape.
 *
 * The shift is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const shifted = layers.randomTranslation({ heightFactor: 0.1, widthFactor: [-0.2, 0.1], inputShape: [28, 28, 1] });
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomTranslation(options: RandomTranslationOptions): RandomTranslation {
  return new RandomTranslation(options);
}

/** Its row of the table. */
export const randomTranslationRow: LayerRow = defineRow({ id: "random_translation", create: randomTranslation });
