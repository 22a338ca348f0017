import { lossTable } from "../../losses/gen/table.ts";
import type { Loss } from "../../losses/loss.ts";
import { resolveLoss } from "../../losses/resolve_loss.ts";
import type { SavedRow } from "./saved_row.ts";

/** A loss as a worker needs it: a row of the table, or of the user's own what is left of it once programs are traced. */
export interface SavedLoss extends SavedRow {
  readonly own?: Pick<Loss, "reduction" | "target" | "axis" | "link">;
}

/** The saved form of a loss. */
export function saveLoss({ id, config, reduction, target, axis, link }: Loss): SavedLoss {
  return Object.hasOwn(lossTable, id) ? { id, config } : { id, config, own: { reduction, target, axis, link } };
}

/** The loss of a saved form. One of the user's own cannot be traced again. */
export function readLoss({ id, config, own }: SavedLoss): Loss {
  if (own === undefined) return resolveLoss({ id, config });
  const { axis, link } = own;
  return {
    id,
    config,
    reduction: own.reduction,
    target: own.target,
    ...(axis === undefined ? {} : { axis }),
    ...(link === undefined ? {} : { link }),
    call: () => {
      throw new Error(`The loss "${id}" is in the programs of its plan`);
    },
  };
}
