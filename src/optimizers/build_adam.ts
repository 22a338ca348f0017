import type { Formula } from "../formula/formula.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { buildOptimizer } from "./build_optimizer.ts";
import { checkBetas } from "./check_betas.ts";
import type { CommonOptions } from "./common_options.ts";
import { integerPower } from "../tensor/integer_power.ts";
import type { Optimizer } from "./optimizer.ts";

/** Makes Adam, or AdamW, which differs from it in its defaults. */
export function buildAdam(
  id: string,
  options: CommonOptions & { beta1?: number; beta2?: number; epsilon?: number; amsgrad?: boolean },
  steps: { readonly plain: Formula; readonly amsgrad: Formula },
): Optimizer {
  const what = `create ${id} optimizer`;
  const betas = checkBetas(what, options);
  const { beta1, beta2, epsilon } = betas;
  const amsgrad = checkBoolean(what, "amsgrad", options.amsgrad ?? false);
  return buildOptimizer({
    id,
    options,
    learningRate: 0.001,
    own: { ...betas, amsgrad },
    formula: amsgrad ? steps.amsgrad : steps.plain,
    scalars: [1 - beta1, 1 - beta2, epsilon],
    cells: (iteration, rate) => [
      rate * Math.sqrt(1 - integerPower(beta2, iteration + 1)) / (1 - integerPower(beta1, iteration + 1)),
    ],
  });
}
