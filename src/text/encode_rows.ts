import type { OutputMode } from "./output_mode.ts";

/** What rows of indices become. */
export interface RowEncoding {
  readonly mode: OutputMode;
  /** How many rows there are. */
  readonly count: number;
  /** How many indices a row has at most. */
  readonly length: number;
  /** The length of a vector. */
  readonly depth: number;
  /** What counts are multiplied by, one for each index, for `tf_idf`; else null. */
  readonly idfWeights: Float32Array | null;
}

/**
 * The numbers of rows of indices: as they are, with zeros behind the end; each as a vector of its own; or those of a row as one vector. For an
 * index of −1 nothing is written.
 *
 * @throws {RangeError} If they do not fit in memory
 */
export function encodeRows(rows: Iterable<readonly number[]>, encoding: RowEncoding): Float32Array {
  const { mode, count, length, depth, idfWeights } = encoding;
  const stride = mode === "int" ? length : mode === "one_hot" ? length * depth : depth;
  const out = allocate(count, stride);
  let at = 0;
  for (const indices of rows) {
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i];
      if (mode === "int") out[at + i] = index;
      else if (index < 0) continue;
      else if (mode === "one_hot") out[at + i * depth + index] = 1;
      else if (mode === "multi_hot") out[at + index] = 1;
      else out[at + index]++;
    }
    if (idfWeights !== null) { for (let i = 0; i < idfWeights.length; i++) out[at + i] *= idfWeights[i]; }
    at += stride;
  }
  return out;
}

function allocate(count: number, stride: number): Float32Array {
  try {
    return new Float32Array(count * stride);
  } catch (cause) {
    throw new RangeError(
      `Cannot encode data: ${count} rows of ${stride} numbers do not fit in memory; give them in batches, as a stream`,
      { cause },
    );
  }
}
