import type { Internals } from "../../models/internals.ts";
import type { Json } from "../../tensor/json.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { hasScale } from "./find_columns.ts";
import type { Change } from "./finding.ts";
import type { DiagnosedData } from "./gather_facts.ts";

/** A model that is not trained yet, and what to train it on. */
export interface Changed {
  readonly model: AnyModel;
  readonly data: DiagnosedData;
}

type Saved = { readonly [key: string]: Json };

/**
 * Makes a model as it was before anything trained it, with a change.
 *
 * @throws {Error} If a part of it is the user's own, or the change does not go with it
 */
export function applyChange(what: string, model: AnyModel, data: DiagnosedData, change: Change): Changed {
  const internals = internalsOf(what, model);
  const fresh = internals.rebuildModel(
    model as never,
    (described) => ({
      ...described,
      seed: (described.seed as number) + (change.seed ?? 0),
      layers: changeLayers(described.layers as readonly Saved[], change.layers ?? {}),
    }),
  ) as AnyModel;
  const { compiledWith, trainer } = model;
  fresh.compile({
    ...compiledWith!,
    ...(change.loss === undefined ? {} : { loss: change.loss, metrics: [] }),
    ...(change.optimizer === undefined
      ? {}
      : { optimizer: changeOptimizer(trainer.compiled.optimizer, change.optimizer) }),
  } as never);
  return { model: fresh, data: change.standardize === undefined ? data : standardize(internals, model, data, change) };
}

function changeLayers(layers: readonly Saved[], changes: NonNullable<Change["layers"]>): Json {
  return layers.map(({ type, config: given }) => {
    const config = given as Saved;
    const change = Object.hasOwn(changes, config.name as string) ? changes[config.name as string] : {};
    const changed: Record<string, Json> = { ...config };
    for (const key of ["activation", "kernelInitializer", "biasInitializer"] as const) {
      // A layer without such an option stays as it is.
      if (change[key] !== undefined && config[key] !== undefined) changed[key] = change[key];
    }
    for (const key of ["units", "filters"]) {
      if (change.wider && typeof config[key] === "number") changed[key] = 2 * config[key];
    }
    return { type, config: changed };
  });
}

function changeOptimizer(
  optimizer: object,
  { id, ...options }: NonNullable<Change["optimizer"]>,
): { readonly id: string; readonly config: object } {
  const { id: own, config, learningRate } = optimizer as Record<"id" | "learningRate", unknown> & { config: object };
  if (id !== undefined) return { id, config: options };
  if (learningRate === undefined) throw new Error("this optimizer has no learning rate of its own");
  return { id: own as string, config: { ...config, ...options } };
}

/** The data with columns of mean 0 and standard deviation 1. */
function standardize(
  { samplesFor, Tensor }: Internals,
  model: AnyModel,
  { x, y }: DiagnosedData,
  { standardize: which }: Change,
): DiagnosedData {
  if (model.signature.inputs.some((port) => (port as { dtype?: string }).dtype !== undefined)) {
    throw new Error("inputs that are no numbers have no scale");
  }
  const { inputs, targets } = samplesFor(model as never, x, y, undefined);
  const scale = ({ data, shape }: Tensor): Tensor => {
    const width = shape.length < 2 ? 1 : shape[shape.length - 1];
    const scaled = data.slice();
    for (let column = 0; column < width; column++) {
      const values = data.filter((_, i) => i % width === column);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      for (let i = column; i < data.length; i += width) scaled[i] = (data[i] - mean) / (sd || 1);
    }
    return new Tensor(scaled, shape);
  };
  const one = (tensors: readonly Tensor[]) => tensors.length === 1 ? tensors[0] : tensors;
  return (which === "x"
    ? { x: one(inputs.map((input, i) => hasScale(model, i) ? scale(input) : input)), y }
    : { x, y: one(targets.map(scale)) }) as DiagnosedData;
}
