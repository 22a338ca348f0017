import { div, log, mul, neg } from "../formula/build.ts";
import { vector } from "../formula/expression.ts";
import { clip, EPSILON, within } from "./clip.ts";
import { elementwiseLoss } from "./elementwise_loss.ts";
import type { Loss } from "./loss.ts";
import { lossFormula } from "./loss_formula.ts";
import type { LossOptions, LossRow } from "./loss_row.ts";

const p = vector("p");
const t = clip(vector("t"), EPSILON, 1);

/**
 * Σ t · ln(t / p) over the last axis, with t and p kept from 1e-7 to 1; labels are distributions. 0 if the two agree.
 */
export function klDivergence(options?: LossOptions): Loss {
  return klDivergenceRow.create(options);
}

/** Its derivative is 0 where p is outside of 1e-7 to 1. */
export const klDivergenceRow: LossRow = elementwiseLoss({
  id: "kl_divergence",
  aliases: ["kld", "kullback_leibler_divergence"],
  target: "distribution",
  formula: lossFormula("kl_divergence", mul(t, log(div(t, clip(p, EPSILON, 1)))), {
    gradient: within(p, EPSILON, 1, neg(div(t, p))),
  }),
  scale: () => 1,
});
