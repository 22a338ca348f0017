import { philox4x32 } from "../tensor/philox.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { begin, count, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";

/**
 * Uniform numbers from 0 to below 1, multiples of 2^-24.
 *
 * step [] (a cell that holds a uint32) → y of the attribute `shape`. Attributes: `shape`; `seedLow`, `seedHigh`, `stream`: unsigned 32-bit words.
 * Element i is the i-th `nextUniform` of that seed, stream and step (`tensor/random_stream.ts`).
 */
export const uniform: Op = {
  takes: { inputs: 1, needs: ["shape"], may: ["seedLow", "seedHigh", "stream"] },

  shape([step], { shape }) {
    checkShapes("apply uniform", "the step must be a scalar", [], step);
    return shape as Shape;
  },

  differentiate: () => [null],

  evaluate([step], { shape, attributes }) {
    const { seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const words = new Uint32Array(4);
    return Float64Array.from({ length: sizeOf(shape) }, (_, i) => {
      if (i % 4 === 0) philox4x32(i / 4, 0, step.data[0], stream, seedLow, seedHigh, words);
      return (words[i % 4] >>> 8) * 2 ** -24;
    });
  },

  lower({ node, output, inputs: [step], call }) {
    const { seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
    const { split, stride } = splitElements(node);
    call("uniform_forward", [
      write(output, stride),
      read(step, 0),
      seedLow | 0,
      seedHigh | 0,
      stream | 0,
      begin(stride),
      count(stride),
    ], split);
  },

  cost: (node) => costOfPass(node, 10),
};
