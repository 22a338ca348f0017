import type { RawTensor } from "../tensor/raw_tensor.ts";
import type { Shape } from "../tensor/shape.ts";
import { encodeRows } from "./encode_rows.ts";
import type { OutputMode } from "./output_mode.ts";
import { shapeOfMode } from "./shape_of_mode.ts";
import type { Token } from "./token.ts";

/** What gives tokens their indices. */
export interface TokenIndex<T extends Token> {
  /** The length of a vector. */
  readonly depth: number;
  /** What counts are multiplied by for `tf_idf`; else null. */
  readonly idfWeights: Float32Array | null;
  indexOf(token: T): number;
}

/** Numbers with their shape, the last axis running fastest. */
export interface Encoded {
  readonly data: Float32Array;
  readonly shape: Shape;
}

/** The numbers of samples whose values are tokens: rows are those along the last axis. */
export function encodeTokens<T extends Token>(
  { values, shape: [samples, ...sample] }: RawTensor,
  index: TokenIndex<T>,
  mode: OutputMode,
): Encoded {
  const { depth, idfWeights } = index;
  const length = sample.at(-1) ?? 1;
  const count = values.length / length;
  const rows = function* (): Iterable<readonly number[]> {
    for (let at = 0; at < values.length; at += length) {
      yield Array.from({ length }, (_, i) => index.indexOf(values[at + i] as T));
    }
  };
  const data = encodeRows(rows(), { mode, count, length, depth, idfWeights });
  return { data, shape: [samples, ...shapeOfMode(mode, sample, () => depth) as Shape] };
}
