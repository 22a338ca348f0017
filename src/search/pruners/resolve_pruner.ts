import type { EitherSpelling } from "../../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../../tables/resolve_row.ts";
import { type PrunerName, prunerTable } from "./gen/table.ts";
import type { Pruner } from "./pruner.ts";

/** What is taken where a pruner is asked for: a name, a pruner, or its saved form. */
export type PrunerSpec = EitherSpelling<PrunerName> | Pruner | Pick<Pruner, "id" | "config">;

const prunerKind: RowKind<Pruner> = {
  kind: "pruner",
  table: prunerTable,
  isMade: (spec) => "decide" in spec && typeof spec.decide === "function",
  call: "pruners.halving()",
};

/**
 * The pruner that a name, a saved form or a pruner stands for.
 *
 * @param spec A name in any spelling, `{ id, config }`, or a pruner, which comes back as it is. A user's own pruner is one too.
 * @returns The pruner.
 * @throws {RangeError} If there is no pruner of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolvePruner(spec: PrunerSpec | string): Pruner {
  return resolveRow(spec, prunerKind);
}
