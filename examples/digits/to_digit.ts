/** Pixels of a side of the bitmap that is counted, and of the image that the model reads. */
const BITMAP = 32;
const SIDE = 8;
const BLOCK = BITMAP / SIDE;

/**
 * Makes of a drawing what the data are: the drawing is cut out, brought to 32 × 32 black or white pixels, its longer side from edge to edge and the
 * shorter one in the middle, and of every block of 4 × 4 the dark ones are counted.
 *
 * @param ink How much ink is on each pixel, row by row: from 0 to 255.
 * @param width Pixels in a row.
 * @returns 8 × 8 numbers from 0 to 16; null if there is no ink.
 */
export function toDigit(ink: ArrayLike<number>, width: number): Float32Array | null {
  let [left, right, top, bottom] = [Infinity, -1, Infinity, -1];
  for (let i = 0; i < ink.length; i++) {
    if (ink[i] < 128) continue;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  if (right < 0) return null;
  const side = Math.max(right - left, bottom - top) + 1;
  const originX = (left + right + 1 - side) / 2;
  const originY = (top + bottom + 1 - side) / 2;
  const digit = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < BITMAP; row++) {
    for (let column = 0; column < BITMAP; column++) {
      const x = Math.floor(originX + (column + 0.5) * side / BITMAP);
      const y = Math.floor(originY + (row + 0.5) * side / BITMAP);
      if (x < left || x > right || y < top || y > bottom || ink[y * width + x] < 128) continue;
      digit[Math.floor(row / BLOCK) * SIDE + Math.floor(column / BLOCK)]++;
    }
  }
  return digit;
}
