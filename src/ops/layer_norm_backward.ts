import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { mapRows } from "./map_rows.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, matrixOf, none, type Op, read, write } from "./op.ts";
import { splitRows } from "./split_rows.ts";

/**
 * The backward pass of layer_norm: dx = (g − mean(g) − x̂ · mean(g · x̂)) / √(σ² + epsilon), with g = dy · scale and x̂ the normalised row.
 *
 * dy, x [..., width], statistics [..., 2], scale [width] or not given → dx [..., width]. Attribute `center`; without it there is no mean(g).
 */
export const layerNormBackward: Op = {
  takes: { inputs: [3, 4], needs: ["center"] },
  inPlace: true,

  shape([dy, x]) {
    checkShapes("apply layer_norm_backward", "dy and x must have one shape", x, dy);
    return x;
  },

  differentiate: noSecondDerivative("layer_norm_backward"),

  evaluate([dy, x, statistics, scale], { attributes }) {
    const { width } = matrixOf(x.shape);
    return mapRows([dy, x, statistics], [width, width, 2], (dyRow, row, [mean, inverse]) => {
      const g = dyRow.map((v, j) => v * (scale?.data[j] ?? 1));
      const hat = row.map((v) => (v - mean) * inverse);
      const sum = attributes.center ? g.reduce((a, b) => a + b, 0) / width : 0;
      const dot = g.reduce((total, v, j) => total + v * hat[j], 0) / width;
      return g.map((v, j) => inverse * (v - sum - hat[j] * dot));
    });
  },

  lower({ node, output, inputs: [dy, x, statistics, scale], call }) {
    const { split, rows, width, stride } = splitRows(node, node.shape);
    call("layer_norm_backward", [
      write(output, stride),
      read(dy, stride),
      read(x, stride),
      read(statistics, 2 * rows),
      scale === undefined ? none : read(scale, 0),
      count(rows),
      width,
      node.attributes.center ? 1 : 0,
    ], split);
  },

  cost: (node) => costOfPass(node, 12),
};
