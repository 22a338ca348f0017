/** One element type of the safetensors format. */
export interface SafetensorsDtypeRow {
  /** Size of one element in bits. */
  readonly bits: number;
  /** The typed array that shows the elements; raw bits where JavaScript has no such number. */
  readonly View: SafetensorsViewConstructor;
}

/** A typed array that shows the data of a tensor. */
export type SafetensorsView =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | BigUint64Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array;

/** The constructor of a typed array over a part of a buffer. */
export interface SafetensorsViewConstructor {
  /** Bytes of one element of the typed array. */
  readonly BYTES_PER_ELEMENT: number;
  /** Makes a view of `length` elements that starts `byteOffset` bytes into `buffer`. */
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): SafetensorsView;
}

/**
 * The element types of the safetensors format, with their sizes and the typed arrays that show them.
 *
 * Half and brain floats are shown as their 16 bits, 8-bit floats as bytes, complex numbers as (real, imaginary) pairs,
 * 4-bit and 6-bit floats as the bytes that they are packed into.
 *
 * Source: https://github.com/huggingface/safetensors, `Dtype` of version 0.8.
 */
export const SAFETENSORS_DTYPES = {
  F64: { bits: 64, View: Float64Array },
  I64: { bits: 64, View: BigInt64Array },
  U64: { bits: 64, View: BigUint64Array },
  C64: { bits: 64, View: Float32Array },
  F32: { bits: 32, View: Float32Array },
  I32: { bits: 32, View: Int32Array },
  U32: { bits: 32, View: Uint32Array },
  F16: { bits: 16, View: Uint16Array },
  BF16: { bits: 16, View: Uint16Array },
  I16: { bits: 16, View: Int16Array },
  U16: { bits: 16, View: Uint16Array },
  I8: { bits: 8, View: Int8Array },
  U8: { bits: 8, View: Uint8Array },
  BOOL: { bits: 8, View: Uint8Array },
  F8_E5M2: { bits: 8, View: Uint8Array },
  F8_E4M3: { bits: 8, View: Uint8Array },
  F8_E8M0: { bits: 8, View: Uint8Array },
  F8_E4M3FNUZ: { bits: 8, View: Uint8Array },
  F8_E5M2FNUZ: { bits: 8, View: Uint8Array },
  F6_E2M3: { bits: 6, View: Uint8Array },
  F6_E3M2: { bits: 6, View: Uint8Array },
  F4: { bits: 4, View: Uint8Array },
} as const satisfies Record<string, SafetensorsDtypeRow>;

/** The name of an element type of the safetensors format, as in `"F32"`. */
export type SafetensorsDtype = keyof typeof SAFETENSORS_DTYPES;
