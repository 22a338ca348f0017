import type { DataInput, DataInputs, SampleInputs } from "../data/data_input.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { Variable } from "../training/network.ts";
import { weighClasses } from "../training/weigh_classes.ts";
import { readClassWeight } from "./class_weights.ts";
import { samplesFor } from "./evaluate_model.ts";
import type { Model } from "./model.ts";
import type { TrainOnBatchOptions } from "./options.ts";

/** The loss of a batch and its gradients, by the weights' names. */
export interface Gradients {
  /** The loss, penalties included. */
  readonly loss: number;
  /** ∂loss/∂weight for every weight that is trained: `{ "dense/kernel": … }`. */
  readonly gradients: Readonly<Record<string, Tensor>>;
}

/** The part of a model that gradients need. */
type Differentiable = Pick<Model, "network" | "trainer" | "signature">;

/** Runs forward and backward of one batch; no step is taken. */
export function findGradients(
  model: Differentiable,
  x: SampleInputs,
  y: DataInputs,
  options: TrainOnBatchOptions = {},
): Gradients {
  checkOptions("find gradients", options, ["sampleWeight", "classWeight"]);
  const { trainer, network } = model;
  refuseWithoutGradients("find gradients", trainer);
  const classWeight = weighClasses(readClassWeight(options.classWeight), trainer.compiled.objective);
  const samples = samplesFor(model, x, y, options.sampleWeight).withClassWeights(classWeight);
  const { count, shapes } = samples;
  const program = trainer.program("train", count, shapes);
  trainer.fillScale(program, samples.fill(program, null, 0, count));
  const loss = trainer.runForward(program);
  if (!Number.isFinite(loss)) throw trainer.explain({ program, rows: count, shapes, epoch: 0, batch: 0 });
  const trained = network.variables.filter(({ slot }) => slot >= 0);
  return {
    loss,
    gradients: Object.fromEntries(trained.map((variable) => {
      return [variable.name, new Tensor(trainer.gradientOf(variable).slice(), variable.shape)];
    })),
  };
}

/** Takes one step of the optimizer with the gradients given; everything is checked before anything changes. */
export function stepWith({ network, trainer }: Differentiable, gradients: Readonly<Record<string, DataInput>>): void {
  const what = "apply gradients";
  refuseWithoutGradients(what, trainer);
  checkPlainObject(what, "gradients must be an object, by the names of the weights", gradients);
  const trained = network.variables.filter(({ slot }) => slot >= 0);
  const names = trained.map(({ name }) => name);
  const unknown = Object.keys(gradients).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, names);
    const hint = near === undefined ? "." : `; did you mean "${near}"?`;
    throw new RangeError(`Cannot ${what}: no weight "${unknown}" is trained${hint} Weights are: ${names.join(", ")}`);
  }
  const missing = names.find((name) => !Object.hasOwn(gradients, name));
  if (missing !== undefined) {
    throw new TypeError(`Cannot ${what}: every weight that is trained needs one, but "${missing}" has none`);
  }
  const values = trained.map((variable) => read(variable, gradients[variable.name]));
  trained.forEach((variable, i) => trainer.setGradient(variable, values[i].data));
  trainer.runUpdate();
}

/** Refuses what needs gradients of a model whose optimizer uses none. */
export function refuseWithoutGradients(what: string, { generations, compiled }: Differentiable["trainer"]): void {
  if (generations === null) return;
  throw new TypeError(
    `Cannot ${what}: the model must be compiled with an optimizer that uses gradients, got "${compiled.optimizer.id}"`,
  );
}

function read({ name, shape }: Variable, given: DataInput): Tensor {
  const value = toTensor(given, { name });
  if (formatShape(value.shape) !== formatShape(shape)) {
    throw new TypeError(
      `Cannot apply gradients: that of "${name}" must have shape ${formatShape(shape)}, got ${
        formatShape(value.shape)
      }`,
    );
  }
  checkFinite(value, name);
  return value;
}
