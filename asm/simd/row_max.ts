import { maxLanes } from "./lanes";

const LOWEST = memory.data<f32>([-f32.MAX_VALUE * 2.0]);

/**
 * The largest element of a row; NaN if one is, −∞ of none.
 *
 * The row is `whole` bytes of full vectors and then `rest` elements, which `mask` marks; up to 12 bytes behind it are read.
 */
// @ts-ignore: decorator
@inline
export function rowMax(x: usize, whole: usize, rest: i32, mask: v128): f32 {
  const lowest = v128.load32_splat(LOWEST);
  let top = lowest;
  for (let i: usize = 0; i < whole; i += 16) top = f32x4.max(top, v128.load(x + i));
  if (rest) top = f32x4.max(top, v128.bitselect(v128.load(x + whole), lowest, mask));
  return maxLanes(top);
}
