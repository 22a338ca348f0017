import type { Dataset } from "../../data/dataset.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { RunSamples, SentTensor } from "./trial_messages.ts";

/** Copies samples into memory that all threads see, where there is such. */
export function shareSamples(id: number, { inputs, targets, weights, shapes }: Dataset): RunSamples {
  const send = ({ data, shape }: Tensor): SentTensor => ({ data: share(data), shape });
  return {
    id,
    inputs: inputs.map(send),
    targets: targets.map(send),
    weights: weights.map((each) => each && share(each)),
    shapes,
  };
}

/** Copies the numbers of samples into memory that all threads see. */
export function shareRows(rows: Uint32Array): Uint32Array {
  if (typeof SharedArrayBuffer === "undefined") return rows;
  const copy = new Uint32Array(new SharedArrayBuffer(rows.byteLength));
  copy.set(rows);
  return copy;
}

function share(values: Float32Array): Float32Array {
  if (typeof SharedArrayBuffer === "undefined") return values;
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
