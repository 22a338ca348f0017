import type { Expression } from "../formula/expression.ts";
import type { Formula } from "../formula/formula.ts";

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
  return { name, vectors: ["w", "g", ...slots], scalars: options.scalars ?? [], cells: options.cells ?? [], outputs };
}
