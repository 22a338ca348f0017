// Convolution of images [height, width, channels], and its gradient by the image; see tile/convolve.ts for how it is computed. Filters are
// [window's height, width, c, f · groups]: group g takes channels g · c … of the image and gives channels g · f … of the result.
import { RELU } from "../tile/multiply";
import { convolve } from "../tile/convolve";
import { setImages, setWindows } from "../tile/windows";
import { pack_n, pack_t } from "./pack";

/** Own scratch of a convolution, in elements: what tile/convolve.ts lays out in it. @shared CONV_WORK */
const CONV_WORK: i32 = 16928;

/**
 * Packs filters [k, f · groups] for `conv`: for every group panels of 8 filters, each [k, 8]; of them `panels`, from panel `begin` on.
 *
 * @param packed written: panels * k * 8
 * @param w read: k * f * groups
 * @param k count >= 0
 * @param f count >= 1
 * @param groups count >= 1
 * @param begin count 0 .. groups * ceil(f, 8)
 * @param panels count 0 .. groups * ceil(f, 8) - begin
 */
export function pack_filters(packed: usize, w: usize, k: i32, f: i32, groups: i32, begin: i32, panels: i32): void {
  const each = (f + 7) >> 3, ldb = f * groups;
  while (panels > 0) {
    const group = begin / each, j = begin - group * each, count = min(panels, each - j);
    pack_n(packed, w + (<usize>(group * f + 8 * j) << 2), k, min(8 * count, f - 8 * j), ldb);
    packed += (<usize>k << 5) * count, begin += count, panels -= count;
  }
}

/** The greatest common divisor. */
function gcd(a: i32, b: i32): i32 {
  while (b != 0) {
    const rest = a % b;
    a = b, b = rest;
  }
  return a;
}

/** The first tap t with t · dilation ≡ phase (mod stride); `taps`, where there is none. */
function firstTap(phase: i32, taps: i32, stride: i32, dilation: i32): i32 {
  for (let t = 0; t < min(taps, stride); t++) if (t * dilation % stride == phase) return t;
  return taps;
}

/**
 * Packs filters [kh, kw, c, f · groups] for `conv_input`: for every group panels of 8 channels, each [taps · f, 8]; of them `panels`, from panel
 * `begin` on. The taps are in the order of the phases of the strides, those of a phase reversed.
 *
 * @param packed written: panels * kh * kw * f * 8
 * @param w read: kh * kw * c * f * groups
 * @param c count >= 1
 * @param f count >= 0
 * @param groups count >= 1
 * @param kh count >= 1
 * @param kw count >= 1
 * @param sh count >= 1
 * @param sw count >= 1
 * @param dh count >= 1
 * @param dw count >= 1
 * @param begin count 0 .. groups * ceil(c, 8)
 * @param panels count 0 .. groups * ceil(c, 8) - begin
 */
export function pack_taps(packed: usize, w: usize, c: i32, f: i32, groups: i32, kh: i32, kw: i32, sh: i32, sw: i32, dh: i32, dw: i32, begin: i32, panels: i32): void {
  const each = (c + 7) >> 3, ldb = f * groups, stepY = sh / gcd(sh, dh), stepX = sw / gcd(sw, dw);
  for (let panel = begin; panel < begin + panels; panel++) {
    const group = panel / each, j = 8 * (panel - group * each), n = min(8, c - j);
    for (let py = 0; py < sh; py++) {
      const firstY = firstTap(py, kh, sh, dh);
      for (let px = 0; px < sw; px++) {
        const firstX = firstTap(px, kw, sw, dw);
        for (let ty = firstY + (kh - 1 - firstY) / stepY * stepY; ty >= firstY; ty -= stepY) {
          if (firstY >= kh) break;
          for (let tx = firstX + (kw - 1 - firstX) / stepX * stepX; tx >= firstX; tx -= stepX) {
            if (firstX >= kw) break;
            pack_t(packed, w + (<usize>(((ty * kw + tx) * c + j) * ldb + group * f) << 2), f, n, ldb);
            packed += <usize>f << 5;
          }
        }
      }
    }
  }
}

/**
 * y = the convolution of x with filters that pack_filters has packed, plus a bias; then, with relu, negative values become 0. Pixel (i, j) of y
 * has its window at row i · sh − top, column j · sw − left of x, rows dh and columns dw apart; what is outside of x counts as 0.
 *
 * @param y written: samples * oh * ow * f * groups
 * @param x read: samples * h * w * c * groups
 * @param packed read: groups * up(f, 8) * kh * kw * c
 * @param bias read: f * groups, optional
 * @param work work: CONV_WORK
 * @param samples count >= 0
 * @param h count >= 0
 * @param w count >= 0
 * @param oh count >= 0
 * @param ow count >= 0
 * @param c count >= 1
 * @param f count >= 1
 * @param groups count >= 1
 * @param kh count >= 1
 * @param kw count >= 1
 * @param sh count >= 1
 * @param sw count >= 1
 * @param dh count >= 1
 * @param dw count >= 1
 * @param top scalar
 * @param left scalar
 * @param relu flag
 */
