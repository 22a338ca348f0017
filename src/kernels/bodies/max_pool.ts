import type { Numbers } from "./numbers.ts";

/**
 * y[o] = the largest x of window o, channel by channel; NaN where one is, 0 for a window without elements. Window o of an axis goes from
 * o · stride − before on, `size` elements; with a stride of 0 from ⌊o · length / count⌋ to ⌈(o + 1) · length / count⌉.
 */
export function maxPool(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  samples: number,
  height: number,
  width: number,
  channels: number,
  outHeight: number,
  outWidth: number,
  windowHeight: number,
  windowWidth: number,
  strideHeight: number,
  strideWidth: number,
  top: number,
  left: number,
): void {
  const range = (o: number, length: number, count: number, stride: number, before: number, size: number): number[] =>
    stride > 0
      ? [Math.max(0, o * stride - before), Math.min(length, o * stride - before + size)]
      : [Math.floor(o * length / count), Math.ceil((o + 1) * length / count)];
  for (; samples > 0; samples--, x += height * width * channels) {
    for (let i = 0; i < outHeight; i++) {
      const [firstRow, endRow] = range(i, height, outHeight, strideHeight, top, windowHeight);
      for (let j = 0; j < outWidth; j++) {
        const [firstColumn, endColumn] = range(j, width, outWidth, strideWidth, left, windowWidth);
        const isEmpty = firstRow >= endRow || firstColumn >= endColumn;
        for (let k = 0; k < channels; k++) {
          let found = isEmpty ? 0 : -Infinity;
          for (let row = firstRow; row < endRow; row++) {
            for (let column = firstColumn; column < endColumn; column++) {
              found = Math.max(found, X[x + (row * width + column) * channels + k]);
            }
          }
          Y[y++] = found;
        }
      }
    }
  }
}
