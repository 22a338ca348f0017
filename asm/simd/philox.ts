// Philox 4x32-10 for two blocks at once. A register holds the even words of two blocks (c0 c2 c0 c2) or the odd ones (c1 c3 c1 c3), so a
// round is two widening products, two shuffles and two exclusive ors. A round is written as
//
//     const p = philoxLow(a, multipliers), q = philoxHigh(a, multipliers);
//     a = philoxEven(p, q, b, key);
//     b = philoxOdd(p, q);
//     key = i32x4.add(key, growth);
//
// Source: Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC11.

/** Rounds. */
// @ts-ignore: decorator
@inline
export const PHILOX_ROUNDS: i32 = 10;

/** 0: the multipliers of words 0 and 2, twice; 16: what the keys grow by each round, twice. */
const CONSTANTS = memory.data<u32>([
  0xD2511F53, 0xCD9E8D57, 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85, 0x9E3779B9, 0xBB67AE85,
], 16);

/** The multipliers of a round. */
// @ts-ignore: decorator
@inline
export function philoxMultipliers(): v128 {
  return v128.load(CONSTANTS);
}

/** What the keys grow by after a round. */
// @ts-ignore: decorator
@inline
export function philoxGrowth(): v128 {
  return v128.load(CONSTANTS, 16);
}

/** The keys of the first round. */
// @ts-ignore: decorator
@inline
export function philoxKeys(seedLow: i32, seedHigh: i32): v128 {
  // By lanes: binaryen loads a kernel's argument with its sign where it is widened to 64 bits at once.
  return i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(seedLow), 1, seedHigh), 3, seedHigh);
}

/** The odd words of all blocks of a stream. */
// @ts-ignore: decorator
@inline
export function philoxStream(stream: i32): v128 {
  return i64x2.splat((<i64>stream) << 32);
}

/** What the even words of all blocks of a step have in common; `step` is the address of a uint32. */
// @ts-ignore: decorator
@inline
export function philoxStep(step: usize): v128 {
  return i64x2.splat((<i64>load<u32>(step)) << 32);
}

/** The even words of the blocks `block` and `block` + 1 of a step. */
// @ts-ignore: decorator
@inline
export function philoxBlocks(step: v128, block: u32): v128 {
  return v128.or(step, i64x2.replace_lane(i64x2.splat(<i64>block), 1, <i64>(block + 1)));
}

/** The products of the first block: low0 high0 low2 high2. */
// @ts-ignore: decorator
@inline
export function philoxLow(a: v128, multipliers: v128): v128 {
  return i64x2.extmul_low_i32x4_u(a, multipliers);
}

/** The products of the second block. */
// @ts-ignore: decorator
@inline
export function philoxHigh(a: v128, multipliers: v128): v128 {
  return i64x2.extmul_high_i32x4_u(a, multipliers);
}

/** The even words after a round. */
// @ts-ignore: decorator
@inline
export function philoxEven(p: v128, q: v128, b: v128, key: v128): v128 {
  return v128.xor(v128.xor(v128.shuffle<i32>(p, q, 3, 1, 7, 5), b), key);
}

/** The odd words after a round. */
// @ts-ignore: decorator
@inline
export function philoxOdd(p: v128, q: v128): v128 {
  return v128.shuffle<i32>(p, q, 2, 0, 6, 4);
}
