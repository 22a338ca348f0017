import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Op } from "./op.ts";

/** The same elements, in the same memory, under another shape: attribute `shape`. */
export const reshape: Op = {
  takes: { inputs: 1, needs: ["shape"] },
  alias: true,

  shape([x], attributes) {
    const shape = attributes.shape as Shape;
    if (sizeOf(shape) !== sizeOf(x)) {
      throw new TypeError(
        `Cannot reshape: the number of elements must stay, got ${formatShape(x)} and ${formatShape(shape)}`,
      );
    }
    return shape;
  },

  differentiate: (g, node, dy) => [g.apply("reshape", [dy], { shape: node.inputs[0].shape })],

  evaluate: ([x]) => x.data,

  lower: () => {},

  cost: () => ({ flops: 0, bytes: 0 }),
};
