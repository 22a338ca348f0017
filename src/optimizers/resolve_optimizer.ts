import type { EitherSpelling } from "../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../tables/resolve_row.ts";
import { type OptimizerName, optimizerTable } from "./gen/table.ts";
import type { Optimizer } from "./optimizer.ts";
import { isPopulation, type PopulationOptimizer } from "./population_optimizer.ts";

/** What is taken where an optimizer is asked for: a name, an optimizer, or its saved form. */
export type OptimizerSpec =
  | EitherSpelling<OptimizerName>
  | Optimizer
  | PopulationOptimizer
  | Pick<Optimizer, "id" | "config">;

const optimizerKind: RowKind<Optimizer | PopulationOptimizer> = {
  kind: "optimizer",
  table: optimizerTable,
  isMade: (spec) =>
    ("formula" in spec || "step" in spec || "ruleFor" in spec) && "cells" in spec && typeof spec.cells === "function",
  call: "optimizers.adam()",
};

/**
 * The optimizer that a name, a saved form or an optimizer stands for.
 *
 * @param spec A name in any spelling (`"adam"`, `"RMSprop"`), `{ id, config }`, or an optimizer, which comes back as it is.
 * @returns The optimizer.
 * @throws {RangeError} If there is no optimizer of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveOptimizer(spec: OptimizerSpec | string): Optimizer | PopulationOptimizer {
  const made = resolveRow(spec, optimizerKind);
  return isPopulation(made) ? made.settle?.(resolveOptimizer) ?? made : made;
}
