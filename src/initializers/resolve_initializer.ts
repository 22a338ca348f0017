import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { lookUpName } from "../errors/look_up_name.ts";
import type { Initializer } from "./initializer.ts";
import { type InitializerName, INITIALIZERS } from "./table.ts";

/** Keras's other names. */
const ALIASES: ReadonlyMap<string, InitializerName> = new Map([
  ["zero", "zeros"],
  ["one", "ones"],
  ["normal", "random_normal"],
  ["uniform", "random_uniform"],
]);

/** What is taken where an initializer is asked for: a name, an initializer, or its saved form. */
export type InitializerSpec = EitherSpelling<InitializerName> | Initializer | Pick<Initializer, "id" | "config">;

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
  const factory = lookUpName("initializer", ALIASES.get(name) ?? name, INITIALIZERS);
  return factory(config as Record<string, never> | undefined); // every factory checks its options
}
