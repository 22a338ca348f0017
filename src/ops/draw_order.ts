import { checkInteger } from "../errors/check_integer.ts";
import { philox4x32 } from "../tensor/philox.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { type Op, read, write } from "./op.ts";

/**
 * The numbers from 0 to rows − 1 in an order in which all are equally likely.
 *
 * step [] (a cell that holds a uint32) → y [attribute `rows`]. Attributes: `rows`; `seedLow`, `seedHigh`, `stream`: unsigned 32-bit words. One
 * number after the other is put at the end: with the word i mod 4 of the Philox block ⌊i / 4⌋, whose counter is [block, 2, step, stream], i
 * changes places with the number at j = ⌊word · (i + 1) / 2^32⌋ (Fisher and Yates, Durstenfeld). One thread does all of it.
 */
export const drawOrder: Op = {
  takes: { inputs: 1, needs: ["rows"], may: ["seedLow", "seedHigh", "stream"] },

  shape([step], { rows }) {
    checkShapes("apply draw_order", "the step must be a scalar", [], step);
    return [checkInteger("apply draw_order", "rows", rows, { min: 0, max: 2 ** 24 })];
  },

  differentiate: () => [null],

  evaluate([step], { shape: [rows], attributes }) {
    const { seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const words = new Uint32Array(4);
    const y = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      if (i % 4 === 0) philox4x32(i / 4, 2, step.data[0], stream, seedLow, seedHigh, words);
      const j = Number(BigInt(words[i % 4]) * BigInt(i + 1) >> 32n);
      y[i] = y[j];
      y[j] = i;
    }
    return y;
  },

  lower({ node, output, inputs: [step], call }) {
    const { seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
    call("draw_order", [write(output, 0), read(step, 0), seedLow | 0, seedHigh | 0, stream | 0, node.shape[0]], null);
  },

  cost: (node) => costOfPass(node, 20),
};
