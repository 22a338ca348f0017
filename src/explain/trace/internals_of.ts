import { describeValue } from "../../errors/describe_value.ts";
import type { Predictions } from "../../models/form_outputs.ts";
import type { Internals } from "../../models/internals.ts";
import type { TrainableModel } from "../../models/trainable_model.ts";

/** A model of any kind: what `sequential`, `model` and `loadModel` give. */
export type AnyModel = TrainableModel<Predictions>;

/**
 * What the library that made a model lets this entry use.
 *
 * @param what what is done, for the message: `trace a model`
 * @throws {TypeError} If it is no model
 */
export function internalsOf(what: string, model: AnyModel): Internals {
  const found = (model as { internals?: unknown } | null | undefined)?.internals;
  if (typeof found === "object" && found !== null && "TracedPrograms" in found) return found as Internals;
  throw new TypeError(
    `Cannot ${what}: it must be a model, what sequential(), model() or loadModel() gives, got ${describeValue(model)}`,
  );
}
