import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { drawBetween } from "./draw_between.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Move } from "./move_images.ts";
import { RandomMove, type RandomMoveOptions } from "./random_move.ts";
import { type Factor, type Range, readFactor } from "./read_factor.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that turns images. */
export interface RandomRotationOptions extends RandomMoveOptions {
  /** Between which parts of a turn, −1 to 1, positive ones counter-clockwise: one number for −factor to factor, or [lower, upper]. */
  factor: Factor;
}

/** A layer that turns images while training; see `layers.randomRotation`. */
export class RandomRotation extends RandomMove {
  readonly factor: Range;

  constructor(options: RandomRotationOptions) {
    super("random_rotation", options, ["factor"]);
    this.factor = readFactor("create random_rotation layer", "factor", options?.factor, { min: -1, max: 1 });
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.moveConfig(), factor: this.factor };
  }

  protected override drawMove(t: Tracing, samples: number): Move {
    const [turns] = drawBetween(t, samples, [this.factor], this.seed);
    return { turns };
  }
}

/**
 * Turns images: while training, each by an angle of its own, uniform in 2π · factor, about its centre, counter-clockwise where it is positive.
 * In `predict` and `evaluate` y = x. Samples [height, width, channels] keep their shape.
 *
 * The angle is a function of (seed, layer, step, sample): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const turned = layers.randomRotation({ factor: 0.05, fillMode: "nearest", inputShape: [28, 28, 1] }); // up to 18 degrees
 * ```
 * @throws TypeError or RangeError if an option is none of these
 */
export function randomRotation(options: RandomRotationOptions): RandomRotation {
  return new RandomRotation(options);
}

/** Its row of the table. */
export const randomRotationRow: LayerRow = defineRow({ id: "random_rotation", create: randomRotation });
