import { abs, greater, select } from "../formula/build.ts";
import type { Expression } from "../formula/expression.ts";
import type { Formula } from "../formula/formula.ts";

/** Eight times the smallest normal float32. */
const TINY = 2 ** -123;

/**
 * A slot's value, or 0 where it is below 2^-123. A unit that has died leaves a mean that is multiplied by beta at every step; without this
 * it would stay subnormal for good, and subnormal numbers make a step several times slower. NaN stays NaN.
 */
function flush(value: Expression): Expression {
  return select(greater(TINY, abs(value)), 0, value);
}

/**
 * The formula of an optimizer's step: from the vectors `w`, `g` and the slots to the new `w` and slots, in place.
 *
 * @param name The kernel's name: `<id>_step`, with what sets a variant apart behind it.
 * @param outputs The new weight `w` first, then every slot by its name.
 */
export function stepFormula(
  name: string,
  outputs: Readonly<Record<string, Expression>>,
  options: { readonly scalars?: readonly string[]; readonly cells?: readonly string[] } = {},
): Formula {
  const slots = Object.keys(outputs).filter((output) => output !== "w");
  const flushed = Object.entries(outputs).map(([key, value]) => [key, key === "w" ? value : flush(value)]);
  return {
    name,
    vectors: ["w", "g", ...slots],
    scalars: options.scalars ?? [],
    cells: options.cells ?? [],
    outputs: Object.fromEntries(flushed),
  };
}
