// Group normalisation of samples [positions, channels], over all positions and the channels of a group. Statistics of a sample are
// [2, channels]: every channel's mean and inverse deviation, which are those of its group, so that all passes go along channels.
// Up to 12 bytes are read behind a row's end; rows are written exactly. Every sample is computed alone.
import { madd } from "../simd/madd";
import { storeWithin } from "../simd/tail";

/** Positions that are added up before the sum of a channel moves on to the total. */
// @ts-ignore: decorator
@inline const ROWS: i32 = 256;

/** values[j] = f(Σ of its group, in float64) for all channels of every group. Gives the sums' mean, or 1 / √(mean + epsilon). */
// @ts-ignore: decorator
@inline
function foldGroups(values: usize, groups: i32, size: i32, count: f64, epsilon: f64, invert: bool): void {
  for (let k = 0; k < groups; k++) {
    let sum: f64 = 0;
    for (let j = 0; j < size; j++) sum += <f64>load<f32>(values + ((<usize>j) << 2));
    const mean = sum / count;
    const value = invert ? <f32>(1.0 / Math.sqrt(mean + epsilon)) : <f32>mean;
    for (let j = 0; j < size; j++, values += 4) store<f32>(values, value);
  }
}

/**
 * y[p, j] = (x[p, j] − mean) · inverse · scale[j] + offset[j], with the mean and inverse = 1 / √(variance + epsilon) of the group that
 * channel j is in. `channels` is a multiple of `groups`. scale, or offset, or both may be null. y may be x.
 *
 * @param y written: samples * positions * channels, may be x
 * @param statistics written: 2 * samples * channels
 * @param x read: samples * positions * channels
 * @param scale read: channels, optional
 * @param offset read: channels, optional
 * @param samples count >= 0
 * @param positions count >= 1
 * @param channels count >= 1
 * @param groups count 1 .. channels, divides channels
 * @param epsilon scalar
 * @edge blocks
 */
export function group_norm_forward(
  y: usize, statistics: usize, x: usize, scale: usize, offset: usize, samples: i32, positions: i32, channels: i32, groups: i32, epsilon: f32,
): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const stride = (<usize>channels) << 2;
  const size = channels / groups;
  const count = <f64>size * <f64>positions;
  const zero = f32x4.splat(0);
  for (let n = 0; n < samples; n++) {
    const inverses = statistics + stride;
    for (let i: usize = 0; i < stride; i += 16) {
      let p = x + i, total = zero;
      for (let done = 0; done < positions; done += ROWS) {
        const end = p + <usize>min(ROWS, positions - done) * stride;
        let a = zero;
        for (; p < end; p += stride) a = f32x4.add(a, v128.load(p));
        total = f32x4.add(total, a);
      }
      storeWithin(statistics + i, total, i, whole, rest);
    }
    foldGroups(statistics, groups, size, count, 0, false);
    for (let i: usize = 0; i < stride; i += 16) {
      const m = v128.load(statistics + i);
      let p = x + i, total = zero;
      for (let done = 0; done < positions; done += ROWS) {
        const end = p + <usize>min(ROWS, positions - done) * stride;
        let a = zero;
        for (; p < end; p += stride) {
          const v = f32x4.sub(v128.load(p), m);
          a = madd(v, v, a);
        }
        total = f32x4.add(total, a);
      }
      storeWithin(inverses + i, total, i, whole, rest);
    }
    foldGroups(inverses, groups, size, count, <f64>epsilon, true);
    for (let p = 0; p < positions; p++) {
      for (let i: usize = 0; i < stride; i += 16) {
        let v = f32x4.mul(f32x4.sub(v128.load(x + i), v128.load(statistics + i)), v128.load(inverses + i));
        if (scale && offset) {
          v = madd(v, v128.load(scale + i), v128.load(offset + i));
        } else {
          if (scale) v = f32x4.mul(v, v128.load(scale + i));
          if (offset) v = f32x4.add(v, v128.load(offset + i));
        }
        storeWithin(y + i, v, i, whole, rest);
      }
      x += stride;
      y += stride;
    }
    statistics += stride << 1;
  }
}

/**
 * dx[p, j] = inverse · (g − mean(g) − x̂ · mean(g · x̂)) with g = dy · scale, x̂ = (x − mean) · inverse, and means over the group of channel j.
 *
 * `work` has room for [2, channels]. scale may be null. dx may be dy.
 *
 * @param dx written: samples * positions * channels, may be dy
 * @param work work: 2 * channels
 * @param dy read: samples * positions * channels
 * @param x read: samples * positions * channels
 * @param statistics read: 2 * samples * channels
 * @param scale read: channels, optional
 * @param samples count >= 0
 * @param positions count >= 1
 * @param channels count >= 1
 * @param groups count 1 .. channels, divides channels
 */
