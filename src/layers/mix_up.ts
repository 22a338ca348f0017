import { checkNumber } from "../errors/check_number.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import { mixedBatch } from "./mixed_batch.ts";
import type { Tracing } from "./tracing.ts";

/** Options of the layer that blends samples. */
export interface MixUpOptions extends LayerOptions {
  /** The parameter of the weights' distribution Beta(alpha, alpha), above 0: the smaller, the less is mixed; at 1 all weights are alike. Default 0.2. */
  alpha?: number;
  /** A seed of its own. Default: the model's. */
  seed?: number;
}

/** A layer that blends samples and labels while training; see `layers.mixUp`. */
export class MixUp extends Layer {
  readonly alpha: number;
  readonly seed: number | undefined;

  constructor(options?: MixUpOptions) {
    super("mix_up", options ?? {}, ["alpha", "seed"]);
    this.alpha = checkNumber("create mix_up layer", "alpha", options?.alpha ?? 0.2, { minExclusive: 0 });
    this.seed = checkSeed("create mix_up layer", options?.seed);
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), alpha: this.alpha, ...(this.seed === undefined ? {} : { seed: this.seed }) };
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    if (!t.training) return x;
    const mixed = mixedBatch(t, x.shape[0], [this.alpha, this.alpha], this.seed);
    t.changeLabels((labels) => mixed.blend(labels));
    return mixed.blend(x);
  }
}

/**
 * MixUp: while training, every sample is blended with another one of its batch, and its label with the label of that one:
 * y = w · x + (1 − w) · x′ with a weight w of its own of Beta(alpha, alpha), and x′ the sample at its place in a random order of the batch, which may
 * be itself. In `predict` and `evaluate` y = x, and labels are as they are given.
 *
 * The layer takes samples of any shape, one input, and stands where that input begins, or within the model, where it blends features. The labels of
 * all outputs that are trained are blended with it: losses and metrics of the step see them so. They must be numbers of which that can be said:
 * one-hot for classes, with `categorical_crossentropy`; for numbers of classes (`sparse_categorical_crossentropy`) training is refused. Weights of
 * samples and classes are those of the sample itself. Where a model has several inputs, join them before, or only one is blended.
 *
 * Order and weights are a function of (seed, layer, step): the same for any number of workers, and after a resume.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.mixUp({ alpha: 0.2, inputShape: [28, 28, 1] }),
 *   layers.flatten(),
 *   layers.dense({ units: 10, activation: "softmax" }),
 * ]);
 * model.compile({ optimizer: "adam", loss: "categorical_crossentropy" }); // labels one-hot: [batch, 10]
 * ```
 * @throws RangeError if `alpha` is not above 0
 *
 * Source: Zhang et al., mixup: beyond empirical risk minimization, ICLR 2018.
 */
export function mixUp(options?: MixUpOptions): MixUp {
  return new MixUp(options);
}

/** Its row of the table. */
export const mixUpRow: LayerRow = defineRow({ id: "mix_up", create: mixUp });
