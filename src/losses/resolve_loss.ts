import { describeFactory } from "../errors/describe_factory.ts";
import { lookUpName } from "../errors/look_up_name.ts";
import type { Json } from "../tensor/json.ts";
import type { Loss } from "./loss.ts";
import type { LossRow } from "./loss_row.ts";
import { type LossName, lossTable } from "./table.ts";

/** What may be given where a loss is taken: a name, a loss, or its saved form. */
export type LossSpec =
  | LossName
  | (string & Record<never, never>)
  | Loss
  | { readonly id: string; readonly config: Readonly<Record<string, Json>> };

const rows: Readonly<Record<string, LossRow>> = Object.fromEntries(
  Object.values<LossRow>(lossTable).flatMap((row) => [row.id, ...row.aliases].map((name) => [name, row])),
);

/**
 * The loss that `spec` means. Names may be snake_case or camelCase (`mean_squared_error`, `meanSquaredError`), or Keras's
 * short ones (`mse`, `mae`, `mape`, `msle`, `bce`, `kld`).
 *
 * @throws {RangeError} if there is no loss of that name; the message lists the names
 * @throws {TypeError} if it is neither a name nor a loss
 */
export function resolveLoss(spec: LossSpec): Loss {
  if (typeof spec === "string") return lookUpName("loss", spec, rows).create();
  if (typeof spec !== "object" || spec === null || typeof spec.id !== "string") {
    throw new TypeError(`Cannot use loss: it must be a name or a loss, got ${describeFactory(spec, "losses.huber()")}`);
  }
  if ("call" in spec && typeof spec.call === "function") return spec;
  return lookUpName("loss", spec.id, rows).create(spec.config);
}
