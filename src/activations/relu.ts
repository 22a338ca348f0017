import { formulaRow } from "../formula/formula_row.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Activation } from "./activation.ts";
import type { ActivationRow } from "./activation_row.ts";
import { freezeActivation } from "./freeze_activation.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { greater, max, min, mul, select, sub } from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { map } from "../tensor/symbolic.ts";

/** Options of relu. */
export interface ReluOptions {
  /** The largest value that the function returns, ≥ 0; null (the default) for no limit. */
  readonly maxValue?: number | null;
  /** The slope below the threshold, ≥ 0. Defaults to 0. */
  readonly negativeSlope?: number;
  /** Values at or below it are damped, ≥ 0. Defaults to 0. */
  readonly threshold?: number;
}

const x = vector("x");
const y = vector("y");
const threshold = scalar("threshold");
const slope = scalar("negativeSlope");
const cap = scalar("maxValue");
const below = mul(slope, sub(x, threshold));

/** max(x, 0) keeps NaN, and y > 0 exactly where x > 0, so that x need not be kept. */
const plain = formulaRow("relu", max(x, 0), { gradients: { x: select(greater(y, 0), 1, 0) } });

const general = formulaRow("relu_general", select(greater(x, threshold), x, below), {
  gradients: { x: select(greater(x, threshold), 1, slope) },
});

const capped = formulaRow("relu_capped", select(greater(x, threshold), min(x, cap), below), {
  gradients: { x: select(greater(x, threshold), select(greater(cap, x), 1, 0), slope) },
});

/**
 * y = max(x, 0). With options: y = min(x, maxValue) for x > threshold, else negativeSlope · (x − threshold); by default no largest
 * value, slope 0, threshold 0. Its derivative at 0 is 0.
 */
export function relu(options?: ReluOptions): Activation {
  return reluRow.create(options);
}

/** Derivative at the kinks: at the threshold the slope below it (0 by default), at maxValue 0, as PyTorch. */
export const reluRow: ActivationRow<ReluOptions> = defineRow({
  id: "relu",
  options: ["maxValue", "negativeSlope", "threshold"],
  formulas: [plain, general, capped],
  tolerance: { forward: { ulp: 2 }, backward: { ulp: 1 }, reason: "one subtraction and one product, each rounded" },
  create(options: ReluOptions = {}): Activation {
    const what = "create relu activation";
    checkOptions(what, options, reluRow.options);
    const negativeSlope = checkNumber(what, "negativeSlope", options.negativeSlope ?? 0, { min: 0 });
    const threshold = checkNumber(what, "threshold", options.threshold ?? 0, { min: 0 });
    const maxValue = (options.maxValue ?? null) === null
      ? null
      : checkNumber(what, "maxValue", options.maxValue, { min: 0 });
    const config = { maxValue, negativeSlope, threshold };
    if (maxValue !== null) {
      const scalars = { negativeSlope, threshold, maxValue };
      return freezeActivation({ id: "relu", config, apply: (g, x) => map(g, "relu_capped", [x], scalars) });
    }
    if (negativeSlope !== 0 || threshold !== 0) {
      return freezeActivation({
        id: "relu",
        config,
        apply: (g, x) => map(g, "relu_general", [x], { negativeSlope, threshold }),
      });
    }
    return freezeActivation({ id: "relu", config, apply: (g, x) => map(g, "relu", [x]) });
  },
});
