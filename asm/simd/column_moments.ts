// Sums over the rows of up to all columns of a matrix, 16 columns (a cache line of a row) at a time. Every column is one chain of float32
// operations: `chunk` rows in ascending order, then these sums; the number of columns does not matter. The last vector of a row may be
// read up to 12 bytes too far, and the results are written by whole vectors.
import { madd } from "./madd";

/** The first rows, whose mean the squares are taken about. */
// @ts-ignore: decorator
@inline const LEAD: i32 = 16;

// @ts-ignore: decorator
@inline
function accumulate(p: usize, v: v128): void {
  v128.store(p, f32x4.add(v128.load(p), v));
}

/**
 * Three rows, `pitch` bytes apart, of a sum for each column: a number m near the mean, Σ (x − m) and Σ (x − m)².
 *
 * m is the mean of the first 16 rows, so that differences have the digits of what spreads; with Σ (x − m) mean and variance are exact for
 * any m. Columns of x lie `stride` bytes apart by rows.
 */
export function columnMoments(sums: usize, pitch: usize, x: usize, rows: i32, columns: i32, stride: usize, chunk: i32): void {
  const vectors = (columns + 3) >> 2;
  const squares = sums + (pitch << 1);
  const lead = min(LEAD, rows);
  const part = f32x4.splat(<f32>1 / <f32>lead);
  const zero = f32x4.splat(0);
  for (let j = 0; j < vectors; j++) {
    const at = (<usize>j) << 4;
    const first = v128.load(x + at);
    let a = zero;
    for (let p = x + at, end = p + <usize>lead * stride; p < end; p += stride) a = f32x4.add(a, f32x4.sub(v128.load(p), first));
    v128.store(sums + at, madd(a, part, first));
    v128.store(sums + pitch + at, zero);
    v128.store(squares + at, zero);
  }
  for (let done = 0; done < rows; done += chunk) {
    const length = <usize>min(chunk, rows - done) * stride;
    const end = x + length;
    let j = 0;
    for (; j + 4 <= vectors; j += 4) {
      const at = (<usize>j) << 4;
      const to = sums + at;
      const m0 = v128.load(to), m1 = v128.load(to, 16), m2 = v128.load(to, 32), m3 = v128.load(to, 48);
      let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
      for (let p = x + at; p < end; p += stride) {
        let v = f32x4.sub(v128.load(p, 48), m3);
        d = f32x4.add(d, v), h = madd(v, v, h);
        v = f32x4.sub(v128.load(p, 32), m2);
        c = f32x4.add(c, v), g = madd(v, v, g);
        v = f32x4.sub(v128.load(p, 16), m1);
        b = f32x4.add(b, v), f = madd(v, v, f);
        v = f32x4.sub(v128.load(p), m0);
        a = f32x4.add(a, v), e = madd(v, v, e);
      }
      accumulate(to + pitch, a), accumulate(to + pitch + 16, b), accumulate(to + pitch + 32, c), accumulate(to + pitch + 48, d);
      const more = squares + at;
      accumulate(more, e), accumulate(more + 16, f), accumulate(more + 32, g), accumulate(more + 48, h);
    }
    for (; j < vectors; j++) {
      const at = (<usize>j) << 4;
      const m = v128.load(sums + at);
      let a = zero, e = zero;
      for (let p = x + at; p < end; p += stride) {
        const v = f32x4.sub(v128.load(p), m);
        a = f32x4.add(a, v), e = madd(v, v, e);
      }
      accumulate(sums + pitch + at, a);
      accumulate(squares + at, e);
    }
    x += length;
  }
}

/** Two rows, `pitch` bytes apart, of a sum for each column: Σ dy and Σ dy · (x − m). */
export function columnDots(sums: usize, pitch: usize, dy: usize, x: usize, mean: usize, rows: i32, columns: i32, stride: usize, chunk: i32): void {
  const vectors = (columns + 3) >> 2;
  const dots = sums + pitch;
  const zero = f32x4.splat(0);
  for (let j = 0; j < vectors; j++) {
    const at = (<usize>j) << 4;
    v128.store(sums + at, zero);
    v128.store(dots + at, zero);
  }
  for (let done = 0; done < rows; done += chunk) {
    const length = <usize>min(chunk, rows - done) * stride;
    const end = x + length;
    let j = 0;
    for (; j + 4 <= vectors; j += 4) {
      const at = (<usize>j) << 4;
      const m0 = v128.load(mean + at), m1 = v128.load(mean + at, 16), m2 = v128.load(mean + at, 32), m3 = v128.load(mean + at, 48);
      let a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
      for (let p = x + at, q = dy + at; p < end; p += stride, q += stride) {
        let v = v128.load(q, 48);
        d = f32x4.add(d, v), h = madd(v, f32x4.sub(v128.load(p, 48), m3), h);
        v = v128.load(q, 32);
        c = f32x4.add(c, v), g = madd(v, f32x4.sub(v128.load(p, 32), m2), g);
        v = v128.load(q, 16);
        b = f32x4.add(b, v), f = madd(v, f32x4.sub(v128.load(p, 16), m1), f);
        v = v128.load(q);
        a = f32x4.add(a, v), e = madd(v, f32x4.sub(v128.load(p), m0), e);
      }
      const to = sums + at, more = dots + at;
      accumulate(to, a), accumulate(to + 16, b), accumulate(to + 32, c), accumulate(to + 48, d);
      accumulate(more, e), accumulate(more + 16, f), accumulate(more + 32, g), accumulate(more + 48, h);
    }
    for (; j < vectors; j++) {
      const at = (<usize>j) << 4;
      const m = v128.load(mean + at);
      let a = zero, e = zero;
      for (let p = x + at, q = dy + at; p < end; p += stride, q += stride) {
        const v = v128.load(q);
        a = f32x4.add(a, v), e = madd(v, f32x4.sub(v128.load(p), m), e);
      }
      accumulate(sums + at, a);
      accumulate(dots + at, e);
    }
    x += length;
    dy += length;
  }
}
