import { describeValue } from "../errors/describe_value.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { type Op, read, write } from "./op.ts";
import { POOL_ATTRIBUTES, poolWindows } from "./pool_windows.ts";
import { costOfPool, splitPool } from "./split_pool.ts";
import { visitWindows } from "./visit_windows.ts";

/**
 * The backward pass of average_pool: dx is the sum of dy over the windows that an element is in, each divided by how many elements it has.
 *
 * dy [batch, rows of windows, columns of windows, channels] → dx [batch, height, width, channels]. Attributes as `max_pool` has them, and
 * `image`: [height, width].
 */
export const averagePoolBackward: Op = {
  takes: { inputs: 1, needs: ["image"], may: POOL_ATTRIBUTES },

  shape([dy], { image, ...attributes }) {
    if (!Array.isArray(image) || image.length !== 2 || !image.every((v) => Number.isSafeInteger(v) && Number(v) >= 1)) {
      throw new TypeError(
        `Cannot apply average_pool_backward: image must be an array of 2 integers >= 1, got ${describeValue(image)}`,
      );
    }
    const x = [dy[0], ...image as number[], dy[3]];
    const [rows, columns] = poolWindows("average_pool_backward", x, attributes);
    const windows = [x[0], rows.count, columns.count, x[3]];
    checkShapes("apply average_pool_backward", "dy must have an element for each window", windows, dy);
    return x;
  },

  differentiate(g, { attributes: { image: _, ...attributes } }, d) {
    return [g.apply("average_pool", [d], attributes)];
  },

  evaluate([dy], { shape, attributes }) {
    const dx = new Float64Array(sizeOf(shape));
    visitWindows(shape, poolWindows("average_pool_backward", shape, attributes), (to, from) => {
      for (const i of from) dx[i] += dy.data[to] / from.length;
    });
    return dx;
  },

  lower({ node, output, inputs: [dy], call }) {
    const { split, images, results, counts } = splitPool(node, node);
    call("average_pool_backward", [write(output, images), read(dy, results), ...counts], split);
  },

  cost: (node) => costOfPool(node, node),
};
