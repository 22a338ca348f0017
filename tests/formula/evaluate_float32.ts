import type { Expression } from "../../src/formula/expression.ts";
import type { Formula } from "../../src/formula/formula.ts";
import { primitives } from "../../src/formula/primitives.ts";

/**
 * A formula in float32: every primitive's result is rounded, as in the kernels, so that what overflows there overflows here.
 *
 * Both branches of a select are computed, as in the kernels, but only the taken one counts.
 */
export function evaluateFloat32(formula: Formula, values: Readonly<Record<string, number>>, output = "y"): number {
  const visit = (e: Expression): number => {
    switch (e.kind) {
      case "constant":
        return Math.fround(e.value);
      case "vector":
      case "scalar":
        return Math.fround(values[e.name]);
      case "apply":
        return Math.fround(primitives[e.primitive].evaluate(...e.operands.map(visit)));
    }
  };
  return visit(formula.outputs[output]);
}
