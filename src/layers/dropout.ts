import { defineRow } from "../tables/define_row.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { dropElements } from "./drop_elements.ts";
import { ElementDropout, type ElementDropoutOptions } from "./element_dropout.ts";
import type { LayerRow } from "./layer_row.ts";
import { sharedAxes } from "./noise_shape.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the dropout layer: what is dropped is set to zero. */
export type DropoutOptions = ElementDropoutOptions;

/** A layer that drops units while training; see `layers.dropout`. */
export class Dropout extends ElementDropout {
  constructor(options: DropoutOptions) {
    super("dropout", options);
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const { rate, seed } = this;
    const shared = sharedAxes(this.name, this.noiseShape, x.shape.slice(1));
    return t.training && rate > 0 ? dropElements(t, x, { rate, seed, shared }) : x;
  }
}

/**
 * Dropout: while training, each element is set to 0 with probability `rate`, and the others are divided by 1 − rate, so that the
 * expected value stays. In `predict` and `evaluate` y = x.
 *
 * The mask is a function of (seed, layer, step, element): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const drop = layers.dropout({ rate: 0.5 });
 * const features = layers.dropout({ rate: 0.2, noiseShape: [null, 1, null] });
 * ```
 * @throws RangeError if `rate` is not >= 0 and < 1; TypeError if `noiseShape` does not fit the samples
 *
 * Source: Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014.
 */
export function dropout(options: DropoutOptions): Dropout {
  return new Dropout(options);
}

/** Its row of the table. */
export const dropoutRow: LayerRow = defineRow({ id: "dropout", create: dropout });
