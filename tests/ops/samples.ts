import type { Shape } from "../../src/tensor/shape.ts";
import { attentionSamples } from "./attention_samples.ts";
import { batchNormSamples } from "./batch_norm_samples.ts";
import { convSamples } from "./conv_samples.ts";
import { depthwiseSamples } from "./depthwise_samples.ts";
import { groupNormSamples } from "./group_norm_samples.ts";
import { imageSamples } from "./image_samples.ts";
import { lookUpSamples } from "./look_up_samples.ts";
import { moveSamples } from "./move_samples.ts";
import { poolSamples } from "./pool_samples.ts";
import { productSamples } from "./product_samples.ts";
import { recurrentSamples } from "./recurrent_samples.ts";
import type { Draw, OpSample } from "./op_sample.ts";

/** Row counts and widths: single, whole vectors, tails of 1 to 3, more rows than a share, more than a block of 16 columns. */
const SIZES: readonly (readonly [Shape, number])[] = [
  [[1], 1],
  [[4], 2],
  [[9], 3],
  [[5], 4],
  [[13], 10],
  [[8, 3], 5],
  [[22], 17],
  [[7], 67],
];

const normal = (shape: Shape): { shape: Shape; draw: Draw } => ({ shape, draw: "normal" });
const drawn = (shape: Shape, draw: Draw): { shape: Shape; draw: Draw } => ({ shape, draw });

/** max over the row of f, for each element of the row. */
function perRow(width: number, perWidth: number, f: (row: number) => number, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => f(Math.floor(i / perWidth) * width));
}

/** The largest |x| of each row of `width`, repeated `each` times. */
function largest(x: Float64Array, width: number, each: number): Float64Array {
  return perRow(
    width,
    each,
    (at) => x.subarray(at, at + width).reduce((a, b) => Math.max(a, Math.abs(b)), 0),
    x.length / width * each,
  );
}

/** Σ |x · y| of each row, repeated along the row. */
function dots(x: Float64Array, y: Float64Array, width: number): Float64Array {
  return perRow(width, width, (at) => {
    let sum = 0;
    for (let j = at; j < at + width; j++) sum += Math.abs(x[j] * y[j]);
    return sum;
  }, x.length);
}

/** What rounding errors of a normalised row are proportional to: its largest element over its deviation, besides the result. */
function layerNormSamples(full: Shape): OpSample[] {
  const x = normal(full);
  const width = full[full.length - 1];
  const column = normal([width]);
  const epsilon = 0.01;
  const spread = (z: Float64Array, center: boolean): Float64Array =>
    perRow(width, width, (at) => {
      const row = z.subarray(at, at + width);
      const mean = center ? row.reduce((a, b) => a + b, 0) / width : 0;
      const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / width;
      return row.reduce((a, b) => Math.max(a, Math.abs(b)), 0) / Math.sqrt(variance + epsilon);
    }, z.length);
  const forward = (center: boolean, inputs: string[]): OpSample => ({
    op: "layer_norm",
    inputs: [x, ...inputs.map(() => column)],
    attributes: { epsilon, center, inputs },
    by: [x, ...inputs].map((_, i) => i),
    k: 8,
    magnitude: ([z, ...others], y) => {
      const scale = others[inputs.indexOf("scale")];
      return spread(z, center).map((v, i) => v * Math.abs(scale?.[i % width] ?? 1) + Math.abs(y[i]));
    },
  });
  const { rows, statistics } = { rows: full.slice(0, -1), statistics: drawn([...full.slice(0, -1), 2], "normal") };
  return [
    forward(true, []),
    forward(true, ["scale"]),
    forward(true, ["scale", "offset"]),
    forward(false, ["scale"]),
    {
      op: "layer_norm",
      inputs: [x],
      attributes: { epsilon, center: true, inputs: [] },
      result: 1,
      by: [],
      k: 8,
      // The mean has the error of the largest element; the inverse deviation that of the deviation, relative to the elements.
      magnitude: ([z], y) =>
        largest(z, width, 2).map((v, i) => i % 2 === 0 ? v : y[i] * (1 + spread(z, true)[(i >> 1) * width])),
    },
    ...[true, false].flatMap((center): OpSample[] =>
      [[], [column]].map((scale) => ({
        op: "layer_norm_backward",
        inputs: [x, x, statistics, ...scale],
        attributes: { center },
        by: [],
        k: width + 8,
        magnitude: ([dy, z, s, w]) => {
          const g = dy.map((v, i) => Math.abs(v * (w?.[i % width] ?? 1)));
          const hat = z.map((v, i) => {
            const r = Math.floor(i / width);
            return (Math.abs(v) + Math.abs(s[2 * r])) * Math.abs(s[2 * r + 1]);
          });
          const sum = dots(g, g.map(() => 1), width), dot = dots(g, hat, width);
          return g.map((v, i) =>
            Math.abs(s[2 * Math.floor(i / width) + 1]) * (v + sum[i] / width + hat[i] * dot[i] / width)
          );
        },
      }))
    ),
    {
      op: "layer_norm_scale_backward",
      inputs: [x, x, statistics],
      attributes: {},
      by: [],
      k: rows.reduce((a, b) => a * b, 1) + 4,
      magnitude: ([dy, z, s]) => {
        const result = new Float64Array(width);
        dy.forEach((v, i) => {
          const r = Math.floor(i / width);
          result[i % width] += Math.abs(v * s[2 * r + 1]) * (Math.abs(z[i]) + Math.abs(s[2 * r]));
        });
        return result;
      },
    },
  ];
}

