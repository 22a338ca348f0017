import type { Variable } from "../training/network.ts";

/** Whether the layer of a variable, and those that it is inside of, let it be trained, from the next `compile` on. */
export function mayTrain({ within, spec }: Variable): boolean {
  return within.every((layer) => layer.trainable) && spec.trainable !== false;
}
