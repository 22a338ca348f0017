import type { ConvGeometry } from "./conv_geometry.ts";
import type { Cost } from "./op.ts";

/** What a convolution costs, whichever of image, kernel and result is sought. */
export function convCost({ samples, h, w, oh, ow, c, f, groups, kh, kw }: ConvGeometry): Cost {
  const [image, kernel, result] = [h * w * c, kh * kw * c * f, oh * ow * f];
  return {
    flops: 2 * samples * result * groups * kh * kw * c,
    bytes: 4 * groups * (samples * (image + result) + kernel),
  };
}
