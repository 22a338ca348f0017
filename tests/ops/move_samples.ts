import type { Shape } from "../../src/tensor/shape.ts";
import type { OpSample } from "./op_sample.ts";

/** Shapes with the batch first: single numbers, vectors and tails, axes of size 1, more axes than a kernel call has. */
const SHAPES: readonly Shape[] = [
  [1, 1],
  [9, 3],
  [13, 10],
  [1, 4, 8],
  [6, 3, 5],
  [3, 7, 6],
  [2, 9, 13],
  [22, 2, 17],
  [5, 2, 1, 9],
  [3, 4, 3, 2],
  [4, 2, 3, 2, 2, 3, 2],
];

/** A sample of numbers that are moved as they are: the kernel's result is exact. */
function moved(op: string, shapes: readonly Shape[], attributes: OpSample["attributes"], k = 0): OpSample {
  return {
    op,
    inputs: shapes.map((shape) => ({ shape, draw: "normal" })),
    attributes,
    by: shapes.map((_, i) => i),
    k,
  };
}

/** A sample of numbers between those of the input, which a sum of their parts can round to; `k` roundings of the largest of them. */
function interpolated(op: string, shape: Shape, attributes: OpSample["attributes"], k: number): OpSample {
  const largest = (values: Float64Array): number => values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return { ...moved(op, [shape], attributes, k), magnitude: ([x], y) => y.map(() => 2 * largest(x)) };
}

function samplesOf(shape: Shape): OpSample[] {
  const last = shape.length - 1;
  const inner = shape.map((_, axis) => axis).slice(1);
  const along = (value: (length: number, axis: number) => number): number[] => shape.map(value);
  const joined = (axis: number): Shape[] => [
    shape,
    along((length, k) => k === axis ? length + 3 : length),
    along((length, k) => k === axis ? 1 : length),
  ];
  const times = along((_, axis) => axis === 0 ? 1 : 1 + axis % 3);
  const product = times.reduce((a, b) => a * b, 1);
  return [
    // A difference, its product and a sum; their gradients are sums of at most twice as many.
    ...inner.flatMap((axis) =>
      [1, 2, 3 * shape[axis], shape[axis] + 5].flatMap((size) => [
        interpolated("interpolate", shape, { axis, size }, 4),
        moved("interpolate", [shape], { axis, size, nearest: true }),
      ])
    ),
    ...inner.flatMap((axis) =>
      [1, 2, 5].flatMap((times) => {
        const taller = along((length, k) => k === axis ? times * length + 1 : length);
        const back = { axis, size: shape[axis] };
        return [
          interpolated("interpolate_backward", taller, back, 2 * times + 4),
          interpolated("interpolate_backward", taller, { ...back, nearest: true }, times + 2),
        ];
      })
    ),
    moved("transpose", [shape], { axes: [0, ...inner.toReversed()] }),
    moved("transpose", [shape], { axes: [0, ...inner.slice(1), ...inner.slice(0, 1)] }),
    moved("transpose", [shape], { axes: [...inner, 0] }),
    ...shape.map((_, axis) => moved("concatenate", joined(axis), { axis })),
    moved("concatenate", [shape], { axis: last }),
    moved("pad", [shape], { before: along((_, k) => k % 3), after: along((_, k) => k === 0 ? 0 : (k + 1) % 3) }),
    moved("pad", [shape], { before: along((_, k) => k), after: along(() => 2), value: 0.5 }),
    moved("slice", [shape], {
      begin: along((n, k) => k === 0 ? 0 : n >> 1),
      size: along((n, k) => k === 0 ? n : n - (n >> 1)),
    }),
    moved("slice", [shape], { begin: along((n) => n >> 2), size: along((n) => Math.max(1, n >> 1)) }),
    moved("flip", [shape], { axes: inner }),
    moved("flip", [shape], { axes: [last] }),
    moved("flip", [shape], { axes: [0] }),
    moved("repeat", [shape], { times }),
    moved("repeat", [shape], { times: along((_, k) => k === 0 ? 3 : 1) }),
    moved("repeat", [shape], { times: along((_, k) => k === last ? 5 : 1) }),
    moved("sum_repeats", [along((n, k) => n * times[k])], { times }, product),
    moved("sum_repeats", [along((n, k) => k === 0 ? 2 * n : n)], { times: along((_, k) => k === 0 ? 2 : 1) }, 2),
  ];
}

/** Cases of the ops that move elements. */
export const moveSamples: readonly OpSample[] = [
  ...SHAPES.flatMap(samplesOf),
  // Weights: threads share rows of them.
  moved("transpose", [[7, 3, 2]], { axes: [0, 2, 1], axis: "parameter" }),
  moved("repeat", [[6, 5]], { times: [1, 2], axis: "parameter" }),
  moved("pad", [[9, 4]], { before: [0, 1], after: [0, 0], axis: "parameter" }),
];
