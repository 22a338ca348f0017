import { sizeOf } from "../tensor/size_of.ts";
import { affineSampling, FILL_MODES } from "./affine_sampling.ts";
import { batchUnits } from "./batch_units.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byBatch, count, type Op, read, write } from "./op.ts";
import { visitSamples } from "./visit_samples.ts";

/**
 * Images under an affine map each: y[n, r, c] is image n at the place (a0 · c + a1 · r + a2, b0 · c + b1 · r + b2), column and row, between its
 * four pixels or, with `nearest`, at ⌊place + ½⌋.
 *
 * images [batch, height, width, channels], transforms [batch, 6], each a0, a1, a2, b0, b1, b2 → y [batch, attribute height, attribute width,
 * channels]. Attributes: `height`, `width`; `nearest`, a boolean; `fillMode`, how an image goes on beyond its border: `constant` (k k | a b c | k k,
 * with the attribute `fillValue`, 0 by default), `nearest` (a a | a b c | c c), `wrap` (b c | a b c | a b), `reflect` (b a | a b c | c b).
 * A place that is further than 2^24 away, or NaN, is taken for one that far. There is no gradient by the transforms.
 */
export const affineSample: Op = {
  takes: { inputs: 2, needs: ["height", "width", "fillMode"], may: ["nearest", "fillValue"] },

  shape([images, transforms], attributes) {
    const { rows, columns } = affineSampling("affine_sample", images, transforms, attributes);
    return [images[0], rows, columns, images[3]];
  },

  differentiate(g, { inputs: [images, transforms], shape: [, rows, columns], attributes }, dy) {
    const { nearest = false, fillMode } = attributes;
    const [, height, width] = images.shape;
    const backward = { height, width, rows, columns, nearest, fillMode };
    return [g.apply("affine_sample_backward", [dy, transforms], backward), null];
  },

  evaluate([images, transforms], { shape, attributes }) {
    const sampling = affineSampling("affine_sample", images.shape, transforms.shape, attributes);
    const channels = shape[3];
    const y = new Float64Array(sizeOf(shape));
    visitSamples(images.shape, transforms.data, sampling, (from, to, share) => {
      for (let j = 0; j < channels; j++) {
        y[to * channels + j] += share * (from < 0 ? sampling.fillValue : images.data[from * channels + j]);
      }
    });
    return y;
  },

  lower({ node, output, inputs: [images, transforms], call }) {
    const { shape } = node.inputs[0];
    const { rows, columns, isNearest, mode, fillValue } = affineSampling(
      "affine_sample",
      shape,
      node.inputs[1].shape,
      node.attributes,
    );
    const [batch, height, width, channels] = shape;
    const units = batchUnits(node, shape);
    const each = batch / Math.max(units, 1);
    call("affine_sample_forward", [
      write(output, each * rows * columns * channels),
      read(images, each * height * width * channels),
      read(transforms, 6 * each),
      count(each),
      height,
      width,
      channels,
      rows,
      columns,
      isNearest ? 1 : 0,
      FILL_MODES.indexOf(mode),
      fillValue,
    ], byBatch(units));
  },

  cost: (node) => costOfPass(node, 20),
};
