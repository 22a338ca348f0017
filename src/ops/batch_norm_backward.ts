import { placeParts } from "../tensor/place_parts.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { noSecondDerivative } from "./no_second_derivative.ts";
import {
  at,
  begin,
  byEvery,
  count,
  matrixOf,
  none,
  ofRank,
  type OpOfParts,
  read,
  readColumns,
  write,
  writeColumns,
} from "./op.ts";
import { splitBatchNorm } from "./split_batch_norm.ts";

/**
 * The backward pass of batch_norm: dx = scale / √(σ² + epsilon) · (dy − mean(dy) − x̂ · mean(dy · x̂)), dscale = Σ dy · x̂ and doffset = Σ dy,
 * with the normalised column x̂, sums and means over all rows.
 *
 * dy, x [batch, ..., width], mean, variance and rest [width], scale [width] or not given → dx of the shape of x; dscale, doffset [width].
 * Attribute `epsilon`.
 */
export const batchNormBackward: OpOfParts = {
  takes: { inputs: [5, 6], needs: ["epsilon"] },
  shapes([dy, x, ...columns]) {
    checkRows("batch_norm_backward", x);
    checkShapes("apply batch_norm_backward", "dy and x must have one shape", x, dy);
    for (const shape of columns) {
      checkShapes(
        "apply batch_norm_backward",
        "statistics and scale must have one element a column",
        x.slice(-1),
        shape,
      );
    }
    return [x, x.slice(-1), x.slice(-1)];
  },

  differentiate: noSecondDerivative("batch_norm_backward"),

  evaluate([dy, x, mean, variance, rest, scale], node) {
    const { rows, width } = matrixOf(x.shape);
    const { offsets, elements } = placeParts(node.parts!);
    const result = new Float64Array(elements);
    for (let j = 0; j < width; j++) {
      const inverse = 1 / Math.sqrt(variance.data[j] + (node.attributes.epsilon as number));
      const indices = Array.from({ length: rows }, (_, r) => r * width + j);
      const hat = indices.map((i) => (x.data[i] - mean.data[j] - rest.data[j]) * inverse);
      const sum = indices.reduce((total, i) => total + dy.data[i], 0);
      const dot = indices.reduce((total, i, r) => total + dy.data[i] * hat[r], 0);
      const factor = inverse * (scale?.data[j] ?? 1);
      indices.forEach((i, r) => result[i] = factor * (dy.data[i] - sum / rows - hat[r] * dot / rows));
      result[offsets[1] + j] = dot;
      result[offsets[2] + j] = sum;
    }
    return result;
  },

  lower({ node, output, inputs: [dy, x, mean, variance, rest, scale], ranks, scratch, call }) {
    const epsilon = node.attributes.epsilon as number;
    const { rows, width, pitch, work: size, split, blocks } = splitBatchNorm(node, node.inputs[1].shape);
    const { offsets: [, dscale, doffset] } = placeParts(node.parts!);
    const work = scratch(ranks * size);
    if (blocks === null) {
      call("batch_norm_backward_columns", [
        writeColumns(output, 1, width),
        write(at(output, dscale), 1),
        write(at(output, doffset), 1),
        ofRank(work, size),
        readColumns(dy, 1, width),
        readColumns(x, 1, width),
        read(mean, 1),
        read(variance, 1),
        read(rest, 1),
        scale === undefined ? none : read(scale, 1),
        epsilon,
        rows,
        count(),
        width,
      ], split);
      return;
    }
    const { samples, each, positions, stride } = blocks;
    const sums = scratch(blocks.count * 2 * pitch);
    call("batch_norm_dots", [
      write(sums, 2 * pitch),
      read(dy, each * stride),
      read(x, each * stride),
      read(mean, 0),
      count(),
      begin(),
      samples,
      each,
      positions,
      width,
    ], blocks.split);
    call("batch_norm_fold_backward", [
      ofRank(work, size),
      read(sums, 0),
      read(variance, 0),
      read(rest, 0),
      scale === undefined ? none : read(scale, 0),
      epsilon,
      samples,
      each,
      positions,
      width,
    ], byEvery);
    // Of all threads' sums, which are the same, those of the first are kept.
    [dscale, doffset].forEach((offset, row) => {
      call("copy_forward", [write(at(output, offset), width), read(at(work, row * pitch), width), count(width)], null);
    });
    call("batch_norm_apply_backward", [
      write(output, stride),
      read(dy, stride),
      read(x, stride),
      read(mean, 0),
      ofRank(work, size),
      count(positions),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 12),
};
