import type { Port } from "../files/compiled_format.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { NestedRaw } from "../tensor/raw_tensor.ts";
import { readRaw } from "../tensor/read_raw.ts";
import type { Encoder } from "../text/encoder.ts";
import type { EdgeModel } from "./edge_model.ts";
import type { EngineName } from "./engine.ts";
import type { Nested } from "./nested.ts";

/** What a compiled model of texts takes. */
export interface TextPort {
  /** Its name: `x`. */
  readonly name: string;
  /** The shape of one sample; null: of any length. */
  readonly shape: OpenShape;
  /** What its values are. */
  readonly dtype: "string" | "int64";
}

/** A compiled model of texts or categories in memory. Make one with `loadTextModel`. */
export class EdgeTextModel {
  /** The model's name. */
  readonly name: string;
  /** What it takes: one input, with its name, the shape of one sample and what its values are. */
  readonly inputs: readonly TextPort[];
  /** What it gives: one output, with its name, the shape of one sample and the labels, if it has any. */
  readonly outputs: readonly Port[];
  /** Which code runs it, as of `EdgeModel`. */
  readonly engine: EngineName;
  readonly #model: EdgeModel;
  readonly #encoder: Encoder;
  readonly #block: number;

  /**
   * For `loadTextModel`.
   *
   * @param block how many samples become numbers at a time: vectors of a large vocabulary are long
   */
  constructor(model: EdgeModel, encoder: Encoder, port: TextPort, block: number) {
    this.name = model.name;
    this.inputs = [port];
    this.outputs = model.outputs;
    this.engine = model.engine;
    this.#model = model;
    this.#encoder = encoder;
    this.#block = block;
  }

  /**
   * The output for one sample, or for an array of samples: nested arrays, fit for JSON. A sample is a string where the shape is [], else an array of
   * strings or integers.
   *
   * @throws TypeError for what are no strings or integers of the right shape; RangeError for an unknown token where none may be
   */
  predict(input: NestedRaw): Nested {
    const [{ shape }] = this.inputs;
    let depth = 0;
    for (
      let level: unknown = input;
      Array.isArray(level) || ArrayBuffer.isView(level);
      level = (level as NestedRaw[])[0]
    ) {
      if (++depth > shape.length) return this.predictBatch(input as readonly NestedRaw[]);
    }
    return this.predictBatch([input])[0];
  }

  /** The outputs for an array of samples. @throws as `predict` */
  predictBatch(input: readonly NestedRaw[]): Nested[] {
    const [{ name, shape, dtype }] = this.inputs;
    const { values, shape: [count, ...sample] } = readRaw(input, name, [dtype]);
    if (!fitsShape(sample, shape)) {
      throw new TypeError(
        `Cannot predict: ${name} must have shape ${formatShape([null, ...shape])}, got ${
          formatShape([count, ...sample])
        }`,
      );
    }
    const width = values.length / count;
    const outputs: Nested[] = [];
    for (let from = 0; from < count; from += this.#block) {
      const rows = Math.min(this.#block, count - from);
      const part = values.slice(from * width, (from + rows) * width) as readonly string[];
      const found = this.#model.predict(this.#encoder.encode({ values: part, shape: [rows, ...sample] }).data);
      // One sample alone gives its output, not a list of it.
      for (const output of rows === 1 ? [found] : found as Nested[]) outputs.push(output);
    }
    return outputs;
  }
}
