import { assertEquals, assertNotEquals } from "@std/assert";
import { xxh32 } from "../../src/files/xxh32.ts";

/** Of the reference implementation (xxHash 0.8, by python-xxhash), for bytes 37·i + 11: length, seed 0, seed 0x9e3779b1. */
const GOLDEN: readonly (readonly [length: number, seed0: number, seed1: number])[] = [
  [0, 0x02cc5d05, 0x36b78ae7],
  [1, 0x3fe5a29d, 0x35bacfe6],
  [3, 0x4021af28, 0xd3c72124],
  [4, 0x1eb8f11a, 0xdbf0c597],
  [5, 0x07b9db7d, 0xf4b9fab6],
  [15, 0x162986eb, 0x5d300d8f],
  [16, 0x96ac9fa6, 0x6d8a765e],
  [17, 0x3cdfb1a2, 0x642cf14d],
  [31, 0xdf853fbf, 0x996079fe],
  [32, 0xda8072dc, 0xe60dccbd],
  [33, 0x3c8fd07d, 0x8f4a7d52],
  [64, 0x043913c6, 0xe5c3c7cd],
  [100, 0xede8e390, 0x69664263],
  [1000, 0x21c30739, 0x5d2187dc],
];

Deno.test("xxh32 is xxHash, wherever the bytes begin in their buffer", () => {
  for (const [length, seed0, seed1] of GOLDEN) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 37 + 11);
    for (const shift of [0, 1, 2, 3, 4]) {
      const larger = new Uint8Array(length + 8).fill(255);
      larger.set(bytes, shift);
      const part = larger.subarray(shift, shift + length);
      assertEquals([length, shift, xxh32(part, 0), xxh32(part, 0x9e3779b1)], [length, shift, seed0, seed1]);
    }
  }
});

Deno.test("xxh32 sees every flipped bit", () => {
  const bytes = Uint8Array.from({ length: 53 }, (_, i) => i * i);
  const hash = xxh32(bytes, 7);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    bytes[bit >> 3] ^= 1 << (bit & 7);
    assertNotEquals(xxh32(bytes, 7), hash, `bit ${bit}`);
    bytes[bit >> 3] ^= 1 << (bit & 7);
  }
});
