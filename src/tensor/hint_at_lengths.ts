import type { OpenShape } from "./open_shape.ts";

/** What to do with samples whose lengths differ; empty where the model does not take samples of any length. */
export function hintAtLengths(sample: OpenShape | undefined): string {
  return sample?.includes(null)
    ? "; all samples of a batch must have one length: pad them, or give batches of equal lengths as a stream"
    : "";
}
