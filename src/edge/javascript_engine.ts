import { type Engine, writeWeight } from "./engine.ts";
import { formulas } from "./gen/formulas.ts";
import type { Plan } from "./plan.ts";

/** What an operation does with the memory and its arguments; addresses are indices. */
type Action = (h: Float32Array, ...args: number[]) => void;

/**
 * Runs a model in plain JavaScript, where there is no WebAssembly.
 *
 * Sums of products are rounded to float32 at each step, as a fused multiply-add does; the rest is float64, rounded when stored. So
 * results differ from the kernels' by what these may err: up to 3 ulp an elementwise function.
 */
export function createJavascriptEngine(plan: Plan): Engine {
  const heap = new Float32Array(plan.elements);
  for (const weight of plan.weights) writeWeight(weight, heap, weight.at);
  const calls = plan.steps.map(({ name, operation, fixed, perRow }) => {
    const action = actions[name] ?? elementwise(formulas[name], operation.signature);
    return (rows: number): void => action(heap, ...fixed.map((value, i) => value + perRow[i] * rows));
  });
  return {
    name: "javascript",
    heap,
    base: 0,
    run(rows) {
      for (const call of calls) call(rows);
    },
  };
}

function elementwise(f: (...values: number[]) => number, signature: string): Action {
  const arrays = signature.lastIndexOf("p");
  return (h, y, ...args) => {
    const n = args[args.length - 1];
    const values = args.slice(0, -1);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < arrays; j++) values[j] = h[args[j] + i];
      h[y + i] = f(...values);
    }
  };
}

/** c = max(a · b + bias, low), [m, k] · [k, n]. */
function multiply(
  h: Float32Array,
  c: number,
  a: number,
  b: number,
  bias: number,
  m: number,
  n: number,
  k: number,
  low: number,
): void {
  for (let i = 0; i < m; i++, a += k, c += n) {
    for (let j = 0; j < n; j++) h[c + j] = bias < 0 ? 0 : h[bias + j];
    for (let p = 0, q = b; p < k; p++) {
      const x = h[a + p];
      for (let j = 0; j < n; j++) h[c + j] += x * h[q++];
    }
    for (let j = 0; j < n; j++) if (h[c + j] < low) h[c + j] = low;
  }
}

/** y = e^(x − max x) and its sum, or with `log` y = x − max x − ln Σ e^(x − max x). */
function softmax(h: Float32Array, y: number, x: number, rows: number, width: number, log: boolean): void {
  for (; rows > 0; rows--, x += width, y += width) {
    let top = -Infinity;
    let sum = 0;
    for (let j = 0; j < width; j++) top = Math.max(top, h[x + j]);
    for (let j = 0; j < width; j++) sum += Math.exp(h[x + j] - top);
    for (let j = 0; j < width; j++) h[y + j] = log ? h[x + j] - top - Math.log(sum) : Math.exp(h[x + j] - top) / sum;
  }
}

/** y[r, j] = f(x[r, j], r, j); with `once`, y[r] from the fold over j. */
function eachRow(rows: number, width: number, f: (at: number, r: number) => void): void {
  for (let r = 0; r < rows; r++) f(r * width, r);
}

/** y[r, j] = f(x[r, j], a[j], b[j]); without b, f(x[r, j], a[j], 0). */
function byColumn(f: (x: number, a: number, b: number) => number): Action {
  return (h, y, x, a, b, rows, width) =>
    eachRow(rows, width, (at) => {
      for (let j = 0; j < width; j++) h[y + at + j] = f(h[x + at + j], h[a + j], b < 0 ? 0 : h[b + j]);
    });
}

const actions: Readonly<Record<string, Action>> = {
  matmul: (h, c, a, b, bias, m, n, k) => multiply(h, c, a, b, bias, m, n, k, -Infinity),
  matmul_relu: (h, c, a, b, bias, m, n, k) => multiply(h, c, a, b, bias, m, n, k, 0),
  softmax: (h, y, x, rows, width) => softmax(h, y, x, rows, width, false),
  log_softmax: (h, y, x, rows, width) => softmax(h, y, x, rows, width, true),
  scale_columns: byColumn((x, s, o) => x * s + o),
  normalize_columns: byColumn((x, m, s) => (x - m) * s),
  normalize_columns_offset: (h, y, x, m, s, o, rows, width) =>
    eachRow(rows, width, (at) => {
      for (let j = 0; j < width; j++) h[y + at + j] = (h[x + at + j] - h[m + j]) * h[s + j] + h[o + j];
    }),
  scale_rows: (h, y, x, s, rows, width) =>
    eachRow(rows, width, (at, r) => {
      const factor = h[s + r];
      for (let j = 0; j < width; j++) h[y + at + j] = h[x + at + j] * factor;
    }),
  sum_rows: (h, y, x, scale, rows, width) =>
    eachRow(rows, width, (at, r) => {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += h[x + at + j];
      h[y + r] = sum * scale;
    }),
  max_rows: (h, y, x, rows, width) =>
    eachRow(rows, width, (at, r) => {
      let top = -Infinity;
      for (let j = 0; j < width; j++) top = Math.max(top, h[x + at + j]);
      h[y + r] = top;
    }),
  l2_normalize: (h, y, x, rows, width) =>
    eachRow(rows, width, (at) => {
      let squares = 0;
      for (let j = 0; j < width; j++) squares += h[x + at + j] ** 2;
      const factor = 1 / Math.sqrt(Math.max(squares, 1e-12));
      for (let j = 0; j < width; j++) h[y + at + j] = h[x + at + j] * factor;
    }),
};
