// Convolution in the edge runtime: windows are copied row by row into working memory, and multiplied as matrices are; small code. Every element
// is the chain of kernel/conv.ts: from the bias (or 0) on over (row, column, channel) of the window, ascending; what is outside counts as 0.
import { edge_matmul } from "./matmul";

/** Copies `bytes`, a multiple of 4; from the null address zeros. */
// @ts-ignore: decorator
@inline
function copy(to: usize, from: usize, bytes: usize): void {
  let e: usize = 0;
  for (; e + 16 <= bytes; e += 16) v128.store(to + e, from ? v128.load(from + e) : i32x4.splat(0));
  for (; e < bytes; e += 4) store<f32>(to + e, from ? load<f32>(from + e) : 0);
}

/**
 * Y = the convolution of X with filters [kh, kw, c, n], plus a bias, and no less than `low`. Pixel (i, j) has its window at row i · sh − top,
 * column j · sw − left, rows dh and columns dw apart; `block` windows are multiplied at a time. Any geometry is safe.
 *
 * @param y written: samples * oh * ow * n
 * @param x read: samples * h * w * c
 * @param packed read: k * up(n, 8), packed from k by n
 * @param bias read: n, optional
 * @param work work: block * k
 * @param low scalar
 * @param samples count >= 0
 * @param h count >= 1
 * @param w count >= 1
 * @param oh count >= 1
 * @param ow count >= 1
 * @param c count >= 1
 * @param n count >= 1
 * @param kh count >= 1
 * @param kw count >= 1
 * @param sh scalar
 * @param sw scalar
 * @param dh scalar
 * @param dw scalar
 * @param top scalar
 * @param left scalar
 * @param block count >= 1
 * @param k count >= kh * kw * c
 * @edge blocks conv: low = -Infinity
 * @edge blocks conv_relu: low = 0
 */
export function edge_conv(y: usize, x: usize, packed: usize, bias: usize, work: usize, low: f32, samples: i32, h: i32, w: i32, oh: i32, ow: i32, c: i32, n: i32, kh: i32, kw: i32, sh: i32, sw: i32, dh: i32, dw: i32, top: i32, left: i32, block: i32, k: i32): void {
  const pixel = <usize>c << 2, row = pixel * w;
  for (; samples > 0; samples--, x += row * h) {
    for (let i = 0; i < oh; i++) {
      for (let j = 0; j < ow;) {
        const count = min(block, ow - j);
        for (let m = 0; m < count; m++, j++) {
          let p = work + (<usize>(m * k) << 2);
          const next = p + (<usize>k << 2), first = j * sw - left;
          // A row of the window lies side by side, where it has no gaps and does not reach beyond the image's sides.
          const whole = dw == 1 && first >= 0 && first + kw <= w, taps = whole ? 1 : kw, bytes = whole ? pixel * kw : pixel;
          for (let a = 0, line = i * sh - top; a < kh; a++, line += dh) {
            for (let b = 0, column = first; b < taps; b++, column += dw, p += bytes) {
              const inside = <u32>line < <u32>h && <u32>column < <u32>w;
              copy(p, inside ? x + <usize>line * row + <usize>column * pixel : 0, bytes);
            }
          }
          copy(p, 0, next - p);
        }
        edge_matmul(y, work, packed, bias, low, count, n, k);
        y += <usize>(count * n) << 2;
      }
    }
  }
}
