import { averagePool as averagePoolBody } from "../kernels/bodies/average_pool.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { type Op, read, write } from "./op.ts";
import { POOL_ATTRIBUTES, poolWindows } from "./pool_windows.ts";
import { costOfPool, splitPool } from "./split_pool.ts";

/**
 * The mean of every window of an image, channel by channel, over the elements that lie inside the image.
 *
 * x [batch, height, width, channels] → y [batch, rows of windows, columns of windows, channels]. Attributes as `max_pool` has them.
 */
export const averagePool: Op = {
  takes: { inputs: 1, may: POOL_ATTRIBUTES },

  shape([x], attributes) {
    const [rows, columns] = poolWindows("average_pool", x, attributes);
    return [x[0], rows.count, columns.count, x[3]];
  },

  differentiate(g, { inputs: [{ shape: [, height, width] }], attributes }, dy) {
    return [g.apply("average_pool_backward", [dy], { ...attributes, image: [height, width] })];
  },

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const [samples, height, width, channels] = x.shape;
    const [rows, columns] = poolWindows("average_pool", x.shape, attributes);
    averagePoolBody(
      y,
      0,
      x.data,
      0,
      samples,
      height,
      width,
      channels,
      rows.count,
      columns.count,
      rows.size,
      columns.size,
      rows.stride,
      columns.stride,
      rows.before,
      columns.before,
    );
    return y;
  },

  lower({ node, output, inputs: [x], call }) {
    const { split, images, results, counts } = splitPool(node, node.inputs[0]);
    call("average_pool_forward", [write(output, results), read(x, images), ...counts], split);
  },

  cost: (node) => costOfPool(node, node.inputs[0]),
};
