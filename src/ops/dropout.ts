import { philox4x32 } from "../tensor/philox.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { begin, count, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";

/**
 * Sets elements to 0 at random and scales the others: y = x · keep / (1 − rate).
 *
 * x of any shape, step [] (a cell that holds a uint32) → y of the shape of x. Attributes: `rate`, 0 to 1; `seedLow`, `seedHigh`,
 * `stream`: unsigned 32-bit words. Element i uses word i mod 4 of the Philox block ⌊i / 4⌋, with the counter
 * [block, 0, step, stream] and the key [seedLow, seedHigh], and is kept where (word >>> 8) · 2^-24 ≥ rate. So the backward pass
 * is the same op, and draws the same mask again.
 */
export const dropout: Op = {
  takes: { inputs: 2, needs: ["rate"], may: ["seedLow", "seedHigh", "stream"] },
  inPlace: true,

  shape([x, step], attributes) {
    checkShapes("apply dropout", "the step must be a scalar", [], step);
    const rate = attributes.rate as number;
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`Cannot apply dropout: rate must be from 0 to 1, got ${rate}`);
    return x;
  },

  differentiate: (g, node, dy) => [g.apply("dropout", [dy, node.inputs[1]], node.attributes), null],

  evaluate([x, step], { attributes }) {
    const { rate, seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const words = new Uint32Array(4);
    return x.data.map((v, i) => {
      if (i % 4 === 0) philox4x32(i / 4, 0, step.data[0], stream, seedLow, seedHigh, words);
      return (words[i % 4] >>> 8) * 2 ** -24 >= rate ? v / (1 - rate) : 0;
    });
  },

  lower({ node, output, inputs: [x, step], call }) {
    const { rate, seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
    const { split, stride } = splitElements(node);
    call("dropout_forward", [
      write(output, stride),
      read(x, stride),
      read(step, 0),
      1 / (1 - rate),
      Math.ceil(rate * 2 ** 24), // the least value of word >>> 8 that is kept: exact, since rate · 2^24 is
      seedLow | 0,
      seedHigh | 0,
      stream | 0,
      begin(stride),
      count(stride),
    ], split);
  },

  cost: (node) => costOfPass(node, 10),
};
