import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { followWalk } from "./follow_walk.ts";
import { lowerWalk } from "./lower_walk.ts";
import type { Op } from "./op.ts";
import { stridesOf, type Walk } from "./walk.ts";

/**
 * Tensors one behind the other along an axis.
 *
 * Inputs whose shapes differ along `axis` alone → y whose length there is the sum of theirs. Attribute `axis`, from 0 on. Threads share the
 * first axis where it is another one.
 */
export const concatenate: Op = {
  takes: { inputs: [1, Infinity], needs: ["axis"] },

  shape(inputs, { axis }) {
    const [first] = inputs;
    if (!(Number.isInteger(axis) && Number(axis) >= 0 && Number(axis) < first.length)) {
      throw new TypeError(
        `Cannot apply concatenate: axis must be one of the ${first.length} of ${formatShape(first)}, got ${
          describeValue(axis)
        }`,
      );
    }
    const sum = inputs.reduce((length, shape) => length + shape[axis as number], 0);
    const resized = (shape: Shape): Shape => shape.map((length, k) => k === axis ? sum : length);
    const stranger = inputs.find((shape) => formatShape(resized(shape)) !== formatShape(resized(first)));
    if (stranger === undefined) return resized(first);
    throw new TypeError(
      `Cannot apply concatenate: shapes must be equal but along axis ${axis}, got ${formatShape(first)} and ${
        formatShape(stranger)
      }`,
    );
  },

  differentiate(g, { inputs, attributes }, dy) {
    const axis = attributes.axis as number;
    let at = 0;
    return inputs.map(({ shape }) => {
      const begin = shape.map((_, k) => k === axis ? at : 0);
      at += shape[axis];
      return g.apply("slice", [dy], { begin, size: shape });
    });
  },

  evaluate(inputs, { shape, attributes }) {
    const y = new Float64Array(sizeOf(shape));
    walksOf(inputs.map((input) => input.shape), shape, attributes.axis as number).forEach((walk, i) => {
      followWalk(walk, (to, from) => y[to] = inputs[i].data[from]);
    });
    return y;
  },

  lower({ node, output, inputs, call }) {
    const shapes = node.inputs.map(({ shape }) => shape);
    walksOf(shapes, node.shape, node.attributes.axis as number).forEach((walk, i) => {
      lowerWalk({ node, output, call }, "strided_copy", { ref: inputs[i], shape: shapes[i] }, walk);
    });
  },

  cost: (node) => costOfPass(node, 1),
};

function walksOf(inputs: readonly Shape[], y: Shape, axis: number): Walk[] {
  const strides = stridesOf(y);
  let at = 0;
  return inputs.map((shape) => {
    const offset = at * strides[axis];
    at += shape[axis];
    return { sizes: shape, y: { offset, strides }, x: { offset: 0, strides: stridesOf(shape) } };
  });
}
