import { checkInteger } from "../errors/check_integer.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { batchUnits } from "./batch_units.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { byBatch, count, type Op, read, write } from "./op.ts";

/**
 * The affine maps that turn, scale and shift images about their centre, for `affine_sample`: with cx = (width − 1) / 2, cy = (height − 1) / 2
 * and the angle 2π · turns, position (x, y) of the result lies at (a0 · x + a1 · y + a2, b0 · x + b1 · y + b2) of the image, where
 *
 *     a0 = scaleX · cos    a1 = −scaleX · sin    a2 = shiftX + cx − cx · a0 − cy · a1
 *     b0 = scaleY · sin    b1 = scaleY · cos     b2 = shiftY + cy − cx · b0 − cy · b1
 *
 * parameters [batch, 5], each turns, scaleX, scaleY, shiftX, shiftY → [batch, 6]. Attributes `height` and `width` of the images. A
 * positive angle turns the picture counter-clockwise. No gradient.
 */
export const affineTransforms: Op = {
  takes: { inputs: 1, needs: ["height", "width"] },

  shape([parameters], { height, width }) {
    checkInteger("apply affine_transforms", "height", height, { min: 1 });
    checkInteger("apply affine_transforms", "width", width, { min: 1 });
    if (parameters.length === 2 && parameters[1] === 5) return [parameters[0], 6];
    throw new TypeError(
      `Cannot apply affine_transforms: the parameters must have shape [batch, 5], got ${formatShape(parameters)}`,
    );
  },

  differentiate: () => [null],

  evaluate([parameters], { attributes }) {
    const [cx, cy] = [attributes.width, attributes.height].map((length) => ((length as number) - 1) / 2);
    return Float64Array.from(
      { length: parameters.data.length / 5 * 6 },
      (_, i) => transformOf(parameters.data.subarray(Math.floor(i / 6) * 5), cx, cy)[i % 6],
    );
  },

  lower({ node, output, inputs: [parameters], call }) {
    const { height, width } = node.attributes as Record<string, number>;
    const units = batchUnits(node, node.shape);
    const each = node.shape[0] / Math.max(units, 1);
    call("affine_transforms", [
      write(output, 6 * each),
      read(parameters, 5 * each),
      count(each),
      height,
      width,
    ], byBatch(units));
  },

  cost: (node) => costOfPass(node, 20),
};

function transformOf([turns, scaleX, scaleY, shiftX, shiftY]: Float64Array, cx: number, cy: number): number[] {
  const [cosine, sine] = [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
  const [a0, a1, b0, b1] = [scaleX * cosine, -scaleX * sine, scaleY * sine, scaleY * cosine];
  return [a0, a1, shiftX + cx - cx * a0 - cy * a1, b0, b1, shiftY + cy - cx * b0 - cy * b1];
}
