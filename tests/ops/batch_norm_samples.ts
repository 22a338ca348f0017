import type { Shape } from "../../src/tensor/shape.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Draw, OpSample } from "./op_sample.ts";

/**
 * Shapes: rows of which there is one, few rows a sample (threads share columns): tails, whole lines, more than a line, more rows than are
 * added up at once; blocks of four samples, the last of them not whole; blocks of one sample; wider than what stays in the cache.
 */
const SHAPES: readonly Shape[] = [
  [1, 1],
  [5, 3],
  [9, 16],
  [7, 67],
  [3, 2, 3, 37],
  [300, 2],
  [9, 8, 5],
  [6, 3, 4, 18],
  [5, 70, 3],
  [2, 300, 5],
  [2, 20, 270],
];

/** The largest |values| of each column. */
function most(width: number, values: Float64Array): Float64Array {
  const result = new Float64Array(width);
  values.forEach((v, i) => result[i % width] = Math.max(result[i % width], Math.abs(v)));
  return result;
}

function samplesOf(shape: Shape): OpSample[] {
  const width = shape[shape.length - 1];
  const rows = sizeOf(shape) / width;
  const normal = (of: Shape) => ({ shape: of, draw: "normal" as Draw });
  const x = normal(shape), column = normal([width]);
  const positive = { shape: [width], draw: "distribution" as Draw };
  const epsilon = 0.01;
  // A chain of at most 256 rows; the sums of chains, which are at most rows / 16 where rows are wide, and blocks in float64.
  const chain = Math.min(256, rows) + rows / 16 + 8;
  const deviations = (z: Float64Array): number[] =>
    Array.from({ length: width }, (_, j) => {
      const values = z.filter((_, i) => i % width === j);
      const mean = values.reduce((a, b) => a + b, 0) / rows;
      return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / rows + epsilon);
    });
  // Mean and deviation have the errors of the largest element, which count relative to the deviation.
  const forward = (inputs: string[]): OpSample => ({
    op: "batch_norm",
    inputs: [x, ...inputs.map(() => column)],
    attributes: { epsilon, inputs },
    by: [x, ...inputs].map((_, i) => i),
    k: chain,
    magnitude: ([z, ...others], y) => {
      const scale = others[inputs.indexOf("scale")];
      const largest = most(width, z), deviation = deviations(z);
      return y.map((v, i) => {
        const j = i % width;
        return largest[j] / deviation[j] * (Math.abs(scale?.[j] ?? 1) + Math.abs(v)) + Math.abs(v);
      });
    },
  });
  const statistic = (result: number, magnitude: (z: Float64Array, j: number) => number): OpSample => ({
    op: "batch_norm",
    inputs: [x],
    attributes: { epsilon, inputs: [] },
    result,
    by: [],
    k: chain,
    magnitude: ([z], y) => y.map((_, j) => magnitude(z, j)),
  });
  const largestOf = (z: Float64Array, j: number): number => most(width, z)[j];
  const backward = (
    scale: boolean,
    result: number,
    by: (terms: Terms, w: number, rows: number) => number,
  ): OpSample => ({
    op: "batch_norm_backward",
    inputs: [x, x, column, positive, column, ...(scale ? [column] : [])],
    attributes: { epsilon },
    result,
    by: [],
    k: chain,
    magnitude: ([dy, z, mean, variance, rest, w], y) => {
      const g = most(width, dy), largest = most(width, z);
      return y.map((_, i) => {
        const j = i % width;
        const inverse = 1 / Math.sqrt(variance[j] + epsilon);
        const hat = (largest[j] + Math.abs(mean[j]) + Math.abs(rest[j])) * inverse;
        return by({ g: g[j], hat, inverse }, Math.abs(w?.[j] ?? 1), rows);
      });
    },
  });
  const dx = ({ g, hat, inverse }: Terms, w: number): number => inverse * w * g * (2 + 2 * hat ** 2);
  return [
    forward([]),
    forward(["offset"]),
    forward(["scale", "offset"]),
    statistic(1, largestOf),
    statistic(2, (z, j) => largestOf(z, j) ** 2),
    // The rest of a mean is below half a unit in the last place of it; in float64 there is none.
    { ...statistic(3, largestOf), k: 1 },
    backward(false, 0, dx),
    backward(true, 0, dx),
    backward(true, 1, ({ g, hat }, _, n) => g * hat * n),
    backward(true, 2, ({ g }, _, n) => g * n),
  ];
}

/** The largest |dy| and |x̂| of a column, and its 1 / √(variance + epsilon). */
interface Terms {
  readonly g: number;
  readonly hat: number;
  readonly inverse: number;
}

/** Cases of the ops of batch normalisation. */
export const batchNormSamples: readonly OpSample[] = SHAPES.flatMap(samplesOf);
