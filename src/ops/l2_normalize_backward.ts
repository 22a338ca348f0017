import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of l2_normalize: dx = (dy − y · Σ dy·y) / √Σ x², and dx = dy · 1e6 where Σ x² ≤ 1e-12.
 *
 * dy, x, y [..., width] → dx [..., width].
 */
export const l2NormalizeBackward: Op = {
  takes: { inputs: 3 },
  inPlace: true,

  shape([dy, x]) {
    checkShapes("apply l2_normalize_backward", "dy and x must have one shape", x, dy);
    return x;
  },

  differentiate: noSecondDerivative("l2_normalize_backward"),

  evaluate([dy, x, y]) {
    const { width } = matrixOf(x.shape);
    return mapRows([dy, x, y], [width, width, width], (g, row, unit) => {
      const squares = row.reduce((sum, v) => sum + v * v, 0);
      if (squares <= 1e-12) return g.map((v) => v * 1e6);
      const inner = g.reduce((sum, v, j) => sum + v * unit[j], 0);
      return g.map((v, j) => (v - unit[j] * inner) / Math.sqrt(squares));
    });
  },

  lower({ node, output, inputs: [dy, x, y], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("l2_normalize_backward", [
      write(output, stride),
      read(dy, stride),
      read(x, stride),
      read(y, stride),
      count(rows),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 6),
};
