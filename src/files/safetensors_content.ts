import type { NamedTensor } from "./named_tensor.ts";

/** What a safetensors file holds. */
export interface SafetensorsContent {
  /** The tensors by name, in the order of the header. */
  readonly tensors: Map<string, NamedTensor>;
  /** The free text of `__metadata__` by key. */
  readonly metadata: Map<string, string>;
}
