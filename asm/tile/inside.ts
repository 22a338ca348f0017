// Which windows of a row of positions lie within an axis.

/** The first position from which on all taps are at or behind the first element. */
// @ts-ignore: decorator
@inline
export function firstInside(count: i32, stride: i32, before: i32): i32 {
  return <i32>min(<i64>count, max(<i64>0, (<i64>before + <i64>stride - 1) / <i64>stride));
}

/** The first position from there on with a tap behind the last element. */
// @ts-ignore: decorator
@inline
export function endInside(first: i32, length: i32, count: i32, taps: i32, stride: i32, dilation: i32, before: i32): i32 {
  const room = <i64>length - 1 - <i64>(taps - 1) * <i64>dilation + <i64>before;
  return room < 0 ? first : <i32>max(<i64>first, min(<i64>count, room / <i64>stride + 1));
}
