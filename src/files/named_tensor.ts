import type { SafetensorsDtype } from "./safetensors_dtypes.ts";

/** A tensor as it stands in a safetensors file. */
export interface NamedTensor {
  /** The name, as in `"dense/kernel"`: any well-formed text but `"__metadata__"`, once in a file. */
  readonly name: string;
  /** The element type, as in `"F32"`. */
  readonly dtype: SafetensorsDtype;
  /** Lengths of the axes, integers >= 0; `[]` is a single number. Elements are in row-major order. */
  readonly shape: readonly number[];
  /** The elements, little-endian: exactly as many bytes as dtype and shape need. */
  readonly data: ArrayBufferView;
}
