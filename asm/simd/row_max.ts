import { maxLanes } from "./lanes";

const LOWEST = memory.data<f32>([-f32.MAX_VALUE * 2.0]);

/**
 * The largest element of a row that is a number; −∞ if there is none. NaN is passed over: what subtracts this from the row finds it.
 *
 * The row is `whole` bytes of full vectors and then `rest` elements, which `mask` marks; up to 12 bytes behind it are read.
 */
// @ts-ignore: decorator
@inline
export function rowMax(x: usize, whole: usize, rest: i32, mask: v128): f32 {
  const lowest = v128.load32_splat(LOWEST);
  let a = lowest, b = lowest;
  let i: usize = 0;
  for (; i + 32 <= whole; i += 32) {
    a = f32x4.pmax(a, v128.load(x + i));
    b = f32x4.pmax(b, v128.load(x + i, 16));
  }
  if (i < whole) a = f32x4.pmax(a, v128.load(x + i));
  if (rest) b = f32x4.pmax(b, v128.bitselect(v128.load(x + whole), lowest, mask));
  return maxLanes(f32x4.pmax(a, b));
}
