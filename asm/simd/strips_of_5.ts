/**
 * How many strips of 5 rows come first in a packed A of m rows; the rest are strips of 4, as few as make up m. Where that cannot be (m is
 * 1, 2, 3, 6, 7 or 11), all are strips of 4, and the last one repeats its last row. A multiple of 4 is never padded.
 */
export function stripsOf5(m: i32): i32 {
  const fours = (5 - m % 5) % 5;
  return m < 4 * fours ? 0 : (m - 4 * fours) / 5;
}
