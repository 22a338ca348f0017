import type { Activation } from "./activation.ts";

/** Makes an activation read-only, its options included: programs are compiled from it whenever one is needed. */
export function freezeActivation(activation: Activation): Activation {
  Object.freeze(activation.config);
  return Object.freeze(activation);
}
