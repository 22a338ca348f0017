import { defineRow } from "../tables/define_row.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { dropElements } from "./drop_elements.ts";
import { ElementDropout, type ElementDropoutOptions } from "./element_dropout.ts";
import type { LayerRow } from "./layer_row.ts";
import { sharedAxes } from "./noise_shape.ts";
import type { Tracing } from "./tracing.ts";

/** Options of alpha dropout: what is dropped is set to SELU's lower limit. */
export type AlphaDropoutOptions = ElementDropoutOptions;

/** SELU's lower limit, −alpha · scale. */
const LOWEST = -1.6732632423543772 * 1.0507009873554805;

/** A layer that drops units behind SELU while training; see `layers.alphaDropout`. */
export class AlphaDropout extends ElementDropout {
  constructor(options: AlphaDropoutOptions) {
    super("alpha_dropout", options);
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { rate, seed } = this;
    const shared = sharedAxes(this.name, this.noiseShape, x.shape.slice(1));
    if (!t.training || rate === 0) return x;
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * LOWEST * LOWEST));
    const b = -a * LOWEST * rate;
    // (x − α′) · keep + α′ is x where it is kept and α′ elsewhere; the dropout divides by 1 − rate.
    const above = map(t.graph, "affine", [x], { scale: 1, offset: -LOWEST });
    const kept = dropElements(t, above, { rate, seed, shared });
    return map(t.graph, "affine", [kept], { scale: a * (1 - rate), offset: a * LOWEST + b });
  }
}

/**
 * Alpha dropout, for networks of SELU units: while training y = a · (x · keep + α′ · (1 − keep)) + b, where an element is not kept with
 * probability `rate`. α′ = −1.7581 is SELU's lower limit; a = ((1 − rate) · (1 + rate · α′²))^−½ and b = −a · α′ · rate keep mean 0 and
 * variance 1. In `predict` and `evaluate` y = x.
 *
 * The mask is a function of (seed, layer, step, element): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.alphaDropout({ rate: 0.1 });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1; TypeError if `noiseShape` does not fit the samples
 *
 * Source: Klambauer et al., Self-normalizing neural networks, NeurIPS 2017.
 */
export function alphaDropout(options: AlphaDropoutOptions): AlphaDropout {
  return new AlphaDropout(options);
}

/** Its row of the table. */
export const alphaDropoutRow: LayerRow = defineRow({ id: "alpha_dropout", create: alphaDropout });