export function conv(y: usize, x: usize, packed: usize, bias: usize, work: usize, samples: i32, h: i32, w: i32, oh: i32, ow: i32, c: i32, f: i32, groups: i32, kh: i32, kw: i32, sh: i32, sw: i32, dh: i32, dw: i32, top: i32, left: i32, relu: i32): void {
  const panel = <usize>(kh * kw * c) << 5, ldc = <usize>(f * groups) << 2;
  for (let group = 0; group < groups; group++) {
    setImages(x, h, w, c * groups);
    setWindows(oh, ow, sh, sw, dh, dw, top, left);
    convolve(y, packed, bias, work, samples * oh * ow, f, kh, kw, c, panel, ldc, relu ? RELU : 0);
    y += <usize>f << 2, x += <usize>c << 2, packed += panel * ((f + 7) >> 3);
    if (bias) bias += <usize>f << 2;
  }
}

/**
 * The gradient of `conv` by x: what every pixel of dx is a part of, plus a bias; filters were packed by pack_taps. Pixels of dx that no window
 * sees are the bias. With strides, the pixels of each phase are a convolution of dy with the taps that meet them.
 *
 * @param dx written: samples * h * w * c * groups
 * @param dy read: samples * oh * ow * f * groups
 * @param packed read: groups * up(c, 8) * kh * kw * f
 * @param bias read: c * groups, optional
 * @param work work: CONV_WORK
 * @param samples count >= 0
 * @param h count >= 0
 * @param w count >= 0
 * @param oh count >= 0
 * @param ow count >= 0
 * @param c count >= 1
 * @param f count >= 1
 * @param groups count >= 1
 * @param kh count >= 1
 * @param kw count >= 1
 * @param sh count >= 1
 * @param sw count >= 1
 * @param dh count >= 1
 * @param dw count >= 1
 * @param top scalar
 * @param left scalar
 * @param relu flag
 */
export function conv_input(dx: usize, dy: usize, packed: usize, bias: usize, work: usize, samples: i32, h: i32, w: i32, oh: i32, ow: i32, c: i32, f: i32, groups: i32, kh: i32, kw: i32, sh: i32, sw: i32, dh: i32, dw: i32, top: i32, left: i32, relu: i32): void {
  const panel = <usize>(kh * kw * f) << 5, pixel = <usize>(c * groups) << 2, row = pixel * w;
  const gcdY = gcd(sh, dh), gcdX = gcd(sw, dw), flags = relu ? RELU : 0;
  for (let group = 0; group < groups; group++) {
    let taps = packed;
    for (let py = 0; py < sh; py++) {
      // Rows of dx with (row + top) mod sh = py, whose windows' rows are those with t · dh mod sh = py.
      const firstY = firstTap(py, kh, sh, dh), countY = firstY < kh ? (kh - 1 - firstY) / (sh / gcdY) + 1 : 0;
      const y0 = ((py - top) % sh + sh) % sh, rows = y0 < h ? (h - 1 - y0) / sh + 1 : 0;
      const top1 = (countY - 1) * (dh / gcdY) - (y0 + top - firstY * dh) / sh;
      for (let px = 0; px < sw; px++) {
        const firstX = firstTap(px, kw, sw, dw), countX = firstX < kw ? (kw - 1 - firstX) / (sw / gcdX) + 1 : 0;
        const x0 = ((px - left) % sw + sw) % sw, columns = x0 < w ? (w - 1 - x0) / sw + 1 : 0;
        const left1 = (countX - 1) * (dw / gcdX) - (x0 + left - firstX * dw) / sw;
        setImages(dy, oh, ow, f * groups);
        setWindows(rows, columns, 1, 1, dh / gcdY, dw / gcdX, top1, left1);
        const from = dx + <usize>y0 * row + <usize>x0 * pixel;
        if (sh == 1 && sw == 1) {
          convolve(from, taps, bias, work, samples * h * w, c, countY, countX, f, panel, pixel, flags);
        } else {
          for (let s = 0; s < samples; s++) {
            for (let i = 0; i < rows; i++) {
              const to = from + <usize>(s * h + i * sh) * row;
              convolve(to, taps, bias, work, columns, c, countY, countX, f, panel, pixel * sw, flags);
            }
          }
        }
        taps += <usize>(countY * countX * f) << 5;
      }
    }
    dx += <usize>c << 2, dy += <usize>f << 2, packed += panel * ((c + 7) >> 3);
    if (bias) bias += <usize>c << 2;
  }
}
