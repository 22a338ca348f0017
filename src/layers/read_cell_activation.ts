import type { Activation } from "../activations/activation.ts";
import { activationFormulas } from "../activations/formulas.ts";
import { describeValue } from "../errors/describe_value.ts";
import { Graph } from "../graph/graph.ts";
import type { Json } from "../tensor/json.ts";

/**
 * An activation as the kernels of recurrent layers take it: a formula with its scalars; null for linear.
 *
 * @param what what is done, for messages: `create lstm layer`
 * @throws {TypeError} If it is no elementwise formula of this library
 */
export function readCellActivation(what: string, option: string, activation: Activation): Json {
  const graph = new Graph();
  const x = graph.input("x", [1, 1]);
  const y = activation.apply(graph, x);
  if (y === x) return null;
  const { formula, scalars = {} } = y.attributes;
  if (
    y.op === "map" && y.inputs.length === 1 && y.inputs[0] === x && activationFormulas.some(({ id }) => id === formula)
  ) {
    return { formula, scalars } as Json;
  }
  throw new TypeError(
    `Cannot ${what}: ${option} must be an activation of this library that works element by element, got ${
      describeValue(activation.id)
    }`,
  );
}
