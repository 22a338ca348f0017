/**
 * Attention of heads that lie side by side, without ever holding the probabilities of all queries: [samples, steps, heads, width] as projections
 * give them. A block of queries at a time is multiplied with all keys, masked, made probabilities of, and multiplied with all values; the
 * backward pass computes the probabilities again, with the same kernels, so that they are the same. Scratch grows with the steps, not their square.
 *
 * Every element is one chain over ascending keys (or queries, in the gradients of key and value; heads of a group one after the other), so neither
 * blocks nor cuts change a bit. Probabilities are dropped as `dropout_forward` does, by the element ((sample · heads + head) · t + query) · s + key,
 * with s rounded up to 4.
 *
 * A key counts for a query where all masks say so: `keys` [samples, s], `queries` [samples, t], `pairs` [samples, pairHeads, t, s], each not 0; and
 * with `causal` up to the query's own step. A query without any key attends to all alike, and its scores have no gradient.
 */
import { spanDot } from "../simd/span_sum";
import { storeTail, tailMask } from "../simd/tail";
import { expRow } from "../tile/exp_row";
import { multiply, multiply_part, RESUME } from "../tile/multiply";
import { dropout_forward } from "./dropout";
import { pack_columns, pack_n, pack_rows, pack_t } from "./pack";

/** What a masked score becomes: -1.7e38 in bits. Its exponential is 0 beside that of any other score. */
const LOW: i32 = 0xFEFEFEFE;

/** Of the sample and head at work: the masks, null for none. Of the kernel: what `attend` is told. */
let keyMask: usize = 0, queryMask: usize = 0, pairMask: usize = 0, isCausal: i32 = 0;
let cell: usize = 0, keptScale: f32 = 0, least: i32 = 0, low: i32 = 0, high: i32 = 0, stream_: i32 = 0;

/** How many keys a block of queries is multiplied with: all, or where only the order masks, those up to its last query. */
function columnsOf(end: i32, s: i32): i32 {
  return isCausal && !(keyMask | queryMask | pairMask) ? min(end, s) : s;
}

/**
 * Makes a row of scores of query i their exponentials, 0 where masked and behind `columns`, up to a multiple of 16. Gives 1 / their sum; without any key
 * that counts all are 1, and what it gives is negative.
 */
function weigh(x: usize, i: i32, columns: i32, s: i32): f32 {
  const counts = queryMask == 0 || load<f32>(queryMask + (<usize>i << 2)) != 0;
  const n = !counts ? 0 : isCausal ? min(i + 1, columns) : columns;
  const bytes = <usize>((columns + 15) & ~15) << 2;
  let left = n > 0;
  let behind = <usize>n << 2;
  for (; behind & 15; behind += 4) store<i32>(x + behind, LOW);
  for (; behind < bytes; behind += 16) v128.store(x + behind, i32x4.splat(LOW));
  if (keyMask | pairMask) {
    const pairs = pairMask + <usize>i * (<usize>s << 2);
    let any = i32x4.splat(0);
    for (let j: usize = 0, end = <usize>n << 2; j < end; j += 16) {
      let keep = tailMask(min<i32>(4, <i32>((end - j) >> 2)));
      if (keyMask) keep = v128.and(keep, f32x4.ne(v128.load(keyMask + j), f32x4.splat(0)));
      if (pairMask) keep = v128.and(keep, f32x4.ne(v128.load(pairs + j), f32x4.splat(0)));
      any = v128.or(any, keep);
      v128.store(x + j, v128.bitselect(v128.load(x + j), i32x4.splat(LOW), keep));
    }
    left = v128.any_true(any);
  }
  if (left) return <f32>1 / expRow(x, bytes);
  for (let j = 0; j < columns; j++) store<f32>(x + (<usize>j << 2), 1);
  return <f32>-1 / <f32>columns;
}

/** x = x · factor, n elements. */
function scaleRow(x: usize, factor: f32, n: i32): void {
  const f = f32x4.splat(factor), whole = <usize>(n >> 2) << 4;
  for (let j: usize = 0; j < whole; j += 16) v128.store(x + j, f32x4.mul(v128.load(x + j), f));
  if (n & 3) storeTail(x + whole, f32x4.mul(v128.load(x + whole), f), n & 3);
}

/** x[rows, columns] = a[rows, k] · panels, for panels that `pack_t` has made of [columns, k]. */
function products(x: usize, a: usize, lda: i32, panels: usize, strips: usize, rows: i32, columns: i32, k: i32, ld: i32): void {
  pack_rows(strips, a, rows, k, lda);
  multiply(x, strips, panels, 0, rows, columns, k, ld, 0);
}

/** c[rows, n] = x[rows, columns] · panels, for panels that `pack_n` has made of [s, n]. */
function combine(c: usize, x: usize, ld: i32, panels: usize, strips: usize, rows: i32, columns: i32, n: i32, s: i32, ldc: i32): void {
  pack_rows(strips, x, rows, columns, ld);
  multiply_part(c, strips, panels, 0, rows, n, columns, ldc, 0, s);
}

