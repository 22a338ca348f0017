import { checkName } from "../errors/check_name.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { CustomLoss } from "./custom_loss.ts";
import type { LabelKind, Loss } from "./loss.ts";
import { lossTable } from "./gen/table.ts";
import { readClassAxis } from "./read_class_axis.ts";
import { readReduction } from "./read_reduction.ts";

const KINDS: readonly LabelKind[] = ["same", "non_negative", "binary", "hinge", "distribution", "class_index"];

/**
 * A loss with all that one has: what a loss of the user's own leaves out gets its default.
 *
 * @throws {TypeError} If there is no id, or something has the wrong type; RangeError for an unknown reduction, target or link
 */
export function completeLoss(given: Loss | CustomLoss): Loss {
  const { config, reduction, target, axis, link } = given;
  const id = checkName("use loss", given.id);
  if (config !== undefined && reduction !== undefined && target !== undefined) return given as Loss;
  const what = `use loss ${describeValue(id)}`;
  if (id === "" || Object.hasOwn(lossTable, id)) {
    throw new RangeError(`Cannot ${what}: id must be a name of its own, which no loss of this library has`);
  }
  if (config !== undefined) checkPlainObject(what, "config must be an object", config);
  return {
    id,
    config: config ?? {},
    reduction: readReduction(what, reduction),
    target: target === undefined ? "same" : checkString(what, "target", target, KINDS),
    ...(axis === undefined ? {} : { axis: readClassAxis(what, axis) }),
    ...(link === undefined ? {} : { link: checkString(what, "link", link, ["sigmoid", "softmax"] as const) }),
    call: given.call.bind(given),
    ...(given.rowWeights === undefined ? {} : { rowWeights: given.rowWeights.bind(given) }),
  };
}
