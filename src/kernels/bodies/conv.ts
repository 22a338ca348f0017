import type { Numbers } from "./numbers.ts";

/**
 * Y [samples, oh, ow, n] = max(the convolution of X [samples, h, w, c] with W [kh, kw, c, n] + bias, low); the bias [n] is D, none where
 * d < 0. What lies outside of X counts as 0. There is no use for
 * working memory, for how many windows are multiplied at a time, nor for k, the rows of W.
 *
 * Every element is one chain over (row, column, channel), in Y itself: with Y in float32 it is rounded at each step.
 */
export function conv(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  W: Numbers,
  w: number,
  D: Numbers,
  d: number,
  _S: Numbers,
  _s: number,
  low: number,
  samples: number,
  height: number,
  width: number,
  oh: number,
  ow: number,
  c: number,
  n: number,
  kh: number,
  kw: number,
  sh: number,
  sw: number,
  dh: number,
  dw: number,
  top: number,
  left: number,
  _block: number,
  _k: number,
): void {
  for (; samples > 0; samples--, x += height * width * c) {
    for (let i = 0; i < oh; i++) {
      for (let j = 0; j < ow; j++, y += n) {
        for (let o = 0; o < n; o++) Y[y + o] = d < 0 ? 0 : D[d + o];
        for (let a = 0; a < kh; a++) {
          const row = i * sh - top + a * dh;
          if (row < 0 || row >= height) continue;
          for (let b = 0; b < kw; b++) {
            const column = j * sw - left + b * dw;
            if (column < 0 || column >= width) continue;
            let p = x + (row * width + column) * c, q = w + (a * kw + b) * c * n;
            for (const end = p + c; p < end; p++) {
              const v = X[p];
              for (let o = 0; o < n; o++) Y[y + o] += v * W[q++];
            }
          }
        }
        for (let o = 0; o < n; o++) if (Y[y + o] < low) Y[y + o] = low;
      }
    }
  }
}
