import type { EitherSpelling } from "../errors/either_spelling.ts";
import { resolveRow, type RowKind } from "../tables/resolve_row.ts";
import { type InitializerAlias, type InitializerName, initializerTable } from "./gen/table.ts";
import type { Initializer } from "./initializer.ts";

/** What is taken where an initializer is asked for: a name, an initializer, or its saved form. */
export type InitializerSpec =
  | EitherSpelling<InitializerName | InitializerAlias>
  | Initializer
  | Pick<Initializer, "id" | "config">;

const initializerKind: RowKind<Initializer> = {
  kind: "initializer",
  table: initializerTable,
  isMade: (spec) => "initialize" in spec && typeof spec.initialize === "function",
  call: "initializers.heNormal()",
};

/**
 * The initializer that a name, a saved form or an initializer stands for.
 *
 * @param spec A name in either spelling (`"he_normal"`, `"heNormal"`), `{ id, config }`, or an initializer, which comes
 *   back as it is.
 * @returns The initializer.
 * @throws {RangeError} If there is no initializer of that name; the message lists those that exist.
 * @throws {TypeError} If it is none of these, or has an unknown option.
 */
export function resolveInitializer(spec: InitializerSpec | string): Initializer {
  return resolveRow(spec, initializerKind);
}
