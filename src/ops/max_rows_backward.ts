import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of max_rows: dx = dy / (how many are largest) where x = y, else 0.
 *
 * dy, y [...], x [..., width] → dx [..., width]; inputs in the order dy, x, y.
 */
export const maxRowsBackward: Op = {
  takes: { inputs: 3 },
  shape([dy, x]) {
    checkShapes("apply max_rows_backward", "dy must have one element a row", x.slice(0, -1), dy);
    return x;
  },

  differentiate: noSecondDerivative("max_rows_backward"),

  evaluate([dy, x, y]) {
    const { width } = matrixOf(x.shape);
    return mapRows([dy, x, y], [1, width, 1], ([g], row, [top]) => {
      const ties = row.filter((v) => v === top).length;
      return row.map((v) => v === top ? g / ties : 0);
    });
  },

  lower({ node, output, inputs: [dy, x, y], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("max_rows_backward", [
      write(output, stride),
      read(dy, rows),
      read(x, stride),
      read(y, rows),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 2),
};
