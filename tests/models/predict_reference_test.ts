import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { layers, sequential } from "../../mod.ts";
import { drawNumbers } from "./draw_numbers.ts";

/** Half the distance from 1 to the next float32. */
const U = 2 ** -24;

/** A float64 value with a bound of the float32 result's error. */
interface Bounded {
  value: number;
  error: number;
}

interface Activation {
  readonly f: (x: number) => number;
  /** The steepest slope: how much an error of the input can grow. */
  readonly slope: number;
  /** What the kernel itself adds, as a multiple of u·|y|: its vector function is right to 2.5 ulp, and formulas round a few times. */
  readonly roundings: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

const ACTIVATIONS: Record<string, Activation> = {
  linear: { f: (x) => x, slope: 1, roundings: 0 },
  relu: { f: (x) => Math.max(x, 0), slope: 1, roundings: 0 },
  relu6: { f: (x) => Math.min(Math.max(x, 0), 6), slope: 1, roundings: 0 },
  leaky_relu: { f: (x) => x > 0 ? x : 0.2 * x, slope: 1, roundings: 2 },
  elu: { f: (x) => x > 0 ? x : Math.expm1(x), slope: 1, roundings: 6 },
  tanh: { f: Math.tanh, slope: 1, roundings: 6 },
  sigmoid: { f: sigmoid, slope: 0.25, roundings: 6 },
  softplus: { f: softplus, slope: 1, roundings: 6 },
  softsign: { f: (x) => x / (1 + Math.abs(x)), slope: 1, roundings: 4 },
  silu: { f: (x) => x * sigmoid(x), slope: 1.1, roundings: 8 },
  hard_sigmoid: { f: (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1), slope: 0.2, roundings: 4 },
  exponential: { f: Math.exp, slope: NaN, roundings: 6 },
};

/** One dense layer on rows: Σ|x·w| · (n + 2)·u for its own roundings, Σ|w|·error for those before. */
function dense(rows: Bounded[][], kernel: number[][], bias: number[]): Bounded[][] {
  const n = kernel.length;
  return rows.map((row) =>
    bias.map((b, j) => {
      let value = b;
      let magnitude = Math.abs(b);
      let error = 0;
      for (let i = 0; i < n; i++) {
        value += row[i].value * kernel[i][j];
        magnitude += Math.abs(row[i].value * kernel[i][j]);
        error += Math.abs(kernel[i][j]) * row[i].error;
      }
      return { value, error: error + (n + 2) * U * (magnitude + error) };
    })
  );
}

function activate(rows: Bounded[][], name: string): Bounded[][] {
  if (name === "softmax") return rows.map(softmax);
  const { f, slope, roundings } = ACTIVATIONS[name];
  return rows.map((row) =>
    row.map(({ value, error }) => {
      const y = f(value);
      // e^x grows without bound: its slope near x is e^x itself.
      const grown = name === "exponential" ? y * Math.expm1(error) : slope * error;
      // Results around 0 may be rounded relative to 1 (hard_sigmoid) or to x.
      return { value: y, error: grown + roundings * U * (Math.abs(y) + (name === "hard_sigmoid" ? 1 : 0)) + 1e-37 };
    })
  );
}

/** Errors of the logits shift e^x relative to the sum: |dy| ≤ y · 2·max error; the differences to the largest round, too. */
function softmax(row: Bounded[]): Bounded[] {
  const largest = Math.max(...row.map(({ value }) => value));
  const sum = row.reduce((s, { value }) => s + Math.exp(value - largest), 0);
  const spread = Math.max(...row.map(({ value }) => largest - value));
  const error = Math.max(...row.map((v) => v.error));
  return row.map(({ value }) => {
    const y = Math.exp(value - largest) / sum;
    return { value: y, error: y * (Math.expm1(2 * error) + (row.length + 12 + 2 * spread) * U) + 1e-37 };
  });
}

const stacks = fc.record({
  inputs: fc.integer({ min: 1, max: 40 }),
  rows: fc.integer({ min: 1, max: 19 }),
  seed: fc.nat(1000),
  layers: fc.array(
    fc.record({
      units: fc.integer({ min: 1, max: 40 }),
      activation: fc.constantFrom(...Object.keys(ACTIVATIONS), "softmax"),
      scale: fc.constantFrom(0.3, 1, 2),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`predict is the float64 reference within its rounding bound, on random stacks, ${numerics}`, () => {
    let worst = 0;
    let checked = 0;
    let tight = 0;
    fc.assert(
      fc.property(stacks, ({ inputs, rows, seed, layers: list }) => {
        // e^(e^x) and the like leave float32: exponential only as the last layer.
        const stack = list.map((l, i) =>
          l.activation === "exponential" && i + 1 < list.length ? { ...l, activation: "tanh" } : l
        );
        const model = sequential(
          stack.map(({ units, activation }, i) =>
            layers.dense({ units, activation, ...(i === 0 ? { inputShape: [inputs] } : {}) })
          ),
          { numerics },
        );
        const x = drawNumbers(rows, inputs, seed);
        let reference: Bounded[][] = x.map((row) => row.map((value) => ({ value, error: 0 })));
        const weights: (number[] | number[][])[] = [];
        stack.forEach(({ units, activation, scale }, i) => {
          const width = reference[0].length;
          const round = (v: number): number => Math.fround(v * scale);
          const kernel = drawNumbers(width, units, seed + 10 * i + 1).map((row) => row.map(round));
          const bias = drawNumbers(1, units, seed + 10 * i + 2)[0].map(round);
          weights.push(kernel, bias);
          reference = activate(dense(reference, kernel, bias), activation);
        });
        model.setWeights(weights);
        const found = model.predict(x);
        assertEquals(found.shape, [rows, reference[0].length]);
        reference.flat().forEach(({ value, error }, i) => {
          const off = Math.abs(found.data[i] - value);
          worst = Math.max(worst, off / (error + 1e-45));
          checked++;
          if (error < 1e-4 * Math.max(1, Math.abs(value))) tight++;
          assert(
            off <= error,
            `${JSON.stringify(stack)} element ${i}: ${found.data[i]}, reference ${value} ± ${error}`,
          );
        });
      }),
      { seed: 21, numRuns: 300 },
    );
    // The bound must mean something: it is met within a factor of some tens, and below 1e-4 for most; products of deep, wide layers have larger ones.
    assert(worst > 0.02, `worst error ${worst} of its bound`);
    assert(checked > 5000 && tight > 0.5 * checked, `${tight} of ${checked} bounds are below 1e-4`);
  });
}

Deno.test("predict on stacks with reshapes and tensors of higher rank", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      (a, b, c, units) => {
        const model = sequential([
          layers.inputLayer({ shape: [a, b, c] }),
          layers.dense({ units, activation: "tanh" }),
          layers.reshape({ targetShape: [b, -1] }),
          layers.dense({ units: 3 }),
          layers.flatten(),
          layers.dense({ units: 2 }),
        ], { seed: a + 10 * b + 100 * c });
        const [k1, b1, k2, b2, k3, b3] = model.getWeights().map((w) => w.toArray()) as [
          number[][],
          number[],
          number[][],
          number[],
          number[][],
          number[],
        ];
        const samples = 7;
        const flat = drawNumbers(samples, a * b * c, units);
        const x = { data: Float32Array.from(flat.flat()), shape: [samples, a, b, c] };
        const cut = (rows: number[], width: number): number[][] =>
          Array.from({ length: rows.length / width }, (_, i) => rows.slice(i * width, (i + 1) * width));
        const plain = (rows: number[][], kernel: number[][], bias: number[]): number[][] =>
          rows.map((row) => bias.map((v, j) => row.reduce((sum, z, i) => sum + z * kernel[i][j], v)));
        const expected = flat.flatMap((sample) => {
          const first = plain(cut(sample, c), k1, b1).flat().map(Math.tanh);
          const second = plain(cut(first, a * units), k2, b2).flat();
          return plain([second], k3, b3)[0];
        });
        const found = model.predict(x);
        assertEquals(found.shape, [samples, 2]);
        expected.forEach((v, i) =>
          assert(Math.abs(found.data[i] - v) <= 3e-6 * Math.max(1, Math.abs(v)), `${found.data[i]}, ${v}`)
        );
      },
    ),
    { seed: 22, numRuns: 60 },
  );
});
