import { sizeOf } from "../tensor/size_of.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { begin, byParameter, count, type Op, read, write } from "./op.ts";
import { scatterRows } from "./scatter_rows.ts";

/**
 * As `scatter_rows`, of the rows that `touched_rows` tells: the memory of the others is left as it is, and nobody may read it. So it is of use
 * where the result has a place of its own, as a gradient has.
 *
 * dy [...indices, ...], indices [...], touched [rows] → dtable [rows, ...]; a row is a multiple of 4 elements. Attribute `rows`.
 */
export const scatterTouched: Op = {
  takes: { inputs: 3, needs: ["rows"] },

  shape([dy, indices, touched], attributes) {
    const shape = scatterRows.shape([dy, indices], attributes);
    if (touched.length === 1 && touched[0] === shape[0] && sizeOf(shape.slice(1)) % 4 === 0) return shape;
    throw new TypeError(
      `Cannot apply scatter_touched: there must be a flag for each of ${
        shape[0]
      } rows, and a row must have a multiple of 4 elements`,
    );
  },

  differentiate: noSecondDerivative("scatter_touched"),

  evaluate([dy, indices, touched], node) {
    const dtable = scatterRows.evaluate([dy, indices], node);
    const width = dtable.length / touched.data.length;
    touched.data.forEach((flag, row) => {
      if (flag === 0) dtable.fill(0, row * width, (row + 1) * width);
    });
    return dtable;
  },

  lower({ node, output, inputs: [dy, indices, touched], call }) {
    const [rows, ...inner] = node.shape;
    const width = sizeOf(inner);
    const size = sizeOf(node.inputs[1].shape);
    const args = [write(output, width), read(dy, 0), read(indices, 0), read(touched, 1), begin(), count(), size, width];
    call("scatter_touched", args, byParameter(rows));
  },

  cost({ inputs: [dy, indices, touched] }) {
    return {
      flops: sizeOf(dy.shape),
      bytes: 4 * (2 * sizeOf(dy.shape) + sizeOf(indices.shape) + sizeOf(touched.shape)),
    };
  },
};
