import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { type Op, read, write } from "./op.ts";
import { POOL_ATTRIBUTES, poolWindows } from "./pool_windows.ts";
import { costOfPool, splitPool } from "./split_pool.ts";
import { visitWindows } from "./visit_windows.ts";

/**
 * The backward pass of max_pool: dx is the sum of dy over the windows of which x is the first element, row by row, that equals y. Where y is NaN,
 * none does.
 *
 * dy, y [batch, rows of windows, columns of windows, channels], x [batch, height, width, channels] → dx of the shape of x; inputs in the order
 * dy, x, y. Attributes as `max_pool` has them.
 */
export const maxPoolBackward: Op = {
  takes: { inputs: 3, may: POOL_ATTRIBUTES },

  shape([dy, x, y], attributes) {
    const [rows, columns] = poolWindows("max_pool_backward", x, attributes);
    const windows = [x[0], rows.count, columns.count, x[3]];
    checkShapes("apply max_pool_backward", "dy must have an element for each window", windows, dy);
    checkShapes("apply max_pool_backward", "y must have an element for each window", windows, y);
    return x;
  },

  differentiate: noSecondDerivative("max_pool_backward"),

  evaluate([dy, x, y], { shape, attributes }) {
    const dx = new Float64Array(sizeOf(shape));
    visitWindows(shape, poolWindows("max_pool_backward", shape, attributes), (to, from) => {
      const first = from.find((i) => x.data[i] === y.data[to]);
      if (first !== undefined) dx[first] += dy.data[to];
    });
    return dx;
  },

  lower({ node, output, inputs: [dy, x, y], call }) {
    const { split, images, results, counts } = splitPool(node, node);
    call("max_pool_backward", [
      write(output, images),
      read(dy, results),
      read(x, images),
      read(y, results),
      ...counts,
    ], split);
  },

  cost: (node) => costOfPool(node, node),
};
