import type { Shape } from "../tensor/shape.ts";
import type { AffineSampling, FillMode } from "./affine_sampling.ts";

/** Beyond it, all places are one, as for the kernels. */
const FAR = 2 ** 24;

/**
 * Calls `visit` for every pixel of the images' samples and every pixel that it is made of, with its share; `from` is −1 for what lies beyond
 * the image. Pixels are numbered through the batch.
 *
 * @param images [batch, height, width, channels]
 * @param transforms six numbers an image: see `affine_transforms`
 */
export function visitSamples(
  [batch, height, width]: Shape,
  transforms: ArrayLike<number>,
  { rows, columns, isNearest, mode }: AffineSampling,
  visit: (from: number, to: number, share: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    const [a0, a1, a2, b0, b1, b2] = Array.from({ length: 6 }, (_, i) => transforms[6 * n + i]);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const to = (n * rows + r) * columns + c;
        const x = near(a0 * c + (a1 * r + a2)), y = near(b0 * c + (b1 * r + b2));
        const pixel = (column: number, line: number, share: number): void => {
          const [i, j] = [pixelAt(column, width, mode), pixelAt(line, height, mode)];
          visit(i < 0 || j < 0 ? -1 : (n * height + j) * width + i, to, share);
        };
        if (isNearest) {
          pixel(Math.floor(x + 0.5), Math.floor(y + 0.5), 1);
          continue;
        }
        const left = Math.floor(x), top = Math.floor(y);
        const fx = x - left, fy = y - top;
        pixel(left, top, (1 - fx) * (1 - fy));
        pixel(left + 1, top, fx * (1 - fy));
        pixel(left, top + 1, (1 - fx) * fy);
        pixel(left + 1, top + 1, fx * fy);
      }
    }
  }
}

function near(place: number): number {
  return place > -FAR ? Math.min(place, FAR) : -FAR;
}

/** The pixel at position i of an axis that goes on; −1 where there is none. */
function pixelAt(i: number, length: number, mode: FillMode): number {
  if (i >= 0 && i < length) return i;
  if (mode === "constant") return -1;
  if (mode === "nearest") return i < 0 ? 0 : length - 1;
  if (mode === "wrap") return i - length * Math.floor(i / length);
  const rest = i - 2 * length * Math.floor(i / (2 * length));
  return rest < length ? rest : 2 * length - 1 - rest;
}
