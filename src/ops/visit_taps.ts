import type { ConvGeometry } from "./conv_geometry.ts";

/**
 * Every product of a convolution: y[to] += x[from] · w[tap], in the order in which an element of y takes them. What lies outside of the image is
 * left out.
 */
export function visitTaps(g: ConvGeometry, use: (to: number, from: number, tap: number) => void): void {
  const { samples, h, w, oh, ow, c, f, groups } = g;
  const channels = c * groups, filters = f * groups;
  for (let pixel = 0; pixel < samples * oh * ow; pixel++) {
    const sample = Math.floor(pixel / (oh * ow));
    const top = Math.floor(pixel / ow) % oh * g.sh - g.top, left = pixel % ow * g.sw - g.left;
    for (let ky = 0; ky < g.kh; ky++) {
      const row = top + ky * g.dh;
      if (row < 0 || row >= h) continue;
      for (let kx = 0; kx < g.kw; kx++) {
        const column = left + kx * g.dw;
        if (column < 0 || column >= w) continue;
        const from = ((sample * h + row) * w + column) * channels, tap = (ky * g.kw + kx) * c * filters;
        for (let j = 0; j < filters; j++) {
          const first = Math.floor(j / f) * c;
          for (let i = 0; i < c; i++) use(pixel * filters + j, from + first + i, tap + i * filters + j);
        }
      }
    }
  }
}
