// The dropout mask is a function of (seed, stream, step, element): word i mod 4 of Philox 4x32-10 block ⌊i / 4⌋.
// Source: Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC11.

// 0: the multipliers of words 0 and 2, twice; 16: what the keys grow by each round, twice.
const PHILOX = memory.data<u32>([
  0xD2511F53, 0xCD9E8D57, 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85, 0x9E3779B9, 0xBB67AE85,
], 16);

/**
 * y = x · scale where the word's upper 24 bits are at least `threshold`, else 0.
 *
 * `step` is the address of a uint32. `first` is the index of the share's first element, a multiple of 4. y may be x. Whole vectors
 * are read and written, the padding behind n elements too.
 *
 * A register holds the even words of two blocks (a: c0 c2 c0 c2) or the odd ones (b: c1 c3 c1 c3), so a round is, for two blocks,
 * two widening products, two shuffles and two exclusive ors.
 */
export function dropout_forward(
  y: usize, x: usize, step: usize, scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32, n: i32,
): void {
  const factor = f32x4.splat(scale);
  const least = i32x4.splat(threshold);
  const keys = i64x2.splat((<i64>(<u32>seedLow)) | ((<i64>seedHigh) << 32));
  const odd = i64x2.splat((<i64>stream) << 32);
  const even = i64x2.splat((<i64>load<u32>(step)) << 32);
  const multipliers = v128.load(PHILOX);
  const growth = v128.load(PHILOX, 16);
  let block = <u32>first >> 2;
  let left = (n + 3) >> 2; // blocks to do
  while (left > 0) {
    let a0 = v128.or(even, i64x2.replace_lane(i64x2.splat(<i64>block), 1, <i64>(block + 1)));
    let a1 = v128.or(even, i64x2.replace_lane(i64x2.splat(<i64>(block + 2)), 1, <i64>(block + 3)));
    let b0 = odd;
    let b1 = odd;
    let key = keys;
    for (let round = 0; round < 10; round++) {
      // Products of a block: low0 high0 low2 high2.
      const p0 = i64x2.extmul_low_i32x4_u(a0, multipliers);
      const q0 = i64x2.extmul_high_i32x4_u(a0, multipliers);
      const p1 = i64x2.extmul_low_i32x4_u(a1, multipliers);
      const q1 = i64x2.extmul_high_i32x4_u(a1, multipliers);
      a0 = v128.xor(v128.xor(v128.shuffle<i32>(p0, q0, 3, 1, 7, 5), b0), key);
      a1 = v128.xor(v128.xor(v128.shuffle<i32>(p1, q1, 3, 1, 7, 5), b1), key);
      b0 = v128.shuffle<i32>(p0, q0, 2, 0, 6, 4);
      b1 = v128.shuffle<i32>(p1, q1, 2, 0, 6, 4);
      key = i32x4.add(key, growth);
    }
    drop(y, x, v128.shuffle<i32>(a0, b0, 0, 4, 1, 5), factor, least);
    if (left > 1) drop(y + 16, x + 16, v128.shuffle<i32>(a0, b0, 2, 6, 3, 7), factor, least);
    if (left > 2) drop(y + 32, x + 32, v128.shuffle<i32>(a1, b1, 0, 4, 1, 5), factor, least);
    if (left > 3) drop(y + 48, x + 48, v128.shuffle<i32>(a1, b1, 2, 6, 3, 7), factor, least);
    x += 64;
    y += 64;
    block += 4;
    left -= 4;
  }
}

// @ts-ignore: decorator
@inline
function drop(y: usize, x: usize, words: v128, factor: v128, least: v128): void {
  const keep = i32x4.ge_s(i32x4.shr_u(words, 8), least);
  v128.store(y, v128.and(f32x4.mul(v128.load(x), factor), keep));
}
