import type { ReplyBody, Request } from "../protocol.ts";
import type { Situation } from "./situation.ts";

/** The values of one sample in all layers, and what flows back to them. */
export function traceRow({ set, index }: Request & { readonly kind: "row" }, { session }: Situation): ReplyBody {
  const held = set === "train" ? session.train : session.test;
  if (held === null || !Number.isInteger(index) || index < 0 || index >= held.samples.count) {
    throw new RangeError(`There is no sample ${index} for the ${set === "train" ? "training" : "test"}`);
  }
  const { inputs, labels, count } = held.samples;
  const options = { order: null, from: index, to: index + 1, training: false };
  const { loss, layers } = session.tracer.run(held.dataset, options);
  const part = (all: Float32Array): Float32Array => {
    const width = all.length / count;
    return all.slice(index * width, (index + 1) * width);
  };
  return { kind: "row", inputs: part(inputs), labels: part(labels), loss, layers };
}
