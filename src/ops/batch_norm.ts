import { placeParts } from "../tensor/place_parts.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { checkRows } from "./check_rows.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
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
 * Normalises every column over all rows: y = (x − μ) / √(σ² + epsilon) · scale + offset, with the column's mean μ and population variance σ².
 *
 * x [batch, ..., width], scale [width], offset [width] → y of the shape of x; mean, variance and rest [width]. μ is mean + rest, two float32
 * numbers, since one has no digits left where the deviation is small beside the mean; in float64 rest is 0. Attributes: `epsilon`;
 * `inputs`, what is given behind x, of "scale", "offset". Sums do not depend on the number of threads.
 *
 * Sources: Ioffe and Szegedy, Batch normalization, 2015; Chan, Golub and LeVeque, Algorithms for computing the sample variance, 1983.
 */
export const batchNorm: OpOfParts = {
  takes: { inputs: [1, 3], needs: ["epsilon", "inputs"] },
  shapes([x, ...others], attributes) {
    checkRows("batch_norm", x);
    const names = attributes.inputs as readonly string[];
    if (names.length !== others.length) {
      throw new TypeError(
        `Cannot apply batch_norm: inputs names ${names.length} tensors behind x, got ${others.length}`,
      );
    }
    others.forEach((shape, i) =>
      checkShapes("apply batch_norm", `${names[i]} must have one element a column`, x.slice(-1), shape)
    );
    return [x, x.slice(-1), x.slice(-1), x.slice(-1)];
  },

  differentiate(g, node, [dy, ...dStatistics]) {
    if (dy === null || dStatistics.some((d) => d !== null)) {
      throw new Error("The statistics of batch_norm have no gradient");
    }
    const [x, ...others] = node.inputs;
    const names = node.attributes.inputs as readonly string[];
    const scale = others.filter((_, i) => names[i] === "scale");
    const [, ...statistics] = partsOf(g, node);
    const { epsilon } = node.attributes;
    const backward = g.apply("batch_norm_backward", [dy, x, ...statistics, ...scale], { epsilon });
    const [dx, dscale, doffset] = partsOf(g, backward);
    const gradients: Readonly<Record<string, Symbolic>> = { scale: dscale, offset: doffset };
    return [dx, ...names.map((name) => gradients[name])];
  },

  evaluate([x, ...others], node) {
    const names = node.attributes.inputs as readonly string[];
    const [scale, offset] = ["scale", "offset"].map((name) => others[names.indexOf(name)]?.data);
    const { rows, width } = matrixOf(x.shape);
    const { offsets, elements } = placeParts(node.parts!);
    const result = new Float64Array(elements);
    for (let j = 0; j < width; j++) {
      const column = Float64Array.from({ length: rows }, (_, r) => x.data[r * width + j]);
      const mean = column.reduce((sum, v) => sum + v, 0) / rows;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / rows;
      const factor = (scale?.[j] ?? 1) / Math.sqrt(variance + (node.attributes.epsilon as number));
      column.forEach((v, r) => result[r * width + j] = (v - mean) * factor + (offset?.[j] ?? 0));
      result[offsets[1] + j] = mean;
      result[offsets[2] + j] = variance;
    }
    return result;
  },

  lower({ node, output, inputs: [x, ...others], ranks, scratch, call }) {
    const names = node.attributes.inputs as readonly string[];
    const given = (name: string, stride: number) =>
      names.includes(name) ? read(others[names.indexOf(name)], stride) : none;
    const epsilon = node.attributes.epsilon as number;
    const { rows, width, pitch, work: size, split, blocks } = splitBatchNorm(node, node.inputs[0].shape);
    const { offsets: [, ...offsets] } = placeParts(node.parts!);
    const work = scratch(ranks * size);
    if (blocks === null) {
      call("batch_norm_forward_columns", [
        writeColumns(output, 1, width),
        ...offsets.map((offset) => write(at(output, offset), 1)),
        ofRank(work, size),
        readColumns(x, 1, width),
        given("scale", 1),
        given("offset", 1),
        epsilon,
        rows,
        count(),
        width,
      ], split);
      return;
    }
    const { samples, each, positions, stride } = blocks;
    const sums = scratch(blocks.count * 3 * pitch);
    call("batch_norm_moments", [
      write(sums, 3 * pitch),
      read(x, each * stride),
      count(),
      begin(),
      samples,
      each,
      positions,
      width,
    ], blocks.split);
    call("batch_norm_fold", [
      ofRank(work, size),
      read(sums, 0),
      given("scale", 0),
      given("offset", 0),
      epsilon,
      samples,
      each,
      positions,
      width,
    ], byEvery);
    // Of all threads' statistics, which are the same, those of the first are kept.
    offsets.forEach((offset, row) => {
      call("copy_forward", [write(at(output, offset), width), read(at(work, row * pitch), width), count(width)], null);
    });
    call("batch_norm_apply", [
      write(output, stride),
      read(x, stride),
      ofRank(work, size),
      count(positions),
      width,
    ], split);
  },

  cost: (node) => costOfPass(node, 8),
};