function samplesOf(leading: Shape, width: number): OpSample[] {
  const full = [...leading, width];
  const x = normal(full);
  const perRowInput = normal(leading);
  const column = normal([width]);
  // e^d with d = x − max x has the relative error of d's rounding, |d| · u, and that of exp.
  const exponents = (z: Float64Array): Float64Array => largest(z, width, width).map((v) => 4 + 2 * v);
  const plain = { attributes: {}, k: width + 4 };
  const dropped = { rate: 0.3, seedLow: 0x9abcdef0, seedHigh: 0x80000001, stream: 0xfedcba98 };
  return [
    { op: "reshape", inputs: [x], attributes: { shape: [leading.reduce((a, b) => a * b, 1) * width] }, by: [0], k: 0 },
    {
      op: "softmax",
      inputs: [x],
      attributes: {},
      by: [0],
      k: 2,
      magnitude: ([z], y) => exponents(z).map((v, i) => v * y[i]),
    },
    {
      op: "softmax_backward",
      inputs: [x, drawn(full, "distribution")],
      attributes: {},
      by: [],
      k: 4,
      magnitude: ([dy, y]) => dots(dy, y, width).map((v, i) => y[i] * (v + Math.abs(dy[i]))),
    },
    {
      op: "log_softmax",
      inputs: [x],
      attributes: {},
      by: [0],
      k: 4,
      magnitude: ([z]) => exponents(z),
    },
    {
      op: "log_softmax_backward",
      inputs: [x, x],
      attributes: {},
      by: [],
      k: 4,
      magnitude: ([dy, y]) =>
        dots(dy, dy.map(() => 1), width).map((v, i) => Math.abs(dy[i]) + v * Math.exp(y[i]) * (4 + Math.abs(y[i]))),
    },
    {
      op: "softmax_crossentropy",
      inputs: [x, drawn(full, "distribution")],
      attributes: {},
      by: [0],
      k: 8,
      magnitude: ([z]) => largest(z, width, 1).map((v) => 4 + 2 * v),
    },
    {
      op: "softmax_crossentropy_backward",
      inputs: [perRowInput, x, drawn(full, "distribution")],
      attributes: {},
      by: [],
      k: 2,
      magnitude: ([dy, z]) => exponents(z).map((v, i) => v * Math.abs(dy[Math.floor(i / width)])),
    },
    ...[null, 1].flatMap((ignoreClass): OpSample[] => [
      {
        op: "sparse_softmax_crossentropy",
        inputs: [x, drawn(ignoreClass === null ? leading : [...leading, 1], "labels")],
        attributes: { ignoreClass },
        by: [0],
        k: 4,
        magnitude: ([z]) => largest(z, width, 1).map((v) => 4 + 2 * v),
      },
      {
        op: "sparse_softmax_crossentropy_backward",
        inputs: [perRowInput, x, drawn(leading, "labels")],
        attributes: { ignoreClass },
        by: [],
        k: 2,
        magnitude: ([dy, z]) => exponents(z).map((v, i) => v * Math.abs(dy[Math.floor(i / width)])),
      },
    ]),
    { op: "sum_rows", inputs: [x], by: [0], ...plain, attributes: { scale: 0.37 } },
    { op: "sum_rows", inputs: [x], by: [0], ...plain },
    { op: "broadcast_rows", inputs: [perRowInput], by: [0], attributes: { width, scale: 1.5 }, k: 2 },
    { op: "max_rows", inputs: [x], by: [0], attributes: {}, k: 0 },
    {
      op: "max_rows_backward",
      inputs: [perRowInput, drawn(full, "tied"), drawn(leading, "tied")],
      by: [],
      attributes: {},
      k: 1,
    },
    { op: "sum_columns", inputs: [x], by: [0], attributes: {}, k: leading.reduce((a, b) => a * b, 1) },
    { op: "broadcast_columns", inputs: [column], by: [0], attributes: { leading }, k: 0 },
    { op: "scale_rows", inputs: [x, perRowInput], by: [0, 1], attributes: {}, k: 1 },
    { op: "scale_columns", inputs: [x, column, column], by: [0, 1, 2], attributes: {}, k: 2 },
    { op: "scale_columns", inputs: [x, column], by: [0, 1], attributes: {}, k: 1 },
    {
      op: "normalize_columns",
      inputs: [x, column, column],
      by: [0, 1, 2],
      attributes: {},
      k: 2,
      magnitude: (_, y) => y.map(Math.abs),
    },
    {
      op: "normalize_columns",
      inputs: [x, column, column, column],
      by: [0, 1, 2, 3],
      attributes: {},
      k: 3,
      magnitude: ([x, m, s, o]) =>
        x.map((v, i) => Math.abs((v - m[i % width]) * s[i % width]) + Math.abs(o[i % width])),
    },
    { op: "norm_rows", inputs: [x], by: [0], ...plain },
    { op: "norm_all", inputs: [x], by: [0], ...plain },
    { op: "norm_columns", inputs: [x], by: [0], attributes: {}, k: leading.reduce((a, b) => a * b, 1) + 4 },
    { op: "scale_by", inputs: [x, normal([])], by: [0, 1], attributes: {}, k: 1 },
    { op: "weighted_sum", inputs: [x, x], by: [0, 1], ...plain },
    { op: "sum_all", inputs: [x], by: [0], ...plain },
    ...["none", "weights", "counts"].flatMap((divisor) =>
      [2, 3].map((count): OpSample => ({
        op: "mask_weights",
        // Weights of 0 and 1 as well: those of other sizes may add up to nearly 0. Sizes of 1 and 2 are all 0 in places.
        inputs: new Array(count).fill(drawn(full, "tied")),
        by: [],
        attributes: { divisor },
        k: 1,
      }))
    ),
    { op: "dropout", inputs: [x, drawn([], "step")], by: [0], attributes: dropped, k: 2 },
    ...[[0], [full.length - 1], full.map((_, axis) => axis), full.length > 2 ? [1] : []].map((shared): OpSample => ({
      op: "dropout",
      inputs: [x, drawn([], "step")],
      by: [0],
      attributes: { ...dropped, shared },
      k: 2,
    })),
    ...[true, false].map((multiply): OpSample => ({
      op: "noise",
      inputs: [x, drawn([], "step")],
      by: [0],
      attributes: { stddev: 0.7, multiply, seedLow: 0x9abcdef0, seedHigh: 0x80000001, stream: 0xfedcba98 },
      k: 4,
      magnitude: ([z], y) => z.map((v, i) => Math.abs(v) + Math.abs(y[i] - v)),
    })),
    { op: "l2_normalize", inputs: [x], by: [0], attributes: {}, k: 4, magnitude: (_, y) => y.map(Math.abs) },
    {
      op: "l2_normalize_backward",
      inputs: [x, x, drawn(full, "distribution")],
      by: [],
      attributes: {},
      k: 4,
      magnitude: ([dy, z, y]) => {
        const squares = dots(z, z, width);
        return dots(dy, y, width).map((v, i) => (Math.abs(dy[i]) + v * y[i]) / Math.sqrt(squares[i]));
      },
    },
    ...layerNormSamples(full),
    { op: "constant", inputs: [], by: [], attributes: { value: -1.25, shape: full }, k: 0 },
  ];
}

/** Cases of every op that is not in a test of its own. */
export const samples: readonly OpSample[] = [
  ...SIZES.flatMap(([leading, width]) => samplesOf(leading, width)),
  ...batchNormSamples,
  ...depthwiseSamples,
  ...groupNormSamples,
  ...imageSamples,
  ...lookUpSamples,
  ...moveSamples,
  ...poolSamples,
  ...convSamples,
  ...attentionSamples,
  ...productSamples,
  ...recurrentSamples,
];
