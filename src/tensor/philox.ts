/**
 * Philox 4x32-10, a counter-based random number generator: a keyed bijection of 128-bit blocks, of which any block can be
 * computed without the ones before it. Ten rounds; passes BigCrush. All arguments are taken modulo 2^32.
 *
 * Source: Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC11, with the constants of Random123.
 *
 * @param c0 Word 0 of the counter. In this library: the low word of the block number.
 * @param c1 Word 1 of the counter: the high word of the block number.
 * @param c2 Word 2 of the counter: the step.
 * @param c3 Word 3 of the counter: the stream.
 * @param k0 Word 0 of the key: the low word of the seed.
 * @param k1 Word 1 of the key: the high word of the seed.
 * @param out Where the four words go, at 0 to 3.
 */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
  out: Uint32Array,
): void {
  for (let round = 0; round < 10; round++) {
    // The high words of 0xD2511F53 * c0 and 0xCD9E8D57 * c2, from products of 16-bit halves; none exceeds 32 bits.
    let low = c0 & 0xffff;
    let high = c0 >>> 16;
    let middle = Math.imul(0xd251, low) + (Math.imul(0x1f53, low) >>> 16) | 0;
    let cross = Math.imul(0x1f53, high) + (middle & 0xffff) | 0;
    const high0 = Math.imul(0xd251, high) + (middle >>> 16) + (cross >>> 16) | 0;
    low = c2 & 0xffff;
    high = c2 >>> 16;
    middle = Math.imul(0xcd9e, low) + (Math.imul(0x8d57, low) >>> 16) | 0;
    cross = Math.imul(0x8d57, high) + (middle & 0xffff) | 0;
    const high2 = Math.imul(0xcd9e, high) + (middle >>> 16) + (cross >>> 16) | 0;
    const low0 = Math.imul(0xd2511f53, c0);
    const low2 = Math.imul(0xcd9e8d57, c2);
    c0 = high2 ^ c1 ^ k0;
    c1 = low2;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = k0 + 0x9e3779b9 | 0;
    k1 = k1 + 0xbb67ae85 | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}
