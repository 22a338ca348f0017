import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import type { Takes } from "./op.ts";

/**
 * Checks the attributes of a node, and how many tensors it reads.
 *
 * @param op the name of the op
 * @param takes what it is applied to
 * @throws {TypeError} `Cannot apply matmul: unknown attribute "transposA"; did you mean "transposeA"? Attributes are: transposeA, …`
 */
export function checkNode(op: string, takes: Takes, inputs: number, attributes: Attributes): void {
  const { needs = [], may = [] } = takes;
  const [least, most] = typeof takes.inputs === "number" ? [takes.inputs, takes.inputs] : takes.inputs;
  if (inputs < least || inputs > most) {
    const rule = least === most ? `${least} tensor${least === 1 ? "" : "s"}` : `${least} to ${most} tensors`;
    throw new TypeError(`Cannot apply ${op}: it takes ${rule}, got ${inputs}`);
  }
  if (typeof attributes !== "object" || attributes === null || Array.isArray(attributes)) {
    throw new TypeError(`Cannot apply ${op}: attributes must be an object, got ${describeValue(attributes)}`);
  }
  for (const name of Object.keys(attributes)) {
    if (needs.includes(name) || may.includes(name) || (name === "axis" && attributes.axis === "parameter")) continue;
    const known = [...needs, ...may];
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? "." : `; did you mean "${nearest}"?`;
    const list = known.length === 0 ? "It has no attributes" : `Attributes are: ${known.join(", ")}`;
    throw new TypeError(`Cannot apply ${op}: unknown attribute ${describeValue(name)}${hint} ${list}`);
  }
  const missing = needs.find((name) => attributes[name] === undefined);
  if (missing !== undefined) throw new TypeError(`Cannot apply ${op}: attribute ${missing} is missing`);
  const { shape } = attributes;
  if (
    shape !== undefined && !(Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && Number(size) >= 0))
  ) {
    throw new TypeError(`Cannot apply ${op}: shape must be an array of integers >= 0, got ${describeValue(shape)}`);
  }
}
