import { groupNorm as groupNormBody } from "../kernels/bodies/group_norm.ts";
import { placeParts } from "../tensor/place_parts.ts";
import type { Shape } from "../tensor/shape.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { checkGroups } from "./check_groups.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { at, count, none, type OpOfParts, read, write } from "./op.ts";
import { splitSamples } from "./split_samples.ts";

/**
 * Normalises the channels of every sample by groups: y = (x − μ) / √(σ² + epsilon) · scale + offset, with mean and population variance
 * over all positions and the channels of a group, `channels / groups` that follow each other.
 *
 * x [batch, ..., channels], scale [channels], offset [channels] → y of the shape of x, statistics [batch, 2, channels]: μ and
 * 1 / √(σ² + epsilon) of the group that a channel is in. Attributes: `epsilon`; `groups`, which divides the channels; `inputs`, what is
 * given behind x, of "scale", "offset".
 *
 * Source: Wu and He, Group normalization, ECCV 2018.
 */
export const groupNorm: OpOfParts = {
  takes: { inputs: [1, 3], needs: ["epsilon", "groups", "inputs"] },
  shapes([x, ...others], attributes) {
    checkGroups("group_norm", x, attributes.groups);
    const names = attributes.inputs as readonly string[];
    if (names.length !== others.length) {
      throw new TypeError(
        `Cannot apply group_norm: inputs names ${names.length} tensors behind x, got ${others.length}`,
      );
    }
    others.forEach((shape, i) =>
      checkShapes("apply group_norm", `${names[i]} must have one element a channel`, x.slice(-1), shape)
    );
    return [x, statisticsShape(x)];
  },

  differentiate(g, node, [dy, dStatistics]) {
    if (dy === null || dStatistics !== null) throw new Error("The statistics of group_norm have no gradient");
    const [x, ...others] = node.inputs;
    const [, statistics] = partsOf(g, node);
    const names = node.attributes.inputs as readonly string[];
    const scale = others.filter((_, i) => names[i] === "scale");
    const gradients: Readonly<Record<string, () => Symbolic>> = {
      scale: () => g.apply("group_norm_scale_backward", [dy, x, statistics]),
      offset: () => g.apply("sum_columns", [dy]),
    };
    return [
      g.apply("group_norm_backward", [dy, x, statistics, ...scale], { groups: node.attributes.groups }),
      ...names.map((name) => gradients[name]()),
    ];
  },

  evaluate([x, ...others], node) {
    const names = node.attributes.inputs as readonly string[];
    const [scale, offset] = ["scale", "offset"].map((name) => others[names.indexOf(name)]?.data);
    const channels = x.shape[x.shape.length - 1];
    const { offsets: [, statistics], elements } = placeParts(node.parts!);
    const y = new Float64Array(elements);
    const [samples] = x.shape;
    const positions = x.data.length / Math.max(samples * channels, 1);
    const [g, o] = [scale, offset].map((data) => data === undefined ? -1 : 0);
    const { groups, epsilon } = node.attributes as { groups: number; epsilon: number };
    groupNormBody(
      y,
      0,
      y,
      statistics,
      x.data,
      0,
      scale ?? y,
      g,
      offset ?? y,
      o,
      samples,
      positions,
      channels,
      groups,
      epsilon,
    );
    return y;
  },

  lower({ node, output, inputs: [x, ...others], call }) {
    const names = node.attributes.inputs as readonly string[];
    const given = (name: string) => names.includes(name) ? read(others[names.indexOf(name)], 0) : none;
    const { split, positions, channels, stride } = splitSamples(node.inputs[0].shape);
    const { offsets } = placeParts(node.parts!);
    call("group_norm_forward", [
      write(output, stride),
      write(at(output, offsets[1]), 2 * channels),
      read(x, stride),
      given("scale"),
      given("offset"),
      count(),
      positions,
      channels,
      node.attributes.groups as number,
      node.attributes.epsilon as number,
    ], split);
  },

  cost: (node) => costOfPass(node, 8),
};

/** The shape of the statistics of x. */
function statisticsShape(x: Shape): Shape {
  return [x[0], 2, x[x.length - 1]];
}
