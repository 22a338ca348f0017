import { checkPlainObject } from "../errors/check_plain_object.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { checkFinite } from "../tensor/check_finite.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { DataInput } from "../data/data_input.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import { mayTrain } from "./may_train.ts";
import type { Network, Variable } from "../training/network.ts";

/** One weight of a model. */
export interface WeightInfo {
  /** `<layer>/<weight>` */
  readonly name: string;
  /** Its shape. */
  readonly shape: Shape;
  /** Whether training changes it, as its layer says now: from the next `compile` on. */
  readonly trainable: boolean;
  /** A copy of its values. */
  readonly value: Tensor;
}

/** All weights in order, or some by name. */
export type WeightsInput = readonly DataInput[] | Readonly<Record<string, DataInput>>;

/** The weights of a network, with copies of their values. */
export function listWeights(network: Network): WeightInfo[] {
  return network.variables.map((variable) => ({
    name: variable.name,
    shape: variable.shape,
    trainable: mayTrain(variable),
    value: new Tensor(network.values(variable).slice(), variable.shape),
  }));
}

/** Sets weights; everything is checked before anything changes. */
export function setWeights(network: Network, weights: WeightsInput): void {
  const { variables } = network;
  if (!Array.isArray(weights)) {
    checkPlainObject("set weights", "they must be an array in order or an object by name", weights);
  }
  const pairs: (readonly [Variable, Tensor])[] = [];
  if (Array.isArray(weights)) {
    if (weights.length !== variables.length) {
      throw new TypeError(
        `Cannot set weights: the model has ${variables.length} (${namesOf(network)}), got ${weights.length}`,
      );
    }
    variables.forEach((variable, i) => pairs.push([variable, read(variable, weights[i])]));
  } else {
    for (const [name, value] of Object.entries(weights as Record<string, DataInput>)) {
      const variable = variables.find((v) => v.name === name);
      if (variable === undefined) {
        const near = nearestName(name, variables.map((v) => v.name));
        const hint = near === undefined ? "" : `; did you mean "${near}"?`;
        throw new RangeError(
          `Cannot set weights: there is no weight "${name}"${hint} Weights are: ${namesOf(network)}`,
        );
      }
      pairs.push([variable, read(variable, value)]);
    }
  }
  for (const [variable, value] of pairs) network.values(variable).set(value.data);
}

function namesOf(network: Network): string {
  return network.variables.map((v) => v.name).join(", ");
}

function read(variable: Variable, value: DataInput): Tensor {
  const given = toTensor(value, { name: variable.name });
  const flat = given.shape.length === 1 && given.data.length === sizeOf(variable.shape) && ArrayBuffer.isView(value);
  if (!flat && formatShape(given.shape) !== formatShape(variable.shape)) {
    throw new TypeError(
      `Cannot set weight "${variable.name}": it has shape ${formatShape(variable.shape)}, got ${
        formatShape(given.shape)
      }`,
    );
  }
  const tensor = new Tensor(given.data, variable.shape);
  checkFinite(tensor, variable.name);
  return tensor;
}
