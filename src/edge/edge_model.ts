import type { Port } from "../files/compiled_format.ts";
import type { Engine, EngineName } from "./engine.ts";
import type { EdgePlan } from "./plan.ts";
import { type Nested, type NumericArray, toNested } from "./nested.ts";
import { readSample, sampleCount } from "./read_sample.ts";

/** A compiled model in memory. Make one with `load`. */
export class EdgeModel {
  /** The model's name. */
  readonly name: string;
  /** What it takes: one input, with its name and the shape of one sample. */
  readonly inputs: readonly Port[];
  /** What it gives: one output, with its name, the shape of one sample and the labels, if it has any. */
  readonly outputs: readonly Port[];
  /** Which code runs it: `wasm-fast`, `wasm-portable`, `wasm-module` (a module was handed in) or `javascript`. */
  readonly engine: EngineName;
  readonly #engine: Engine;
  readonly #plan: EdgePlan;

  /** For `load`. */
  constructor(plan: EdgePlan, engine: Engine) {
    this.name = plan.name;
    this.inputs = [plan.input];
    this.outputs = [plan.output];
    this.engine = engine.name;
    this.#engine = engine;
    this.#plan = plan;
  }

  /**
   * The output for one sample, or for an array of samples: nested arrays like the input, fit for JSON.
   *
   * A typed array holds one sample, or several one after the other.
   *
   * @throws TypeError for what is no array of numbers of the right shape, RangeError for NaN, Infinity and numbers beyond float32
   */
  predict(input: Nested | NumericArray): Nested {
    const { inputElements, input: { name, shape } } = this.#plan;
    if (ArrayBuffer.isView(input)) {
      const rows = (input as NumericArray).length / inputElements;
      if (rows === 1) return this.#predictOne(input);
    } else if (!isBatch(input, shape.length)) {
      return this.#predictOne(input);
    }
    return this.#predictAll(input, sampleCount(input, inputElements, name));
  }

  /**
   * The outputs for several samples. Nested arrays [samples, …] give nested arrays; a typed array of samples one after the other gives a
   * Float32Array of outputs one after the other.
   *
   * @throws as `predict`
   */
  predictBatch(input: readonly Nested[]): Nested[];
  /** As above, from samples one after the other to outputs one after the other. */
  predictBatch(input: NumericArray): Float32Array<ArrayBuffer>;
  predictBatch(input: readonly Nested[] | NumericArray): Nested[] | Float32Array<ArrayBuffer> {
    const { inputElements, outputElements, input: { name } } = this.#plan;
    const count = sampleCount(input, inputElements, name);
    if (!ArrayBuffer.isView(input)) return this.#predictAll(input, count);
    const result = new Float32Array(count * outputElements);
    this.#eachBlock(input, count, (rows, from) => {
      const at = this.#outputAt(rows);
      result.set(this.#engine.heap.subarray(at, at + rows * outputElements), from * outputElements);
    });
    return result;
  }

  /**
   * Predicts from one array into another without any allocation: samples one after the other, outputs one after the other.
   *
   * The input is not searched for NaN.
   *
   * @throws TypeError if the lengths are not those of n samples and n outputs, n ≥ 1
   */
  run(input: Float32Array, output: Float32Array): void {
    const { inputElements, outputElements, maxRows, inputAt, arena } = this.#plan;
    const { heap, base } = this.#engine;
    const count = input.length / inputElements;
    if (!(count >= 1) || count % 1 !== 0 || output.length !== count * outputElements) {
      throw new TypeError(
        `Cannot run model: input and output must have n * ${inputElements} and n * ${outputElements} elements, n >= 1, got ` +
          `${input.length} and ${output.length}`,
      );
    }
    for (let from = 0; from < count; from += maxRows) {
      const rows = count - from < maxRows ? count - from : maxRows;
      const start = base + arena + inputAt * rows;
      if (rows === count && rows * inputElements > 64) heap.set(input, start);
      else {for (let i = 0, j = from * inputElements, n = rows * inputElements; i < n; i++) {
          heap[start + i] = input[j + i];
        }}
      this.#engine.run(rows);
      const end = this.#outputAt(rows);
      for (let i = 0, j = from * outputElements, n = rows * outputElements; i < n; i++) output[j + i] = heap[end + i];
    }
  }

  #outputAt(rows: number): number {
    return this.#engine.base + this.#plan.arena + this.#plan.outputAt * rows;
  }

  #predictOne(input: unknown): Nested {
    const { input: port, inputElements, inputAt, arena, output } = this.#plan;
    const { heap, base } = this.#engine;
    readSample(input, port.shape, heap, base + arena + inputAt, port.name, inputElements);
    this.#engine.run(1);
    return toNested(heap, this.#outputAt(1), output.shape, 0);
  }

  #predictAll(input: Nested | NumericArray, count: number): Nested[] {
    const { output, outputElements } = this.#plan;
    const result: Nested[] = [];
    this.#eachBlock(input, count, (rows) => {
      const at = this.#outputAt(rows);
      for (let i = 0; i < rows; i++) result.push(toNested(this.#engine.heap, at + i * outputElements, output.shape, 0));
    });
    return result;
  }

  #eachBlock(input: Nested | NumericArray, count: number, take: (rows: number, from: number) => void): void {
    const { input: { name, shape }, inputElements, inputAt, maxRows, arena } = this.#plan;
    const { heap, base } = this.#engine;
    for (let from = 0; from < count; from += maxRows) {
      const rows = Math.min(maxRows, count - from);
      const at = base + arena + inputAt * rows;
      for (let i = 0; i < rows; i++) {
        const sample = ArrayBuffer.isView(input)
          ? (input as NumericArray).subarray((from + i) * inputElements, (from + i + 1) * inputElements)
          : (input as readonly Nested[])[from + i];
        readSample(sample, shape, heap, at + i * inputElements, `${name}[${from + i}]`, inputElements);
      }
      this.#engine.run(rows);
      take(rows, from);
    }
  }
}

/** Whether arrays are nested one level deeper than a sample: found along the first elements. */
function isBatch(input: unknown, rank: number): boolean {
  for (; rank > 0 && Array.isArray(input); rank--) input = input[0];
  return rank === 0 && (Array.isArray(input) || ArrayBuffer.isView(input));
}
