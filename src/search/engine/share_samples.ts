import type { Samples } from "../../training/data_source.ts";
import type { RunSamples } from "./trial_messages.ts";

/** Copies samples into memory that all threads see, where there is such. */
export function shareSamples(id: number, { x, y, sampleWeight }: Samples): RunSamples {
  return {
    id,
    x: share(x.data),
    xShape: x.shape,
    y: share(y.data),
    yShape: y.shape,
    sampleWeight: sampleWeight && share(sampleWeight),
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
