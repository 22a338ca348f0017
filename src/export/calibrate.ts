import type { AccuracyReport } from "../files/compiled_format.ts";
import { evaluateGraph } from "../graph/evaluate_graph.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { TRACED_ROWS, type Weight } from "./inference_graph.ts";

/** The most samples that calibration looks at. */
const CALIBRATION_SAMPLES = 256;

/** Runs `use` on the samples in blocks of as many as graphs are traced for; a last block that is not full repeats its last sample. */
function eachBlock(samples: Float32Array, width: number, use: (block: Float64Array, rows: number) => void): void {
  const count = Math.min(CALIBRATION_SAMPLES, samples.length / width);
  for (let from = 0; from < count; from += TRACED_ROWS) {
    const block = new Float64Array(TRACED_ROWS * width);
    for (let i = 0; i < TRACED_ROWS; i++) {
      const sample = Math.min(from + i, count - 1);
      block.set(samples.subarray(sample * width, (sample + 1) * width), i * width);
    }
    use(block, Math.min(TRACED_ROWS, count - from));
  }
}

/** The float64 values of nodes of a folded graph. */
export type Evaluate = (nodes: readonly Symbolic[], input: Float64Array) => Float64Array[];

/** Evaluates a folded graph with other values of its weights. */
export function evaluateWith(valuesOf: (weight: string) => Float64Array): Evaluate {
  return (nodes, input) =>
    evaluateGraph(nodes, ({ op, attributes }) => op === "input" ? input : valuesOf(attributes.name as string));
}

/** The mean of what every product multiplies, over the calibration samples: by the name of its kernel, [k]. */
export function meanProductInputs(
  products: readonly Symbolic[],
  evaluate: Evaluate,
  samples: Float32Array,
  width: number,
): Map<string, Float64Array> {
  const sums = new Map<string, { sum: Float64Array; rows: number }>();
  eachBlock(samples, width, (block, rows) => {
    const factors = evaluate(products.map(({ inputs: [x] }) => x), block);
    products.forEach(({ inputs: [, { shape: [k], attributes }] }, p) => {
      const name = attributes.name as string;
      const entry = sums.get(name) ?? { sum: new Float64Array(k), rows: 0 };
      // The last block is filled up with its last sample, which counts once.
      const seen = factors[p].subarray(0, factors[p].length * rows / TRACED_ROWS);
      seen.forEach((v, i) => entry.sum[i % k] += v);
      entry.rows += seen.length / k;
      sums.set(name, entry);
    });
  });
  return new Map([...sums].map(([kernel, { sum, rows }]) => [kernel, sum.map((v) => v / rows)]));
}

/**
 * Takes the mean error of a product's output, which rounding its kernel causes, out of its bias: b' = b + E[x] · (W − W').
 *
 * Source: Nagel et al., Data-Free Quantization Through Weight Equalization and Bias Correction, 2019, section 4.2.
 */
export function correctBias(bias: Weight, kernel: Weight, stored: Float64Array, mean: Float64Array): Weight {
  const n = bias.values.length;
  const values = bias.values.slice();
  kernel.values.forEach((w, i) => values[i % n] += mean[Math.floor(i / n)] * (w - stored[i]));
  return { ...bias, values };
}

/**
 * Compares what a graph of stored weights gives with what the model gives, over the calibration samples.
 *
 * @param evaluateModel the model's output for as many samples as graphs are traced for
 * @param evaluateStored what the stored weights give for them
 * @param widths the numbers of input and output elements of one sample
 */
export function compareWithModel(
  evaluateModel: (input: Float64Array) => Float64Array,
  evaluateStored: (input: Float64Array) => Float64Array,
  samples: Float32Array,
  widths: { readonly input: number; readonly output: number },
): AccuracyReport {
  let [count, maxError, total, same] = [0, 0, 0, 0];
  eachBlock(samples, widths.input, (block, rows) => {
    const a = evaluateModel(block);
    const b = evaluateStored(block);
    for (let r = 0; r < rows; r++) {
      const [p, q] = [a, b].map((y) => y.subarray(r * widths.output, (r + 1) * widths.output));
      p.forEach((v, i) => {
        maxError = Math.max(maxError, Math.abs(v - q[i]));
        total += Math.abs(v - q[i]);
      });
      if (decide(p) === decide(q)) same++;
    }
    count += rows;
  });
  return { samples: count, maxError, meanError: total / (count * widths.output), agreement: same / count };
}

/** The index of the largest output; for one output whether it is above a half. */
function decide(y: Float64Array): number {
  if (y.length === 1) return y[0] > 0.5 ? 1 : 0;
  return y.reduce((best, v, i) => v > y[best] ? i : best, 0);
}
