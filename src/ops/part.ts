import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Op } from "./op.ts";

/**
 * One result of an op that has several, where it lies: attributes `index`, `offset` in elements and `shape`. Made by `partsOf`.
 *
 * What flows back to it is handed to the op whose result it is (`graph/differentiate.ts`).
 */
export const part: Op = {
  takes: { inputs: 1, needs: ["index", "offset", "shape"] },
  alias: true,

  shape: (_, attributes) => attributes.shape as Shape,

  differentiate: () => {
    throw new Error("The gradient of a part belongs to the node that it is a part of");
  },

  evaluate([x], { shape, attributes }) {
    const offset = attributes.offset as number;
    return x.data.subarray(offset, offset + sizeOf(shape));
  },

  lower: () => {},

  cost: () => ({ flops: 0, bytes: 0 }),
};
