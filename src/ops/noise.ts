import { normalPair } from "../tensor/normal_pair.ts";
import { philox4x32 } from "../tensor/philox.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { begin, count, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";
import { describeValue } from "../errors/describe_value.ts";

/**
 * Adds normal numbers, y = x + stddev · z, or multiplies by them, y = x · (1 + stddev · z).
 *
 * x of any shape, step [] (a cell that holds a uint32) → y of the shape of x. Attributes: `stddev`; `multiply`, a boolean; `seedLow`,
 * `seedHigh`, `stream`: unsigned 32-bit words. z of element i is the i-th `nextNormal` of that seed, stream and step
 * (`tensor/random_stream.ts`): made of the words 2⌊i / 2⌋ and 2⌊i / 2⌋ + 1 by `normalPair`. So the backward pass draws the same numbers.
 */
export const noise: Op = {
  takes: { inputs: 2, needs: ["stddev", "multiply"], may: ["seedLow", "seedHigh", "stream"] },
  inPlace: true,

  shape([x, step], { stddev }) {
    checkShapes("apply noise", "the step must be a scalar", [], step);
    if (!(Number.isFinite(stddev) && Number(stddev) >= 0)) {
      throw new RangeError(`Cannot apply noise: stddev must be a number >= 0, got ${describeValue(stddev)}`);
    }
    return x;
  },

  differentiate(g, { inputs: [, step], attributes }, dy) {
    return [attributes.multiply ? g.apply("noise", [dy, step], attributes) : dy, null];
  },

  evaluate([x, step], { attributes }) {
    const { stddev, seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const words = new Uint32Array(4);
    const pair = new Float64Array(2);
    return x.data.map((v, i) => {
      if (i % 4 === 0) philox4x32(i / 4, 0, step.data[0], stream, seedLow, seedHigh, words);
      if (i % 2 === 0) normalPair(words[i % 4], words[i % 4 + 1], pair);
      return attributes.multiply ? v * (1 + stddev * pair[i % 2]) : v + stddev * pair[i % 2];
    });
  },

  lower({ node, output, inputs: [x, step], call }) {
    const { stddev, seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
    const { split, stride } = splitElements(node);
    call("noise_forward", [
      write(output, stride),
      read(x, stride),
      read(step, 0),
      stddev,
      node.attributes.multiply ? 1 : 0,
      seedLow | 0,
      seedHigh | 0,
      stream | 0,
      begin(stride),
      count(stride),
    ], split);
  },

  cost: (node) => costOfPass(node, 40),
};
