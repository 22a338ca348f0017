import { SAFETENSORS_DTYPES, type SafetensorsDtype } from "./safetensors_dtypes.ts";

/**
 * Size in bytes of the data of a tensor: product(shape) × bits of dtype / 8.
 *
 * Returns `undefined` when the product passes 2^53 - 1 bits (no such file exists), or when 4-bit or 6-bit elements do
 * not fill their last byte (the format forbids it). The axes must be integers >= 0. As in the reference
 * implementation, a zero axis does not excuse an overflow before it.
 */
export function countTensorBytes(dtype: SafetensorsDtype, shape: readonly number[]): number | undefined {
  let bits: number = SAFETENSORS_DTYPES[dtype].bits;
  for (const length of shape) {
    bits *= length;
    if (bits > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return bits % 8 === 0 ? bits / 8 : undefined;
}
