import type { Shape } from "../tensor/shape.ts";
import { byParameter, count, type Op, write } from "./op.ts";
import { sizeOf } from "../tensor/size_of.ts";

/** What a graph starts from: its value is put into memory before the program runs. */
function leaf(): Op {
  return {
    takes: { inputs: 0, needs: ["name", "shape"] },
    shape: (_, attributes) => attributes.shape as Shape,
    differentiate: () => [],
    evaluate: (_, node) => {
      throw new Error(`The ${node.op} "${node.attributes.name}" has no value`);
    },
    lower: () => {},
    cost: () => ({ flops: 0, bytes: 0 }),
  };
}

/** Data of the batch: attributes `name`, `shape`. */
export const input: Op = leaf();

/** A weight of the model: attributes `name`, `shape`. */
export const variable: Op = leaf();

/** A number that the caller changes from step to step: attribute `name`, shape []. */
export const cell: Op = leaf();

/** A tensor of equal numbers: attributes `value`, `shape`. */
export const constant: Op = {
  takes: { inputs: 0, needs: ["value", "shape"] },
  shape: (_, attributes) => attributes.shape as Shape,
  differentiate: () => [],
  evaluate: (_, node) => new Float64Array(sizeOf(node.shape)).fill(node.attributes.value as number),
  lower({ node, output, call }) {
    call("fill_forward", [write(output, 1), node.attributes.value as number, count()], byParameter(sizeOf(node.shape)));
  },
};
