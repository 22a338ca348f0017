import type { Numbers } from "./numbers.ts";

/**
 * y[i, j] = bias + Σ x[i · strideHeight − top + a · dilationHeight, j · strideWidth − left + b · dilationWidth] · w[a, b], or · w with its taps in
 * the other order, where `reversed`, channel by channel; nothing is added where bias < 0.
 */
export function depthwise(
  Y: Numbers,
  y: number,
  X: Numbers,
  x: number,
  W: Numbers,
  w: number,
  B: Numbers,
  bias: number,
  samples: number,
  height: number,
  width: number,
  outHeight: number,
  outWidth: number,
  channels: number,
  kernelHeight: number,
  kernelWidth: number,
  strideHeight: number,
  strideWidth: number,
  dilationHeight: number,
  dilationWidth: number,
  top: number,
  left: number,
  reversed: number,
): void {
  const taps = kernelHeight * kernelWidth;
  for (; samples > 0; samples--, x += height * width * channels) {
    for (let o = 0; o < outHeight * outWidth; o++, y += channels) {
      const i = Math.floor(o / outWidth) * strideHeight - top, j = o % outWidth * strideWidth - left;
      for (let c = 0; c < channels; c++) Y[y + c] = bias < 0 ? 0 : B[bias + c];
      for (let tap = 0; tap < taps; tap++) {
        const row = i + Math.floor(tap / kernelWidth) * dilationHeight;
        const column = j + tap % kernelWidth * dilationWidth;
        if (row < 0 || row >= height || column < 0 || column >= width) continue;
        const p = x + (row * width + column) * channels, q = w + (reversed ? taps - 1 - tap : tap) * channels;
        for (let c = 0; c < channels; c++) Y[y + c] += X[p + c] * W[q + c];
      }
    }
  }
}
