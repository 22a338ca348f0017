import type { Json } from "../tensor/json.ts";
import type { Predictions } from "./form_outputs.ts";
import { internals } from "./internals.ts";
import { makeLayersWith } from "./make_layers_with.ts";
import type { Model } from "./model.ts";
import { readModelDescription } from "./read_model_description.ts";
import { readModelFile } from "./read_model_file.ts";
import { reviveModel } from "./revive_model.ts";
import type { TrainableModel } from "./trainable_model.ts";
import { FILE_VERSION, writeModelFile } from "./write_model_file.ts";

/**
 * A model as a model's description says, with the weights that its seed draws: as it was before anything trained it. It is not compiled.
 *
 * @param change makes another description of it
 * @throws {FileFormatError | TypeError | RangeError | Error} If a part of the model is the user's own, or the description says what cannot be made
 */
export function rebuildModel(
  model: Model,
  change: (described: { readonly [key: string]: Json }) => Json = (described) => described,
): TrainableModel<Predictions> {
  const file = readModelFile(writeModelFile(model));
  const description = readModelDescription(change(model.describe()), FILE_VERSION);
  return reviveModel(description, makeLayersWith({}), {
    ...file,
    model: description,
    frozen: null,
    isCompiled: false,
    readCompile: () => null,
    readValues: null,
    readState: () => null,
  });
}

// Models import `internals`: it cannot import what makes models.
internals.rebuildModel = rebuildModel;
