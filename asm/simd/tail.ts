const MASKS = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0], 16);

/** All bits set in the first `rest` lanes, 0 to 4, and none in the others. */
// @ts-ignore: decorator
@inline
export function tailMask(rest: i32): v128 {
  return v128.load(MASKS + ((<usize>(4 - rest)) << 2));
}

/** Stores the first `rest` lanes, 1 to 3, and touches nothing behind them. */
// @ts-ignore: decorator
@inline
export function storeTail(p: usize, v: v128, rest: i32): void {
  if (rest == 1) {
    v128.store_lane<f32>(p, v, 0);
  } else {
    v128.store_lane<f64>(p, v, 0);
    if (rest == 3) v128.store_lane<f32>(p, v, 2, 8);
  }
}

/** Stores v at p, for the vector at byte i of a row of `whole` bytes of whole vectors and `rest` elements more. */
// @ts-ignore: decorator
@inline
export function storeWithin(p: usize, v: v128, i: usize, whole: usize, rest: i32): void {
  if (i < whole) v128.store(p, v);
  else storeTail(p, v, rest);
}
