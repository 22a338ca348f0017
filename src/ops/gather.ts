import { gather as gatherBody } from "../kernels/bodies/gather.ts";
import { checkRows } from "./check_rows.ts";
import { batchUnits } from "./batch_units.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { byBatch, count, type Op, read, write } from "./op.ts";

/**
 * Rows of a table by their numbers: y[i…, :] = table[indices[i…], :].
 *
 * table [rows, ...], indices [...] → y [...indices, ...]. Where an index is none of a row (0 to rows − 1), the row of y is full
 * of the attribute `missing`, NaN by default. Threads share the indices by the samples they belong to. Attribute `checked`: where the indices
 * are an input of the model, the numbers in it are checked before they are used.
 */
export const gather: Op = {
  takes: { inputs: 2, may: ["missing", "checked"] },

  shape([table, indices]) {
    checkRows("gather", table);
    return [...indices, ...table.slice(1)];
  },

  differentiate(g, { inputs: [table, indices] }, dy) {
    return [g.apply("scatter_rows", [dy, indices], { rows: table.shape[0] }), null];
  },

  evaluate([table, indices], { attributes }) {
    const width = sizeOf(table.shape.slice(1));
    const count = indices.data.length;
    const y = new Float64Array(count * width);
    gatherBody(y, 0, table.data, 0, indices.data, 0, missingIn(attributes), count, table.shape[0], width);
    return y;
  },

  lower({ node, output, inputs: [table, indices], call }) {
    const [rows, ...inner] = node.inputs[0].shape;
    const { shape } = node.inputs[1];
    const width = sizeOf(inner);
    const units = batchUnits(node, shape);
    const each = sizeOf(shape) / Math.max(units, 1);
    call("gather_forward", [
      write(output, each * width),
      read(table, 0),
      read(indices, each),
      missingIn(node.attributes),
      count(each),
      rows,
      width,
    ], byBatch(units));
  },

  cost: (node) => ({ flops: sizeOf(node.shape), bytes: 8 * sizeOf(node.shape) + 4 * sizeOf(node.inputs[1].shape) }),
};

function missingIn({ missing = NaN }: Attributes): number {
  return missing as number;
}
