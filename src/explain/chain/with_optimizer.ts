import type { CompileOptions } from "../../models/options.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import type { Explained } from "./explained.ts";

/** Options of `step`. */
export interface StepOptions {
  /** Another optimizer than the model's, as `compile` takes it: its first step is shown. */
  optimizer?: CompileOptions["optimizer"];
}

/** The same batch of a copy of the model with another optimizer, which has taken no step yet. */
export function withOptimizer(explained: Explained, optimizer: CompileOptions["optimizer"]): Explained {
  const { model } = explained;
  const copy = internalsOf("show a step", model).rebuildModel(model as never) as AnyModel;
  copy.setWeights(model.getWeights());
  model.layers.forEach((layer, i) => copy.layers[i].trainable = layer.trainable);
  copy.compile({ ...model.compiledWith!, optimizer });
  // Random numbers, as of dropout, are those of the step that the model would take.
  copy.trainer.step = model.trainer.step;
  return { ...explained, model: copy };
}