/** c[columns, n] += x[rows, columns]ᵀ · a[rows, n]. */
function accumulate(c: usize, x: usize, ld: i32, a: usize, lda: i32, panels: usize, strips: usize, rows: i32, columns: i32, n: i32, ldc: i32): void {
  pack_n(panels, a, rows, n, lda);
  pack_columns(strips, x, columns, rows, ld);
  multiply(c, strips, panels, 0, columns, n, rows, ldc, RESUME);
}

/** Drops elements of a row. */
function dropRow(x: usize, first: i32, n: i32): void {
  if (cell) dropout_forward(x, x, cell, keptScale, least, low, high, stream_, first, n);
}

/**
 * y[i, h] = Σ over keys j of softmax(q[i, h] · k[j, g])[j] · v[j, g], g = ⌊h · groups / heads⌋ being the head of key and value.
 *
 * `first` is the number of the share's first sample. Without `step` nothing is dropped.
 *
 * @param y written: samples * t * heads * valueWidth
 * @param q read: samples * t * heads * width
 * @param k read: samples * s * groups * width
 * @param v read: samples * s * groups * valueWidth
 * @param keys read: samples * s, optional
 * @param queries read: samples * t, optional
 * @param pairs read: samples * pairHeads * t * s, optional
 * @param step read: 1, optional
 * @param work work: width * up(s, 8) + s * up(valueWidth, 8) + block * (up(s, 16) + 1) + (block + 3) * (s + width)
 * @param samples count >= 0
 * @param t count >= 0
 * @param s count >= 1
 * @param heads count >= 1
 * @param groups count >= 1, divides heads
 * @param width count >= 1
 * @param valueWidth count >= 1
 * @param block count >= 1
 * @param pairHeads count >= 1, divides heads
 * @param causal flag
 * @param scale scalar
 * @param threshold scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0
 */
export function attention_forward(
  y: usize, q: usize, k: usize, v: usize, keys: usize, queries: usize, pairs: usize, step: usize, work: usize,
  samples: i32, t: i32, s: i32, heads: i32, groups: i32, width: i32, valueWidth: i32, block: i32, pairHeads: i32, causal: i32,
  scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32,
): void {
  isCausal = causal, cell = step, keptScale = scale, least = threshold, low = seedLow, high = seedHigh, stream_ = stream;
  const s4 = (s + 3) & ~3, s16 = (s + 15) & ~15, per = heads / groups;
  const lanes = work + (<usize>(width * ((s + 7) & ~7)) << 2);
  const x = lanes + (<usize>(s * ((valueWidth + 7) & ~7)) << 2), factors = x + (<usize>(block * s16) << 2), strips = factors + (<usize>block << 2);
  for (let b = 0; b < samples; b++) {
    keyMask = keys ? keys + (<usize>(b * s) << 2) : 0, queryMask = queries ? queries + (<usize>(b * t) << 2) : 0;
    for (let h = 0; h < heads; h++) {
      if (h % per == 0) {
        const at = b * s * groups + h / per;
        pack_t(work, k + (<usize>(at * width) << 2), width, s, groups * width);
        pack_n(lanes, v + (<usize>(at * valueWidth) << 2), s, valueWidth, groups * valueWidth);
      }
      pairMask = pairs ? pairs + (<usize>((b * pairHeads + h % pairHeads) * t * s) << 2) : 0;
      for (let from = 0; from < t; from += block) {
        const rows = min(block, t - from), columns = columnsOf(from + rows, s), ld = (columns + 15) & ~15;
        const at = (b * t + from) * heads + h;
        products(x, q + (<usize>(at * width) << 2), heads * width, work, strips, rows, columns, width, ld);
        let row = x, factor = factors, element = (((first + b) * heads + h) * t + from) * s4;
        for (let i = from; i < from + rows; i++, element += s4, row += <usize>ld << 2, factor += 4) {
          store<f32>(factor, abs(weigh(row, i, columns, s)));
          dropRow(row, element, columns);
        }
        row = y + (<usize>(at * valueWidth) << 2), factor = factors;
        combine(row, x, ld, lanes, strips, rows, columns, valueWidth, s, heads * valueWidth);
        for (let i = 0; i < rows; i++, row += <usize>(heads * valueWidth) << 2, factor += 4) scaleRow(row, load<f32>(factor), valueWidth);
      }
    }
  }
}

/**
 * The gradients of attention_forward, from its result: with probabilities P, after dropout D, dP = dropped(dy · vᵀ), and
 * S = P · (dP − Σ dy·y): dq = S · k, dk = Sᵀ · q, dv = Dᵀ · dy, the last two added up over the heads of a group.
 *
 * @param dq written: samples * t * heads * width
 * @param dk written: samples * s * groups * width
 * @param dv written: samples * s * groups * valueWidth
 * @param dy read: samples * t * heads * valueWidth
 * @param y read: samples * t * heads * valueWidth
 * @param q read: samples * t * heads * width
 * @param k read: samples * s * groups * width
 * @param v read: samples * s * groups * valueWidth
 * @param keys read: samples * s, optional
 * @param queries read: samples * t, optional
 * @param pairs read: samples * pairHeads * t * s, optional
 * @param step read: 1, optional
 * @param work work: (width + valueWidth) * up(s, 8) + s * up(width, 8) + block * (up(width, 8) + up(valueWidth, 8) + 2 * up(s, 16)) + (block + 3) * (s + 3 + width + valueWidth)
 * @param samples count >= 0
 * @param t count >= 0
 * @param s count >= 1
 * @param heads count >= 1
 * @param groups count >= 1, divides heads
 * @param width count >= 1
 * @param valueWidth count >= 1
 * @param block count >= 1
 * @param pairHeads count >= 1, divides heads
 * @param causal flag
 * @param scale scalar
 * @param threshold scalar
 * @param seedLow scalar
 * @param seedHigh scalar
 * @param stream scalar
 * @param first count >= 0
 */
