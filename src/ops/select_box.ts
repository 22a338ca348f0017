import { formatShape } from "../tensor/format_shape.ts";
import { batchUnits } from "./batch_units.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byBatch, count, type Op, read, write } from "./op.ts";

/**
 * Images within a box each, and 0 beyond it: y[n, r, c] = x[n, r, c] where x0 ≤ c + ½ < x1 and y0 ≤ r + ½ < y1, else 0. With
 * `outside` the other way round.
 *
 * x [batch, height, width, channels], box [batch, 4], each x0, x1, y0, y1 in pixels → y of the shape of x. There is no gradient by the box.
 */
export const selectBox: Op = {
  takes: { inputs: 2, may: ["outside"] },
  inPlace: true,

  shape([x, box]) {
    if (x.length === 4 && box.length === 2 && box[0] === x[0] && box[1] === 4) return x;
    throw new TypeError(
      `Cannot apply select_box: x must have shape [batch, height, width, channels] and box [batch, 4], got ${
        formatShape(x)
      } and ${formatShape(box)}`,
    );
  },

  differentiate: (g, { inputs: [, box], attributes }, dy) => [g.apply("select_box", [dy, box], attributes), null],

  evaluate([x, box], { shape: [, height, width, channels], attributes }) {
    return x.data.map((v, i) => {
      const pixel = Math.floor(i / channels);
      const r = Math.floor(pixel / width) % height, c = pixel % width;
      const [x0, x1, y0, y1] = box.data.subarray(4 * Math.floor(pixel / (height * width)));
      const isInside = c + 0.5 >= x0 && c + 0.5 < x1 && r + 0.5 >= y0 && r + 0.5 < y1;
      return isInside === (attributes.outside === true) ? 0 : v;
    });
  },

  lower({ node, output, inputs: [x, box], call }) {
    const [batch, height, width, channels] = node.shape;
    const units = batchUnits(node, node.shape);
    const each = batch / Math.max(units, 1);
    const stride = each * height * width * channels;
    call("select_box_forward", [
      write(output, stride),
      read(x, stride),
      read(box, 4 * each),
      count(each),
      height,
      width,
      channels,
      node.attributes.outside === true ? 1 : 0,
    ], byBatch(units));
  },

  cost: (node) => costOfPass(node, 1),
};
