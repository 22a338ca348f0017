import { checkNumber } from "../errors/check_number.ts";
import { philox4x32 } from "../tensor/philox.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { begin, count, type Op, read, write } from "./op.ts";
import { splitElements } from "./split_elements.ts";

/**
 * Numbers from 0 to 1 of the beta distribution Beta(α, α), whose density is proportional to (b · (1 − b))^(α − 1).
 *
 * step [] (a cell that holds a uint32) → y of the attribute `shape`. Attributes: `shape`; `low` and `high`, between which α is drawn for every
 * element, uniformly; `seedLow`, `seedHigh`, `stream`: unsigned 32-bit words. Element i is made of the words of the Philox block i with the counter
 * [i, 1, step, stream]: with u = (word 0 + 1) · 2^-32, v = word 1 · 2^-32, α = low + (high − low) · ⌊word 2 / 2^8⌋ · 2^-24 and c = cos 2πv,
 * y = ½ + ½ · sign(c) / √(1 + 1 / ((u^(−1/α) − 1) · c²)).
 *
 * Source: Devroye, Random variate generation in one line of code, Winter Simulation Conference 1996; from Bailey's formula for Student's t.
 */
export const symmetricBeta: Op = {
  takes: { inputs: 1, needs: ["shape", "low", "high"], may: ["seedLow", "seedHigh", "stream"] },

  shape([step], { shape, low, high }) {
    checkShapes("apply symmetric_beta", "the step must be a scalar", [], step);
    checkNumber("apply symmetric_beta", "low", low, { minExclusive: 0 });
    checkNumber("apply symmetric_beta", "high", high, { min: low as number });
    return shape as Shape;
  },

  differentiate: () => [null],

  evaluate([step], { shape, attributes }) {
    const { low, high, seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const words = new Uint32Array(4);
    return Float64Array.from({ length: sizeOf(shape) }, (_, i) => {
      philox4x32(i, 1, step.data[0], stream, seedLow, seedHigh, words);
      const alpha = low + (high - low) * (words[2] >>> 8) * 2 ** -24;
      const cosine = Math.cos(2 * Math.PI * words[1] * 2 ** -32);
      const ratio = (((words[0] + 1) * 2 ** -32) ** (-1 / alpha) - 1) * cosine * cosine;
      return ratio > 0 ? 0.5 + 0.5 * Math.sign(cosine) / Math.sqrt(1 + 1 / ratio) : 0.5;
    });
  },

  lower({ node, output, inputs: [step], call }) {
    const { low, high, seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
    const { split, stride } = splitElements(node);
    call("symmetric_beta_forward", [
      write(output, stride),
      read(step, 0),
      low,
      high,
      seedLow | 0,
      seedHigh | 0,
      stream | 0,
      begin(stride),
      count(stride),
    ], split);
  },

  cost: (node) => costOfPass(node, 300),
};
