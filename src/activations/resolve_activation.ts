import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { findRow } from "../tables/find_row.ts";
import type { Json } from "../tensor/json.ts";
import type { Activation } from "./activation.ts";
import { type ActivationAlias, type ActivationName, activationTable } from "./gen/table.ts";

/** What stands for an activation of the library: a name, an activation, or its saved form. */
export type LibraryActivationSpec =
  | EitherSpelling<ActivationName | ActivationAlias>
  | (string & Record<never, never>)
  | Activation
  | { readonly id: string; readonly config: Readonly<Record<string, Json>> };

/**
 * The activation that `spec` means. Names may be snake_case or camelCase (`leaky_relu`, `leakyRelu`), `swish` and
 * `hard_swish` included.
 *
 * @throws {RangeError} if there is no activation of that name; the message lists the names
 * @throws {TypeError} if it is neither a name nor an activation
 */
export function resolveActivation(spec: LibraryActivationSpec): Activation {
  if (typeof spec === "string") return findRow("activation", spec, activationTable).create();
  if (typeof spec !== "object" || spec === null || typeof spec.id !== "string") {
    throw new TypeError(
      `Cannot use activation: it must be a name or an activation, got ${describeFactory(spec, "activations.relu()")}`,
    );
  }
  if ("apply" in spec && typeof spec.apply === "function") return spec;
  return findRow("activation", spec.id, activationTable).create(spec.config);
}
