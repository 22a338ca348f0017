import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { findRow } from "../tables/find_row.ts";
import { type InitializerAlias, type InitializerName, initializerTable } from "./gen/table.ts";
import type { Initializer } from "./initializer.ts";

/** What is taken where an initializer is asked for: a name, an initializer, or its saved form. */
export type InitializerSpec =
  | EitherSpelling<InitializerName | InitializerAlias>
  | Initializer
  | Pick<Initializer, "id" | "config">;

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
  if (typeof spec === "string") return create(spec, undefined);
  if (typeof spec === "object" && spec !== null && "id" in spec) {
    if ("initialize" in spec && typeof spec.initialize === "function") return spec;
    return create(spec.id, spec.config);
  }
  const rule = "an initializer must be a name, an object from initializers.*, or { id, config }";
  throw new TypeError(`Cannot resolve initializer: ${rule}, got ${describeFactory(spec, "initializers.heNormal()")}`);
}

function create(name: string, config: Initializer["config"] | undefined): Initializer {
  return findRow("initializer", name, initializerTable).create(config); // every factory checks its options
}
