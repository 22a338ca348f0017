import { sizeOf } from "../tensor/size_of.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { begin, byParameter, count, type Op, read, write } from "./op.ts";

/**
 * Which rows of a table indices name: y[r] = 1 where indices[i] = r for an i, else 0.
 *
 * indices [...] → y [rows]. Attribute `rows`. Each thread goes through all indices.
 */
export const touchedRows: Op = {
  takes: { inputs: 1, needs: ["rows"] },
  shape: (_, { rows }) => [rows as number],
  differentiate: noSecondDerivative("touched_rows"),

  evaluate([indices], { shape: [rows] }) {
    const touched = new Float64Array(rows);
    for (const index of indices.data) if (Number.isInteger(index) && index >= 0 && index < rows) touched[index] = 1;
    return touched;
  },

  lower({ node, output, inputs: [indices], call }) {
    const size = sizeOf(node.inputs[0].shape);
    call("touch_rows", [write(output, 1), read(indices, 0), begin(), count(), size], byParameter(node.shape[0]));
  },

  cost: ({ shape, inputs: [indices] }) => ({
    flops: sizeOf(indices.shape),
    bytes: 4 * (sizeOf(shape) + sizeOf(indices.shape)),
  }),
};