export function group_norm_backward(
  dx: usize, work: usize, dy: usize, x: usize, statistics: usize, scale: usize, samples: i32, positions: i32, channels: i32, groups: i32,
): void {
  const whole = (<usize>(channels >> 2)) << 4;
  const rest = channels & 3;
  const stride = (<usize>channels) << 2;
  const size = channels / groups;
  const count = <f64>size * <f64>positions;
  const zero = f32x4.splat(0);
  const dots = work + stride;
  for (let n = 0; n < samples; n++) {
    const inverses = statistics + stride;
    for (let i: usize = 0; i < stride; i += 16) {
      const m = v128.load(statistics + i);
      let p = x + i, q = dy + i, sum = zero, dot = zero;
      for (let done = 0; done < positions; done += ROWS) {
        const end = p + <usize>min(ROWS, positions - done) * stride;
        let a = zero, b = zero;
        for (; p < end; p += stride, q += stride) {
          const g = v128.load(q);
          a = f32x4.add(a, g);
          b = madd(g, f32x4.sub(v128.load(p), m), b);
        }
        sum = f32x4.add(sum, a);
        dot = f32x4.add(dot, b);
      }
      if (scale) {
        sum = f32x4.mul(sum, v128.load(scale + i));
        dot = f32x4.mul(dot, v128.load(scale + i));
      }
      storeWithin(work + i, sum, i, whole, rest);
      storeWithin(dots + i, f32x4.mul(dot, v128.load(inverses + i)), i, whole, rest);
    }
    foldGroups(work, groups, size, count, 0, false);
    foldGroups(dots, groups, size, count, 0, false);
    // One inverse more, which belongs to x̂ itself.
    for (let i: usize = 0; i < stride; i += 16) {
      storeWithin(dots + i, f32x4.mul(v128.load(dots + i), v128.load(inverses + i)), i, whole, rest);
    }
    for (let p = 0; p < positions; p++) {
      for (let i: usize = 0; i < stride; i += 16) {
        let g = v128.load(dy + i);
        if (scale) g = f32x4.mul(g, v128.load(scale + i));
        const centred = f32x4.sub(v128.load(x + i), v128.load(statistics + i));
        const v = f32x4.sub(f32x4.sub(g, v128.load(work + i)), f32x4.mul(centred, v128.load(dots + i)));
        storeWithin(dx + i, f32x4.mul(v, v128.load(inverses + i)), i, whole, rest);
      }
      x += stride;
      dy += stride;
      dx += stride;
    }
    statistics += stride << 1;
  }
}

/**
 * dscale[j] = Σ dy[n, p, j] · (x[n, p, j] − mean) · inverse over all samples and positions, for `columns` of the channels.
 *
 * Each channel is one chain: up to 256 positions of a sample, then these sums. Shares are cut at multiples of 4 columns; the last vector
 * of dscale is written whole, into its padding.
 *
 * @param dscale written: columns, whole vectors
 * @param dy read: rows(samples * positions, columns, channels)
 * @param x read: rows(samples * positions, columns, channels)
 * @param statistics read: rows(2 * samples, columns, channels)
 * @param samples count >= 0
 * @param positions count >= 1
 * @param columns count 0 .. channels
 * @param channels count >= 1
 */
export function group_norm_scale_backward(
  dscale: usize, dy: usize, x: usize, statistics: usize, samples: i32, positions: i32, columns: i32, channels: i32,
): void {
  const stride = (<usize>channels) << 2;
  for (let j = 0; j < columns; j += 4) {
    let p = x, q = dy, s = statistics, total = f32x4.splat(0);
    for (let n = 0; n < samples; n++, s += stride << 1) {
      const m = v128.load(s), f = v128.load(s + stride);
      for (let done = 0; done < positions; done += ROWS) {
        const end = p + <usize>min(ROWS, positions - done) * stride;
        let a = f32x4.splat(0);
        for (; p < end; p += stride, q += stride) a = madd(f32x4.mul(f32x4.sub(v128.load(p), m), f), v128.load(q), a);
        total = f32x4.add(total, a);
      }
    }
    v128.store(dscale, total);
    x += 16;
    dy += 16;
    statistics += 16;
    dscale += 16;
  }
}
