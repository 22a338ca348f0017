import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { findRow } from "../tables/find_row.ts";
import { type OptimizerName, optimizerTable } from "./gen/table.ts";
import type { Optimizer } from "./optimizer.ts";

/** What is taken where an optimizer is asked for: a name, an optimizer, or its saved form. */
export type OptimizerSpec = EitherSpelling<OptimizerName> | Optimizer | Pick<Optimizer, "id" | "config">;

/**
 * The optimizer that a name, a saved form or an optimizer stands for.
 *
 * @param spec A name in any spelling (`"adam"`, `"RMSprop"`), `{ id, config }`, or an optimizer, which comes back as it is.
 * @returns The optimizer.
 * @throws {RangeError} If there is no optimizer of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveOptimizer(spec: OptimizerSpec | string): Optimizer {
  if (typeof spec === "string") return findRow("optimizer", spec, optimizerTable).create();
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if (("formula" in spec || "step" in spec) && typeof spec.cells === "function") return spec;
    return findRow("optimizer", spec.id, optimizerTable).create(spec.config);
  }
  const rule = "an optimizer must be a name, an object from optimizers.*, or { id, config }";
  throw new TypeError(`Cannot resolve optimizer: ${rule}, got ${describeFactory(spec, "optimizers.adam()")}`);
}
