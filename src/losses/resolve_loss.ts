import { describeFactory } from "../errors/describe_factory.ts";
import type { EitherSpelling } from "../errors/either_spelling.ts";
import { findRow } from "../tables/find_row.ts";
import type { Json } from "../tensor/json.ts";
import { completeLoss } from "./complete_loss.ts";
import type { CustomLoss } from "./custom_loss.ts";
import { type LossAlias, type LossName, lossTable } from "./gen/table.ts";
import type { Loss } from "./loss.ts";

/** What may be given where a loss is taken: a name, a loss, or its saved form. */
export type LossSpec =
  | EitherSpelling<LossName | LossAlias>
  | (string & Record<never, never>)
  | Loss
  | CustomLoss
  | { readonly id: string; readonly config: Readonly<Record<string, Json>> };

/**
 * The loss that `spec` means. Names may be snake_case or camelCase (`mean_squared_error`, `meanSquaredError`), or Keras's
 * short ones (`mse`, `mae`, `mape`, `msle`, `bce`, `kld`).
 *
 * @throws {RangeError} if there is no loss of that name; the message lists the names
 * @throws {TypeError} if it is neither a name nor a loss, or one of the user's own that lacks something
 */
export function resolveLoss(spec: LossSpec): Loss {
  if (typeof spec === "string") return findRow("loss", spec, lossTable).create();
  if (typeof spec !== "object" || spec === null || typeof spec.id !== "string") {
    const found = describeFactory(spec, "losses.huber()");
    throw new TypeError(`Cannot use loss: it must be a name or a loss, got ${found}${hintAtOwn(spec)}`);
  }
  if ("call" in spec && typeof spec.call === "function") return completeLoss(spec);
  return findRow("loss", spec.id, lossTable).create(spec.config);
}

/** How a loss of one's own is written, for what looks like one. */
function hintAtOwn(spec: unknown): string {
  const isFunction = typeof spec === "function";
  if (!isFunction && !(typeof spec === "object" && spec !== null && "call" in spec)) return "";
  return `; a loss of your own has a name, id: { id: "my_loss", call: ({ ops }, yTrue, yPred) => … }`;
}
