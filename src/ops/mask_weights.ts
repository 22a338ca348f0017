import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { none, type Op, read, write } from "./op.ts";

/**
 * What the rows of a loss count beside a mask m of 0 and 1: y = w·m / d, and 0 where d is 0; in a fixed order, on one thread.
 *
 * w, m and, if it is there, c of one shape → y of that shape. Attribute `divisor`: `none`, d = 1; `weights`, d = Σ w·m; `counts`, d = Σ m·c,
 * where c is 1 for a row that counts and 0 for one that does not. Nothing flows back: weights and masks are no functions of what is learnt.
 */
export const maskWeights: Op = {
  takes: { inputs: [2, 3], needs: ["divisor"] },
  shape([w, m, c = w], { divisor }) {
    checkShapes("apply mask_weights", "all shapes must be equal", w, m);
    checkShapes("apply mask_weights", "all shapes must be equal", w, c);
    if (divisor !== "none" && divisor !== "weights" && divisor !== "counts") {
      throw new TypeError(`Cannot apply mask_weights: divisor must be none, weights or counts, got ${divisor}`);
    }
    return w;
  },

  differentiate: () => [null, null, null],

  evaluate([w, m, c], { attributes: { divisor } }) {
    const masked = w.data.map((weight, i) => weight * m.data[i]);
    const parts = divisor === "none"
      ? null
      : divisor === "weights"
      ? masked
      : m.data.map((v, i) => v * (c?.data[i] ?? 1));
    const sum = parts === null ? 1 : parts.reduce((a, b) => a + b, 0);
    return masked.map((weight) => sum === 0 ? 0 : weight / sum);
  },

  lower({ node, output, inputs: [w, m, c], call }) {
    const { divisor } = node.attributes;
    call("mask_weights_forward", [
      write(output, 0),
      read(w, 0),
      read(m, 0),
      c === undefined ? none : read(c, 0),
      divisor === "none" ? 0 : 1,
      divisor === "weights" ? 1 : 0,
      sizeOf(node.shape),
    ], null);
  },

  cost: (node) => costOfPass(node, 3),
};
