import type { Samples } from "../protocol.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";

/** Inputs and labels of some samples. @throws {RangeError} If there are none, or no such one */
export function pickSamples(samples: Samples, rows: readonly number[]): [x: Tensor, y: Tensor] {
  const wrong = rows.find((row) => !Number.isInteger(row) || row < 0 || row >= samples.count);
  if (wrong !== undefined || rows.length === 0) throw new RangeError(`There is no sample ${wrong ?? ""}`);
  const take = (all: Float32Array): Tensor => {
    const width = all.length / samples.count;
    const picked = new Float32Array(rows.length * width);
    rows.forEach((row, i) => picked.set(all.subarray(row * width, (row + 1) * width), i * width));
    return new Tensor(picked, [rows.length, width]);
  };
  return [take(samples.inputs), take(samples.labels)];
}
