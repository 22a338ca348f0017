import type { Activation } from "../activations/activation.ts";
import { freezeActivation } from "../activations/freeze_activation.ts";
import { type LibraryActivationSpec, resolveActivation } from "../activations/resolve_activation.ts";
import { activationTable } from "../activations/gen/table.ts";
import type { Composing } from "../compose/composing.ts";
import { isSymbolic } from "../compose/is_symbolic.ts";
import { checkName } from "../errors/check_name.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { CustomActivation } from "./custom_activation.ts";

/** What may be given where an activation is taken: a name, an activation, its saved form, or one of your own. */
export type ActivationSpec = LibraryActivationSpec | CustomActivation;

/**
 * The activation that `spec` means; see `resolveActivation`.
 *
 * @throws {RangeError} If there is no activation of that name; TypeError if it is neither a name nor an activation, or one of the user's own
 * that lacks something
 */
export function readActivation(spec: ActivationSpec): Activation {
  const isCustom = typeof spec === "object" && spec !== null && "call" in spec;
  return isCustom ? completeActivation(spec) : resolveActivation(spec);
}

function completeActivation(given: CustomActivation): Activation {
  const id = checkName("use activation", given.id ?? "");
  const what = `use activation ${describeValue(id)}`;
  if (id === "" || Object.hasOwn(activationTable, id)) {
    throw new RangeError(`Cannot ${what}: id must be a name of its own, which no activation of this library has`);
  }
  if (typeof given.call !== "function") {
    throw new TypeError(`Cannot ${what}: call must be a function, got ${describeValue(given.call)}`);
  }
  const { config = {} } = given;
  checkPlainObject(what, "config must be an object", config);
  return freezeActivation({
    id,
    config: { ...config },
    apply(g, x) {
      // What layers are traced into is a graph, which has the ops.
      const y: unknown = given.call(g as Composing, x);
      if (isSymbolic(y) && y.graph === g && formatShape(y.shape) === formatShape(x.shape)) return y;
      const found = isSymbolic(y) ? `shape ${formatShape(y.shape)}` : describeValue(y);
      throw new TypeError(
        `Cannot ${what}: call must return a tensor of its graph of the shape ${formatShape(x.shape)}, got ${found}`,
      );
    },
  });
}
