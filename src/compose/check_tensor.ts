import { describeValue } from "../errors/describe_value.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { isSymbolic } from "./is_symbolic.ts";

/**
 * Checks that an op was given a tensor of a graph that is traced, and returns it.
 *
 * @param op the op's name, for the message
 * @param name what the tensor is called: `x`
 * @throws {TypeError} for numbers, arrays and tensors that have values already, and what `layer.apply` gives
 */
export function checkTensor(op: string, name: string, value: unknown): Symbolic {
  if (isSymbolic(value)) return value;
  const isOutput = typeof value === "object" && value !== null && "sampleShape" in value;
  const hint = isOutput
    ? "; ops are for the inside of layers, losses, metrics and activations: use a layer here, or layers.lambda"
    : "";
  throw new TypeError(
    `Cannot apply ${op}: ${name} must be a tensor of the graph that is traced, got ${describeValue(value)}${hint}`,
  );
}
