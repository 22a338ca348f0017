import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the rescaling layer. */
export interface RescalingOptions extends LayerOptions {
  /** The factor. */
  scale: number;
  /** What is added after. Default 0. */
  offset?: number;
}

/** A layer that scales its input; see `layers.rescaling`. */
export class Rescaling extends Layer {
  readonly scale: number;
  readonly offset: number;

  constructor(options: RescalingOptions) {
    super("rescaling", options, ["scale", "offset"]);
    this.scale = checkNumber("create rescaling layer", "scale", options?.scale);
    this.offset = checkNumber("create rescaling layer", "offset", options.offset ?? 0);
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), scale: this.scale, offset: this.offset };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    return map(t.graph, "affine", [x], { scale: this.scale, offset: this.offset });
  }

  /** The same to each step. */
  step(t: StepTracing, x: Symbolic): Symbolic {
    return this.call(t, x);
  }
}

/**
 * Scales the data: y = x · scale + offset. Pixels from 0…255 to 0…1: scale 1/255; to −1…1: scale 1/127.5, offset −1.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const pixels = layers.rescaling({ scale: 1 / 255, inputShape: [28, 28] });
 * ```
 */
export function rescaling(options: RescalingOptions): Rescaling {
  return new Rescaling(options);
}

/** Its row of the table. */
export const rescalingRow: LayerRow = defineRow({ id: "rescaling", create: rescaling });
