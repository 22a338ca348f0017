/** A module with one function from a vector to a vector: `f32x4.relaxed_madd(x, x, x)`. */
const RELAXED_SIMD = [
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic, version 1
  ...[1, 6, 1, 0x60, 1, 0x7b, 1, 0x7b, 3, 2, 1, 0], // one type v128 → v128, one function
  ...[10, 13, 1, 11, 0, 0x20, 0, 0x20, 0, 0x20, 0, 0xfd, 0x85, 0x02, 0x0b], // its code
];

/** Whether this machine's runtime has relaxed SIMD, whose multiply-add is fused. */
export function hasRelaxedSimd(): boolean {
  return WebAssembly.validate(new Uint8Array(RELAXED_SIMD));
}
