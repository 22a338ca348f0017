// Images under affine maps. Position (column x, row y) of a result lies at (a0 · x + a1 · y + a2, b0 · x + b1 · y + b2) of its image; places are
// computed in float64, as the reference does, so that both find the same pixels.
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";
import { cosineOfTurn, sineOfTurn } from "../simd/turn";

/** Beyond it, all places are one: it keeps them integers of 32 bits. */
const FAR: f64 = 16777216.0;
/** 1 as a float32, which a loop loads: V8 builds a vector literal anew at each use. */
const ONE = memory.data<f32>([1.0], 4);

/**
 * The maps of n images, a0 a1 a2 b0 b1 b2 each, that turn, scale and shift them: parameters are turns, scale of x, scale of y, shift of x, shift
 * of y. See src/ops/affine_transforms.ts.
 *
 * @param t written: n * 6
 * @param parameters read: n * 5
 * @param n count >= 0
 * @param height count >= 1
 * @param width count >= 1
 */
export function affine_transforms(t: usize, parameters: usize, n: i32, height: i32, width: i32): void {
  const middleX = 0.5 * <f64>(width - 1), middleY = 0.5 * <f64>(height - 1);
  for (; n > 0; n--, t += 24, parameters += 20) {
    const turns = <f64>load<f32>(parameters);
    const cosine = cosineOfTurn(turns), sine = sineOfTurn(turns);
    const x = <f64>load<f32>(parameters, 4), y = <f64>load<f32>(parameters, 8);
    const a0 = x * cosine, a1 = -x * sine, b0 = y * sine, b1 = y * cosine;
    store<f32>(t, <f32>a0);
    store<f32>(t, <f32>a1, 4);
    store<f32>(t, <f32>(<f64>load<f32>(parameters, 12) + middleX - middleX * a0 - middleY * a1), 8);
    store<f32>(t, <f32>b0, 12);
    store<f32>(t, <f32>b1, 16);
    store<f32>(t, <f32>(<f64>load<f32>(parameters, 16) + middleY - middleX * b0 - middleY * b1), 20);
  }
}

/** A place along an axis, within the integers. */
// @ts-ignore: decorator
@inline
function near(place: f64): f64 {
  return place > -FAR ? (place < FAR ? place : FAR) : -FAR;
}

/** The pixel at position i of an axis that goes on as `mode` says: 1 nearest, 2 wrap, 3 reflect; otherwise −1 beyond its ends. */
function pixelAt(i: i32, length: i32, mode: i32): i32 {
  if (<u32>i < <u32>length) return i;
  if (mode == 1) return i < 0 ? 0 : length - 1;
  if (mode == 2) {
    const rest = i % length;
    return rest < 0 ? rest + length : rest;
  }
  if (mode != 3) return -1;
  const twice = 2 * length;
  let rest = i % twice;
  if (rest < 0) rest += twice;
  return rest < length ? rest : twice - 1 - rest;
}

/** A vector of a pixel, or of what lies beyond the image. */
// @ts-ignore: decorator
@inline
function valueAt(isInside: bool, pixel: usize, fill: v128): v128 {
  return isInside ? v128.load(pixel) : fill;
}

/**
 * y[n, r, c] = x[n] at the place of (c, r): the nearest pixel, or between four.
 *
 * Pixels of `channels` elements are read up to 12 bytes too far and written exactly.
 *
 * @param y written: n * rows * columns * channels
 * @param x read: n * height * width * channels
 * @param t read: n * 6
 * @param n count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param rows count >= 1
 * @param columns count >= 1
 * @param isNearest flag
 * @param mode scalar
 * @param fillValue scalar
 */
export function affine_sample_forward(
  y: usize, x: usize, t: usize, n: i32, height: i32, width: i32, channels: i32, rows: i32, columns: i32, isNearest: i32, mode: i32, fillValue: f32,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = pixel & ~15;
  const rest = channels & 3;
  const row = <usize>width * pixel;
  const fill = f32x4.splat(fillValue);
  for (; n > 0; n--, x += <usize>height * row, t += 24) {
    const a0 = <f64>load<f32>(t), a1 = <f64>load<f32>(t, 4), a2 = <f64>load<f32>(t, 8);
    const b0 = <f64>load<f32>(t, 12), b1 = <f64>load<f32>(t, 16), b2 = <f64>load<f32>(t, 20);
    for (let r = 0; r < rows; r++) {
      const startX = a1 * <f64>r + a2, startY = b1 * <f64>r + b2;
      for (let c = 0; c < columns; c++, y += pixel) {
        const placeX = near(a0 * <f64>c + startX), placeY = near(b0 * <f64>c + startY);
        if (isNearest) {
          const column = pixelAt(<i32>floor(placeX + 0.5), width, mode), line = pixelAt(<i32>floor(placeY + 0.5), height, mode);
          const isInside = (column | line) >= 0;
          const p = x + <usize>line * row + <usize>column * pixel;
          for (let at: usize = 0; at < pixel; at += 16) {
            const v = valueAt(isInside, p + at, fill);
            if (at < whole) v128.store(y + at, v);
            else storeTail(y + at, v, rest);
          }
          continue;
        }
        const left = floor(placeX), top = floor(placeY);
        const fx = <f32>(placeX - left), fy = <f32>(placeY - top);
        const x0 = pixelAt(<i32>left, width, mode), x1 = pixelAt(<i32>left + 1, width, mode);
        const y0 = pixelAt(<i32>top, height, mode), y1 = pixelAt(<i32>top + 1, height, mode);
        const w0 = f32x4.splat((1 - fx) * (1 - fy)), w1 = f32x4.splat(fx * (1 - fy));
        const w2 = f32x4.splat((1 - fx) * fy), w3 = f32x4.splat(fx * fy);
        const upper = x + <usize>y0 * row, lower = x + <usize>y1 * row;
        const p0 = upper + <usize>x0 * pixel, p1 = upper + <usize>x1 * pixel;
        const p2 = lower + <usize>x0 * pixel, p3 = lower + <usize>x1 * pixel;
        for (let at: usize = 0; at < pixel; at += 16) {
          let v = f32x4.mul(valueAt((x0 | y0) >= 0, p0 + at, fill), w0);
          v = madd(valueAt((x1 | y0) >= 0, p1 + at, fill), w1, v);
          v = madd(valueAt((x0 | y1) >= 0, p2 + at, fill), w2, v);
          v = madd(valueAt((x1 | y1) >= 0, p3 + at, fill), w3, v);
          if (at < whole) v128.store(y + at, v);
          else storeTail(y + at, v, rest);
        }
      }
    }
  }
}

