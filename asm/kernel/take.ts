// Rows of a table by their numbers, the gradient of that, and numbers in a row. Numbers are integers held as float32. Elements are stored
// exactly, none beside them.

import { indexAt } from "../tile/index_at";

/**
 * y[i] = table[index[i]] for `count` indices of a table of `rows` rows, each `width` elements; `missing` where there is no such row.
 *
 * @param y written: count * width
 * @param table read: rows * width
 * @param indices read: count
 * @param missing scalar
 * @param count count >= 0
 * @param rows count >= 0
 * @param width count >= 0
 * @edge blocks
 */
export function gather_forward(y: usize, table: usize, indices: usize, missing: f32, count: i32, rows: i32, width: i32): void {
  const row = <usize>width << 2, whole = row & ~15;
  const nothing = f32x4.splat(missing);
  for (let i = 0; i < count; i++, y += row, indices += 4) {
    const index = indexAt(indices, rows);
    let at: usize = 0;
    if (index < 0) {
      for (; at != whole; at += 16) v128.store(y + at, nothing);
      for (; at != row; at += 4) store<f32>(y + at, missing);
    } else {
      const from = table + row * <usize>index;
      for (; at != whole; at += 16) v128.store(y + at, v128.load(from + at));
      for (; at != row; at += 4) store<u32>(y + at, load<u32>(from + at));
    }
  }
}

/**
 * Rows begin … of dtable, `rows` of them: each is Σ dy[i] over all i < count with index[i] = its number, added one by one as i ascends,
 * whatever the shares. An index that is none of a row is passed over.
 *
 * @param dtable written: rows * width
 * @param dy read: count * width
 * @param indices read: count
 * @param begin count >= 0
 * @param rows count >= 0
 * @param count count >= 0
 * @param width count >= 0
 */
export function scatter_rows(dtable: usize, dy: usize, indices: usize, begin: i32, rows: i32, count: i32, width: i32): void {
  const row = <usize>width << 2, whole = row & ~15;
  memory.fill(dtable, 0, row * <usize>rows);
  for (let i = 0; i < count; i++, dy += row, indices += 4) {
    const index = indexAt(indices, begin + rows) - begin;
    if (index < 0) continue;
    const to = dtable + row * <usize>index;
    let at: usize = 0;
    for (; at != whole; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(dy + at)));
    for (; at != row; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(dy + at));
  }
}

/**
 * y[i] = begin + i. Whole vectors: the padding behind n elements is written too.
 *
 * @param y written: n, whole vectors
 * @param begin scalar
 * @param n count >= 0
 */
export function range_forward(y: usize, begin: i32, n: i32): void {
  let v = f32x4.add(f32x4.splat(<f32>begin), f32x4(0, 1, 2, 3));
  const four = f32x4.splat(4);
  for (const end = y + ((<usize>((n + 3) >> 2)) << 4); y < end; y += 16) {
    v128.store(y, v);
    v = f32x4.add(v, four);
  }
}
