import type { EitherSpelling } from "../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../tables/resolve_row.ts";
import { type RegularizerName, regularizerTable } from "./gen/table.ts";
import type { Regularizer } from "./regularizer.ts";

/** What is taken where a regularizer is asked for: a name, a regularizer, or its saved form. */
export type RegularizerSpec = EitherSpelling<RegularizerName> | Regularizer | Pick<Regularizer, "id" | "config">;

const regularizerKind: RowKind<Regularizer> = {
  kind: "regularizer",
  table: regularizerTable,
  isMade: (spec) => "penalty" in spec && typeof spec.penalty === "function",
  call: "regularizers.l2()",
};

/**
 * The regularizer that a name, a saved form or a regularizer stands for.
 *
 * @param spec A name in either spelling (`"l1_l2"`, `"l1L2"`), `{ id, config }`, a regularizer, which comes back as it is, or null
 *   for none.
 * @returns The regularizer, or null.
 * @throws {RangeError} If there is no regularizer of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveRegularizer(spec: RegularizerSpec | string): Regularizer;
/** The same, and null for none. */
export function resolveRegularizer(spec: RegularizerSpec | string | null | undefined): Regularizer | null;
export function resolveRegularizer(spec: RegularizerSpec | string | null | undefined): Regularizer | null {
  if (spec === null || spec === undefined) return null;
  return resolveRow(spec, regularizerKind);
}
