import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { type AffineSampling, affineSampling, FILL_MODES } from "./affine_sampling.ts";
import { batchUnits } from "./batch_units.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byBatch, count, type Op, read, write } from "./op.ts";
import { visitSamples } from "./visit_samples.ts";

/**
 * The backward pass of affine_sample: every pixel of dimages is the sum of dy by what it counts in it, in the order of dy.
 *
 * dy [batch, rows, columns, channels], transforms [batch, 6] → dimages [batch, height, width, channels]. Attributes `rows` and `columns` of
 * the samples, `height` and `width` of the images, and `nearest` and `fillMode` as `affine_sample` has them.
 */
export const affineSampleBackward: Op = {
  takes: { inputs: 2, needs: ["height", "width", "rows", "columns", "fillMode"], may: ["nearest"] },

  shape([dy, transforms], attributes) {
    const { rows, columns } = samplingOf(dy, transforms, attributes);
    checkShapes(
      "apply affine_sample_backward",
      "dy must have as many rows and columns",
      [rows, columns],
      dy.slice(1, 3),
    );
    return [dy[0], attributes.height as number, attributes.width as number, dy[3]];
  },

  differentiate(g, { inputs: [, transforms], attributes }, d) {
    const { rows, columns, nearest = false, fillMode } = attributes;
    return [g.apply("affine_sample", [d, transforms], { height: rows, width: columns, nearest, fillMode }), null];
  },

  evaluate([dy, transforms], { shape, attributes }) {
    const channels = shape[3];
    const dx = new Float64Array(sizeOf(shape));
    visitSamples(shape, transforms.data, samplingOf(dy.shape, transforms.shape, attributes), (from, to, share) => {
      if (from < 0) return;
      for (let j = 0; j < channels; j++) dx[from * channels + j] += share * dy.data[to * channels + j];
    });
    return dx;
  },

  lower({ node, output, inputs: [dy, transforms], call }) {
    const { rows, columns, isNearest, mode } = samplingOf(node.inputs[0].shape, node.inputs[1].shape, node.attributes);
    const [batch, height, width, channels] = node.shape;
    const units = batchUnits(node, node.shape);
    const each = batch / Math.max(units, 1);
    call("affine_sample_backward", [
      write(output, each * height * width * channels),
      read(dy, each * rows * columns * channels),
      read(transforms, 6 * each),
      count(each),
      height,
      width,
      channels,
      rows,
      columns,
      isNearest ? 1 : 0,
      FILL_MODES.indexOf(mode),
    ], byBatch(units));
  },

  cost: (node) => costOfPass(node, 20),
};

function samplingOf(dy: Shape, transforms: Shape, { rows, columns, ...attributes }: Attributes): AffineSampling {
  return affineSampling("affine_sample_backward", dy, transforms, { ...attributes, height: rows, width: columns });
}
