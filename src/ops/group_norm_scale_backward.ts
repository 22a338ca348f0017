import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { byParameter, count, type Op, readColumns, write } from "./op.ts";
import { splitSamples } from "./split_samples.ts";

/**
 * The gradient of group_norm's scale: dscale[j] = Σ dy[..., j] · x̂[..., j], x̂ being the normalised x.
 *
 * dy, x [batch, ..., channels], statistics [batch, 2, channels] → dscale [channels].
 */
export const groupNormScaleBackward: Op = {
  takes: { inputs: 3 },
  shape([dy, x, statistics]) {
    const what = "apply group_norm_scale_backward";
    checkShapes(what, "dy and x must have one shape", x, dy);
    checkShapes(what, "statistics must be those of x", [x[0], 2, x[x.length - 1]], statistics);
    return x.slice(-1);
  },

  differentiate: noSecondDerivative("group_norm_scale_backward"),

  evaluate([dy, x, { data }]) {
    const channels = x.shape[x.shape.length - 1];
    const stride = x.data.length / Math.max(x.shape[0], 1);
    const result = new Float64Array(channels);
    x.data.forEach((v, i) => {
      const at = 2 * Math.floor(i / stride) * channels + i % channels;
      result[i % channels] += dy.data[i] * (v - data[at]) * data[at + channels];
    });
    return result;
  },

  lower({ node, output, inputs: [dy, x, statistics], call }) {
    const { shape } = node.inputs[1];
    const { positions, channels } = splitSamples(shape);
    call("group_norm_scale_backward", [
      write(output, 1),
      readColumns(dy, 1, channels),
      readColumns(x, 1, channels),
      readColumns(statistics, 1, channels),
      shape[0],
      positions,
      count(),
      channels,
    ], byParameter(channels));
  },

  cost: (node) => costOfPass(node, 4),
};
