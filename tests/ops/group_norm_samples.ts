import type { Shape } from "../../src/tensor/shape.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Draw, OpSample } from "./op_sample.ts";

/** Shapes and groups: no positions, whole vectors, tails, one channel a group, one group, more positions than a block of sums. */
const CASES: readonly (readonly [Shape, number])[] = [
  [[1, 1], 1],
  [[5, 6], 3],
  [[9, 3, 4], 2],
  [[6, 5, 7], 7],
  [[7, 2, 3, 10], 5],
  [[4, 300, 3], 1],
  [[3, 4, 18], 6],
];

/** The largest |values| within the group of each element. */
function spread(shape: Shape, groups: number, values: (i: number) => number): Float64Array {
  const channels = shape[shape.length - 1];
  const stride = sizeOf(shape.slice(1));
  const groupOf = (i: number): number =>
    Math.floor(i / stride) * groups + Math.floor((i % channels) / (channels / groups));
  const most = new Float64Array(shape[0] * groups);
  for (let i = 0; i < sizeOf(shape); i++) most[groupOf(i)] = Math.max(most[groupOf(i)], Math.abs(values(i)));
  return Float64Array.from({ length: sizeOf(shape) }, (_, i) => most[groupOf(i)]);
}

function samplesOf(shape: Shape, groups: number): OpSample[] {
  const channels = shape[shape.length - 1];
  const stride = sizeOf(shape.slice(1));
  const x = { shape, draw: "normal" as Draw };
  const column = { shape: [channels], draw: "normal" as Draw };
  const statistics = { shape: [shape[0], 2, channels], draw: "normal" as Draw };
  const epsilon = 0.01;
  // A chain of at most 256 positions, some of such chains, and the other channels of the group in float64.
  const chain = Math.min(256, stride / channels) + 8;
  // The mean has the error of the largest element, which counts relative to the deviation.
  const forward = (inputs: string[]): OpSample => ({
    op: "group_norm",
    inputs: [x, ...inputs.map(() => column)],
    attributes: { epsilon, groups, inputs },
    by: [x, ...inputs].map((_, i) => i),
    k: chain,
    magnitude: ([z, ...others], y) => {
      const scale = others[inputs.indexOf("scale")];
      return spread(shape, groups, (i) => z[i]).map((v, i) => {
        const deviation = Math.abs(scale?.[i % channels] ?? 1) / deviationAt(z, i);
        return v * deviation + Math.abs(y[i]);
      });
    },
  });
  const deviationAt = (z: Float64Array, i: number): number => {
    const size = channels / groups;
    const n = Math.floor(i / stride), first = Math.floor((i % channels) / size) * size;
    const group = z.subarray(n * stride, (n + 1) * stride)
      .filter((_, at) => at % channels >= first && at % channels < first + size);
    const mean = group.reduce((a, b) => a + b, 0) / group.length;
    return Math.sqrt(group.reduce((a, b) => a + (b - mean) ** 2, 0) / group.length + epsilon);
  };
  const hatOf = (z: Float64Array, s: Float64Array, i: number): number => {
    const at = 2 * channels * Math.floor(i / stride) + i % channels;
    return (Math.abs(z[i]) + Math.abs(s[at])) * Math.abs(s[at + channels]);
  };
  return [
    forward([]),
    forward(["offset"]),
    forward(["scale", "offset"]),
    ...[[], [column]].map((scale): OpSample => ({
      op: "group_norm_backward",
      inputs: [x, x, statistics, ...scale],
      attributes: { groups },
      by: [],
      k: chain,
      magnitude: ([dy, z, s, w]) => {
        const g = dy.map((v, i) => Math.abs(v * (w?.[i % channels] ?? 1)));
        const most = spread(shape, groups, (i) => g[i]);
        const dot = spread(shape, groups, (i) => g[i] * hatOf(z, s, i));
        return g.map((v, i) => {
          const inverse = s[2 * channels * Math.floor(i / stride) + channels + i % channels];
          return Math.abs(inverse) * (v + most[i] + hatOf(z, s, i) * dot[i]);
        });
      },
    })),
    {
      op: "group_norm_scale_backward",
      inputs: [x, x, statistics],
      attributes: {},
      by: [],
      k: chain + shape[0],
      magnitude: ([dy, z, s]) => {
        const result = new Float64Array(channels);
        dy.forEach((v, i) => result[i % channels] += Math.abs(v) * hatOf(z, s, i));
        return result;
      },
    },
  ];
}

/** Cases of the ops of group normalisation. */
export const groupNormSamples: readonly OpSample[] = CASES.flatMap(([shape, groups]) => samplesOf(shape, groups));
