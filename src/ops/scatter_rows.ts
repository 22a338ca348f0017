import { formatShape } from "../tensor/format_shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { begin, byParameter, count, type Op, read, write } from "./op.ts";

/**
 * The gradient of `gather` by its table: dtable[r] = Σ dy[i] over all i with indices[i] = r, added in the order of i.
 *
 * dy [...indices, ...], indices [...] → dtable [rows, ...]. Attribute `rows`. Indices of no row are passed over. Each thread goes through all
 * indices and adds up its own rows.
 */
export const scatterRows: Op = {
  takes: { inputs: 2, needs: ["rows"] },

  shape([dy, indices], { rows }) {
    if (formatShape(dy.slice(0, indices.length)) === formatShape(indices)) {
      return [rows as number, ...dy.slice(indices.length)];
    }
    throw new TypeError(
      `Cannot apply scatter_rows: dy must have a row for every index, got ${formatShape(dy)} and ${
        formatShape(indices)
      }`,
    );
  },

  differentiate: (g, { inputs: [, indices] }, dy) => [g.apply("gather", [dy, indices], { missing: 0 }), null],

  evaluate([dy, indices], { shape: [rows, ...inner] }) {
    const width = sizeOf(inner);
    const dtable = new Float64Array(rows * width);
    indices.data.forEach((index, i) => {
      if (!(Number.isInteger(index) && index >= 0 && index < rows)) return;
      for (let j = 0; j < width; j++) dtable[index * width + j] += dy.data[i * width + j];
    });
    return dtable;
  },

  lower({ node, output, inputs: [dy, indices], call }) {
    const [rows, ...inner] = node.shape;
    const width = sizeOf(inner);
    call("scatter_rows", [
      write(output, width),
      read(dy, 0),
      read(indices, 0),
      begin(),
      count(),
      sizeOf(node.inputs[1].shape),
      width,
    ], byParameter(rows));
  },

  cost({ shape, inputs: [dy, indices] }) {
    return { flops: sizeOf(dy.shape), bytes: 4 * (sizeOf(shape) + sizeOf(dy.shape) + sizeOf(indices.shape)) };
  },
};