/** dx += dy · weight, for a pixel that is inside. */
// @ts-ignore: decorator
@inline
function addTo(isInside: bool, dx: usize, dy: usize, weight: v128, pixel: usize, whole: usize, rest: i32): void {
  if (!isInside) return;
  for (let at: usize = 0; at < pixel; at += 16) {
    const v = madd(v128.load(dy + at), weight, v128.load(dx + at));
    if (at < whole) v128.store(dx + at, v);
    else storeTail(dx + at, v, rest);
  }
}

/**
 * dx[n] = Σ dy[n, r, c] · (what the pixel counts at the place of (c, r)), in the order of dy, and of upper left, upper right, lower left, lower
 * right for each.
 *
 * @param dx written: n * height * width * channels
 * @param dy read: n * rows * columns * channels
 * @param t read: n * 6
 * @param n count >= 0
 * @param height count >= 1
 * @param width count >= 1
 * @param channels count >= 1
 * @param rows count >= 1
 * @param columns count >= 1
 * @param isNearest flag
 * @param mode scalar
 */
export function affine_sample_backward(
  dx: usize, dy: usize, t: usize, n: i32, height: i32, width: i32, channels: i32, rows: i32, columns: i32, isNearest: i32, mode: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const whole = pixel & ~15;
  const rest = channels & 3;
  const row = <usize>width * pixel;
  memory.fill(dx, 0, <usize>n * <usize>height * row);
  for (; n > 0; n--, dx += <usize>height * row, t += 24) {
    const a0 = <f64>load<f32>(t), a1 = <f64>load<f32>(t, 4), a2 = <f64>load<f32>(t, 8);
    const b0 = <f64>load<f32>(t, 12), b1 = <f64>load<f32>(t, 16), b2 = <f64>load<f32>(t, 20);
    for (let r = 0; r < rows; r++) {
      const startX = a1 * <f64>r + a2, startY = b1 * <f64>r + b2;
      for (let c = 0; c < columns; c++, dy += pixel) {
        const placeX = near(a0 * <f64>c + startX), placeY = near(b0 * <f64>c + startY);
        if (isNearest) {
          const column = pixelAt(<i32>floor(placeX + 0.5), width, mode), line = pixelAt(<i32>floor(placeY + 0.5), height, mode);
          addTo((column | line) >= 0, dx + <usize>line * row + <usize>column * pixel, dy, v128.load32_splat(ONE), pixel, whole, rest);
          continue;
        }
        const left = floor(placeX), top = floor(placeY);
        const fx = <f32>(placeX - left), fy = <f32>(placeY - top);
        const x0 = pixelAt(<i32>left, width, mode), x1 = pixelAt(<i32>left + 1, width, mode);
        const y0 = pixelAt(<i32>top, height, mode), y1 = pixelAt(<i32>top + 1, height, mode);
        const upper = dx + <usize>y0 * row, lower = dx + <usize>y1 * row;
        const w0 = f32x4.splat((1 - fx) * (1 - fy)), w1 = f32x4.splat(fx * (1 - fy));
        const w2 = f32x4.splat((1 - fx) * fy), w3 = f32x4.splat(fx * fy);
        addTo((x0 | y0) >= 0, upper + <usize>x0 * pixel, dy, w0, pixel, whole, rest);
        addTo((x1 | y0) >= 0, upper + <usize>x1 * pixel, dy, w1, pixel, whole, rest);
        addTo((x0 | y1) >= 0, lower + <usize>x0 * pixel, dy, w2, pixel, whole, rest);
        addTo((x1 | y1) >= 0, lower + <usize>x1 * pixel, dy, w3, pixel, whole, rest);
      }
    }
  }
}
