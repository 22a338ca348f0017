import { maxPool as maxPoolBody } from "../kernels/bodies/max_pool.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { type Op, read, write } from "./op.ts";
import { POOL_ATTRIBUTES, poolWindows } from "./pool_windows.ts";
import { costOfPool, splitPool } from "./split_pool.ts";

/**
 * The largest element of every window of an image, channel by channel; NaN where one is. What lies outside of the image does not count.
 *
 * x [batch, height, width, channels] → y [batch, rows of windows, columns of windows, channels]. Attributes: `window` and `strides`,
 * [height, width], `pads` [top, bottom, left, right], 0 by default; or `output` [height, width] (see `pool_windows.ts`). Where several elements
 * of a window are largest, the gradient is that of the first, row by row.
 */
export const maxPool: Op = {
  takes: { inputs: 1, may: POOL_ATTRIBUTES },

  shape([x], attributes) {
    const [rows, columns] = poolWindows("max_pool", x, attributes);
    return [x[0], rows.count, columns.count, x[3]];
  },

  differentiate: (g, node, dy) => [g.apply("max_pool_backward", [dy, node.inputs[0], node], node.attributes)],

  evaluate([x], { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    const [samples, height, width, channels] = x.shape;
    const [rows, columns] = poolWindows("max_pool", x.shape, attributes);
    maxPoolBody(
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
    call("max_pool_forward", [write(output, results), read(x, images), ...counts], split);
  },

  cost: (node) => costOfPool(node, node.inputs[0]),
};
