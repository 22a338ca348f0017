import { formatShape } from "../tensor/format_shape.ts";
import { placeParts } from "../tensor/place_parts.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import { attendExactly } from "./attend_exactly.ts";
import { costOfAttention } from "./attention.ts";
import { attentionBlock, maskArguments, rowOfScores, sizeArguments } from "./attention_arguments.ts";
import { type AttentionShapes, readAttention } from "./attention_shapes.ts";
import { at, byBatch, ofRank, type OpOfParts, read, write } from "./op.ts";

/**
 * The backward pass of attention, from its result. With probabilities P, after dropout D, dP the dropped dy · vᵀ, and S = P · (dP − Σ dy·y):
 * dq = S · k, dk = Sᵀ · q, dv = Dᵀ · dy. P is computed again.
 *
 * dy, y [batch, t, heads, valueWidth], and the inputs of `attention` → dq, dk, dv of the shapes of q, k and v. Attributes as there.
 */
export const attentionBackward: OpOfParts = {
  takes: { inputs: [5, 9], needs: ["causal", "inputs"], may: ["rate", "seedLow", "seedHigh", "stream"] },

  shapes([dy, y, q, k, v, ...others], attributes) {
    const { batch, t, heads, valueWidth } = readAttention([q, k, v, ...others], attributes);
    const wanted = formatShape([batch, t, heads, valueWidth]);
    if (formatShape(dy) === wanted && formatShape(y) === wanted) return [q, k, v];
    throw new TypeError(
      `Cannot apply attention_backward: dy and y must have shape ${wanted}, got ${formatShape(dy)} and ${
        formatShape(y)
      }`,
    );
  },

  differentiate() {
    throw new Error("attention_backward has no derivative here");
  },

  evaluate([dy, y, ...inputs], node) {
    const [q, k, v] = inputs;
    const width = q.shape[3], valueWidth = v.shape[3];
    const { offsets: [dq, dk, dv], elements } = placeParts(node.parts!);
    const d = new Float64Array(elements);
    attendExactly(inputs, node.attributes, ({ p, kept, isLeft, query, result, key, value }) => {
      let mean = 0;
      for (let c = 0; c < valueWidth; c++) mean += dy.data[result + c] * y.data[result + c];
      p.forEach((probability, j) => {
        let flow = 0;
        for (let c = 0; c < valueWidth; c++) {
          flow += dy.data[result + c] * v.data[value(j) + c];
          d[dv + value(j) + c] += probability * kept[j] * dy.data[result + c];
        }
        if (!isLeft) return;
        const ds = probability * (flow * kept[j] - mean);
        for (let c = 0; c < width; c++) {
          d[dq + query + c] += ds * k.data[key(j) + c];
          d[dk + key(j) + c] += ds * q.data[query + c];
        }
      });
    });
    return d;
  },

  lower({ node, output, inputs: [dy, y, q, k, v, ...others], scratch, ranks, call }) {
    const shapes = shapesOf(node);
    const { batch, t, s, heads, groups, width, valueWidth } = shapes;
    const block = attentionBlock(shapes);
    const up = (n: number): number => Math.ceil(n / 8) * 8;
    const room = wholeVectors(
      (width + valueWidth) * up(s) + s * up(width) + block * (up(width) + up(valueWidth) + 2 * rowOfScores(shapes)) +
        (block + 3) * (s + 3 + width + valueWidth),
    );
    const { offsets: [dq, dk, dv] } = placeParts(node.parts!);
    const query = t * heads * width, key = s * groups * width, value = s * groups * valueWidth;
    const result = t * heads * valueWidth;
    call("attention_backward", [
      write(at(output, dq), query),
      write(at(output, dk), key),
      write(at(output, dv), value),
      read(dy, result),
      read(y, result),
      read(q, query),
      read(k, key),
      read(v, value),
      ...maskArguments(shapes, node.inputs.slice(5), others),
      ofRank(scratch(room * ranks), room),
      ...sizeArguments(shapes, node.attributes),
    ], byBatch(batch));
  },

  cost: (node) => costOfAttention(node, shapesOf(node), 2.5),
};

function shapesOf({ inputs, attributes }: Symbolic): AttentionShapes {
  return readAttention(inputs.slice(2).map(({ shape }) => shape), attributes);
}
