import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { byParameter, count, matrixOf, type Op, read, readColumns, write } from "./op.ts";

/**
 * The gradient of layer_norm's scale: dscale[j] = Σ dy[..., j] · x̂[..., j], x̂ being the normalised x.
 *
 * dy, x [..., width], statistics [..., 2] → dscale [width].
 */
export const layerNormScaleBackward: Op = {
  takes: { inputs: 3 },
  shape([dy, x]) {
    checkShapes("apply layer_norm_scale_backward", "dy and x must have one shape", x, dy);
    return x.slice(-1);
  },

  differentiate: noSecondDerivative("layer_norm_scale_backward"),

  evaluate([dy, x, statistics]) {
    const { rows, width } = matrixOf(x.shape);
    const result = new Float64Array(width);
    for (let r = 0; r < rows; r++) {
      const [mean, inverse] = statistics.data.subarray(2 * r);
      for (let j = 0; j < width; j++) result[j] += dy.data[r * width + j] * (x.data[r * width + j] - mean) * inverse;
    }
    return result;
  },

  lower({ node, output, inputs: [dy, x, statistics], call }) {
    const { rows, width } = matrixOf(node.inputs[0].shape);
    call("layer_norm_scale_backward", [
      write(output, 1),
      readColumns(dy, 1, width),
      readColumns(x, 1, width),
      read(statistics, 0),
      rows,
      count(),
      width,
    ], byParameter(width));
  },

  cost: (node) => costOfPass(node, 4),
};