export function attention_backward(
  dq: usize, dk: usize, dv: usize, dy: usize, y: usize, q: usize, k: usize, v: usize,
  keys: usize, queries: usize, pairs: usize, step: usize, work: usize,
  samples: i32, t: i32, s: i32, heads: i32, groups: i32, width: i32, valueWidth: i32, block: i32, pairHeads: i32, causal: i32,
  scale: f32, threshold: i32, seedLow: i32, seedHigh: i32, stream: i32, first: i32,
): void {
  isCausal = causal, cell = step, keptScale = scale, least = threshold, low = seedLow, high = seedHigh, stream_ = stream;
  const s4 = (s + 3) & ~3, s16 = (s + 15) & ~15, s8 = (s + 7) & ~7, per = heads / groups;
  const valuePanels = work + (<usize>(width * s8) << 2), keyRows = valuePanels + (<usize>(valueWidth * s8) << 2);
  const panels = keyRows + (<usize>(s * ((width + 7) & ~7)) << 2);
  const x = panels + (<usize>(block * (((width + 7) & ~7) + ((valueWidth + 7) & ~7))) << 2);
  const dx = x + (<usize>(block * s16) << 2), strips = dx + (<usize>(block * s16) << 2);
  const ldk = groups * width, ldv = groups * valueWidth, ldq = heads * width, ldy = heads * valueWidth;
  memory.fill(dk, 0, <usize>(samples * s * ldk) << 2);
  memory.fill(dv, 0, <usize>(samples * s * ldv) << 2);
  for (let b = 0; b < samples; b++) {
    keyMask = keys ? keys + (<usize>(b * s) << 2) : 0, queryMask = queries ? queries + (<usize>(b * t) << 2) : 0;
    for (let h = 0; h < heads; h++) {
      const head = b * s * groups + h / per;
      const keyAt = <usize>(head * width) << 2, valueAt = <usize>(head * valueWidth) << 2;
      if (h % per == 0) {
        pack_t(work, k + keyAt, width, s, ldk);
        pack_n(keyRows, k + keyAt, s, width, ldk);
        pack_t(valuePanels, v + valueAt, valueWidth, s, ldv);
      }
      pairMask = pairs ? pairs + (<usize>((b * pairHeads + h % pairHeads) * t * s) << 2) : 0;
      for (let from = 0; from < t; from += block) {
        const rows = min(block, t - from), columns = columnsOf(from + rows, s), ld = (columns + 15) & ~15;
        const at = (b * t + from) * heads + h;
        const queryAt = <usize>(at * width) << 2;
        let resultAt = <usize>(at * valueWidth) << 2;
        const dyAt = dy + resultAt;
        products(x, q + queryAt, ldq, work, strips, rows, columns, width, ld);
        products(dx, dyAt, ldy, valuePanels, strips, rows, columns, valueWidth, ld);
        let row = x, other = dx, element = (((first + b) * heads + h) * t + from) * s4;
        for (let i = from; i < from + rows; i++) {
          const factor = weigh(row, i, columns, s);
          dropRow(other, element, columns);
          flow(other, row, factor, <f32>spanDot(dy + resultAt, y + resultAt, valueWidth), columns);
          dropRow(row, element, columns);
          resultAt += <usize>ldy << 2, element += s4, row += <usize>ld << 2, other += <usize>ld << 2;
        }
        combine(dq + queryAt, dx, ld, keyRows, strips, rows, columns, width, s, ldq);
        accumulate(dk + keyAt, dx, ld, q + queryAt, ldq, panels, strips, rows, columns, width, ldk);
        accumulate(dv + valueAt, x, ld, dyAt, ldy, panels, strips, rows, columns, valueWidth, ldv);
      }
    }
  }
}

/** p = e · factor, dx = p · (dx − inner), whole vectors; with a negative factor p = −e · factor, dx = 0. */
function flow(dx: usize, p: usize, factor: f32, inner: f32, n: i32): void {
  const mean = f32x4.splat(inner), f = f32x4.splat(abs(factor)), keep = i32x4.splat(factor < 0 ? 0 : -1);
  for (let j: usize = 0, end = <usize>n << 2; j < end; j += 16) {
    const each = f32x4.mul(v128.load(p + j), f);
    v128.store(p + j, each);
    v128.store(dx + j, v128.and(f32x4.mul(each, f32x4.sub(v128.load(dx + j), mean)), keep));
  }
}
