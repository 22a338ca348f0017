import { checkGroups } from "./check_groups.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import { count, none, ofRank, type Op, read, write } from "./op.ts";
import { splitSamples } from "./split_samples.ts";

/**
 * The backward pass of group_norm: dx = (g − mean(g) − x̂ · mean(g · x̂)) / √(σ² + epsilon), with g = dy · scale, x̂ the normalised x, and
 * means over a group of a sample.
 *
 * dy, x [batch, ..., channels], statistics [batch, 2, channels], scale [channels] or not given → dx of the shape of x. Attribute `groups`.
 */
export const groupNormBackward: Op = {
  takes: { inputs: [3, 4], needs: ["groups"] },
  inPlace: true,

  shape([dy, x], attributes) {
    checkGroups("group_norm_backward", x, attributes.groups);
    checkShapes("apply group_norm_backward", "dy and x must have one shape", x, dy);
    return x;
  },

  differentiate: noSecondDerivative("group_norm_backward"),

  evaluate([dy, x, statistics, scale], { attributes }) {
    const channels = x.shape[x.shape.length - 1];
    const size = channels / (attributes.groups as number);
    const stride = x.data.length / Math.max(x.shape[0], 1);
    const result = new Float64Array(x.data.length);
    for (let n = 0; n < x.shape[0]; n++) {
      const at = 2 * n * channels;
      const sums = new Float64Array(channels / size), dots = new Float64Array(channels / size);
      const visit = (f: (i: number, group: number, g: number, hat: number, inverse: number) => void): void => {
        for (let i = n * stride; i < (n + 1) * stride; i++) {
          const j = i % channels;
          const inverse = statistics.data[at + channels + j];
          const hat = (x.data[i] - statistics.data[at + j]) * inverse;
          f(i, Math.floor(j / size), dy.data[i] * (scale?.data[j] ?? 1), hat, inverse);
        }
      };
      visit((_, group, g, hat) => {
        sums[group] += g;
        dots[group] += g * hat;
      });
      const count = stride / sums.length;
      visit((i, group, g, hat, inverse) => {
        result[i] = inverse * (g - sums[group] / count - hat * dots[group] / count);
      });
    }
    return result;
  },

  lower({ node, output, inputs: [dy, x, statistics, scale], scratch, ranks, call }) {
    const { split, positions, channels, stride } = splitSamples(node.shape);
    // Whole vectors, and some more, so that no rank reads what another one writes.
    const room = Math.ceil(2 * channels / 4) * 4 + 4;
    call("group_norm_backward", [
      write(output, stride),
      ofRank(scratch(room * ranks), room),
      read(dy, stride),
      read(x, stride),
      read(statistics, 2 * channels),
      scale === undefined ? none : read(scale, 0),
      count(),
      positions,
      channels,
      node.attributes.groups as number,
    ], split);
  },

  cost: (node) => costOfPass(node, 12),
};
