import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import { attendExactly } from "./attend_exactly.ts";
import { attentionBlock, maskArguments, rowOfScores, sizeArguments } from "./attention_arguments.ts";
import { type AttentionShapes, readAttention } from "./attention_shapes.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, type Cost, ofRank, type Op, read, write } from "./op.ts";

/**
 * Attention of heads: for each head y[i] = Σ over keys j of dropped(softmax(q[i] · k))[j] · v[j]. The probabilities are never held for all queries:
 * memory grows with the steps, not with their square.
 *
 * q [batch, t, heads, width], k [batch, s, groups, width], v [batch, s, groups, valueWidth] → y [batch, t, heads, valueWidth]; head h reads key and
 * value ⌊h · groups / heads⌋. Attributes: `inputs`, what is given behind them, of "keys" [batch, s], "queries" [batch, t], "pairs" [batch, t, s] or
 * [batch, heads, t, s], masks in which 0 is masked, and "step" [], with which probabilities are dropped (`rate`, `seedLow`, `seedHigh`, `stream` as
 * in `dropout`); `causal`. A query without any key that counts attends to all alike, and its scores have no gradient.
 */
export const attention: Op = {
  takes: { inputs: [3, 7], needs: ["causal", "inputs"], may: ["rate", "seedLow", "seedHigh", "stream"] },

  shape(inputs, attributes) {
    const { batch, t, heads, valueWidth } = readAttention(inputs, attributes);
    return [batch, t, heads, valueWidth];
  },

  differentiate(g, node, dy) {
    const gradients = g.apply("attention_backward", [dy, node, ...node.inputs], node.attributes);
    return [...partsOf(g, gradients), ...node.inputs.slice(3).map(() => null)];
  },

  evaluate(inputs, { shape, attributes }) {
    const [, , v] = inputs;
    const valueWidth = v.shape[3];
    const y = new Float64Array(sizeOf(shape));
    attendExactly(inputs, attributes, ({ p, kept, result, value }) => {
      p.forEach((probability, j) => {
        const at = value(j);
        for (let c = 0; c < valueWidth; c++) y[result + c] += probability * kept[j] * v.data[at + c];
      });
    });
    return y;
  },

  lower({ node, output, inputs: [q, k, v, ...others], scratch, ranks, call }) {
    const shapes = shapesOf(node);
    const { t, s, heads, groups, width, valueWidth } = shapes;
    const block = attentionBlock(shapes);
    const up = (n: number): number => Math.ceil(n / 8) * 8;
    const room = wholeVectors(
      width * up(s) + s * up(valueWidth) + block * (rowOfScores(shapes) + 1) + (block + 3) * (s + width),
    );
    call("attention_forward", [
      write(output, t * heads * valueWidth),
      read(q, t * heads * width),
      read(k, s * groups * width),
      read(v, s * groups * valueWidth),
      ...maskArguments(shapes, node.inputs.slice(3), others),
      ofRank(scratch(room * ranks), room),
      ...sizeArguments(shapes, node.attributes),
    ], byBatch(batchUnits(node, node.shape)));
  },

  cost: (node) => costOfAttention(node, shapesOf(node), 1),
};

function shapesOf({ inputs, attributes }: Symbolic): AttentionShapes {
  return readAttention(inputs.map(({ shape }) => shape), attributes);
}

/** What attention costs that multiplies queries and keys, and probabilities and values, so many times. */
export function costOfAttention(
  { inputs, shape }: Symbolic,
  { batch, t, s, heads, width, valueWidth }: AttentionShapes,
  times: number,
): Cost {
  const pairs = batch * heads * t * s;
  const bytes = 4 * inputs.reduce((sum, x) => sum + sizeOf(x.shape), sizeOf(shape));
  return { flops: pairs * (2 * times * (width + valueWidth) + 25), bytes };
}
