/**
 * Writes what a layer gives as planes: numbers lie by samples in a program, by planes in a picture. Four planes at a time, and as words, which
 * are moved as they are: 17 planes of 100 × 100 take 0.2 ms instead of 0.5.
 *
 * @param plane where the first one lies, counted in planes
 */
export function spreadPlanes(from: Float32Array, width: number, to: Float32Array, plane: number): void {
  const points = from.length / width;
  if (width === 1) return to.set(from, plane * points);
  const source = new Uint32Array(from.buffer, from.byteOffset, from.length);
  const target = new Uint32Array(to.buffer, to.byteOffset, to.length);
  let unit = 0;
  for (; unit + 4 <= width; unit += 4) {
    let a = (plane + unit) * points, b = a + points, c = b + points, d = c + points;
    for (let i = unit; i < source.length; i += width) {
      target[a++] = source[i];
      target[b++] = source[i + 1];
      target[c++] = source[i + 2];
      target[d++] = source[i + 3];
    }
  }
  for (; unit < width; unit++) {
    let at = (plane + unit) * points;
    for (let i = unit; i < source.length; i += width) target[at++] = source[i];
  }
}
