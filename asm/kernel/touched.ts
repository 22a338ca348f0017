// Gradients of a table of which a batch looks up a few rows, and steps that leave the other rows alone. A row's flag is 1 where an index names it,
// else 0. Rows are whole vectors. Shares are cut at multiples of 4 rows.
import { adagrad_step, sgd_step } from "../gen/optimizers";
import { indexAt } from "../tile/index_at";

/**
 * Flags of rows begin … of a table, `rows` of them: 1 where one of `count` indices names the row, else 0. Whole vectors.
 *
 * @param touched written: rows, whole vectors
 * @param indices read: count
 * @param begin count >= 0
 * @param rows count >= 0
 * @param count count >= 0
 */
export function touch_rows(touched: usize, indices: usize, begin: i32, rows: i32, count: i32): void {
  memory.fill(touched, 0, (<usize>((rows + 3) >> 2)) << 4);
  for (let i = 0; i < count; i++) {
    const index = indexAt(indices + (<usize>i << 2), begin + rows) - begin;
    if (index >= 0) store<f32>(touched + (<usize>index << 2), 1);
  }
}

/**
 * As scatter_rows, of the rows whose flag is not 0; the others are left as they are.
 *
 * @param dtable updated: rows * width
 * @param dy read: count * width
 * @param indices read: count
 * @param touched read: rows
 * @param begin count >= 0
 * @param rows count >= 0
 * @param count count >= 0
 * @param width count >= 0, multiple of 4
 */
export function scatter_touched(
  dtable: usize, dy: usize, indices: usize, touched: usize, begin: i32, rows: i32, count: i32, width: i32,
): void {
  const row = <usize>width << 2;
  for (let i = nextTouched(touched, 0, rows); i < rows; i = nextTouched(touched, i + 1, rows)) {
    memory.fill(dtable + row * <usize>i, 0, row);
  }
  for (let i = 0; i < count; i++, dy += row, indices += 4) {
    const index = indexAt(indices, begin + rows) - begin;
    if (index < 0 || load<f32>(touched + (<usize>index << 2)) == 0) continue;
    const to = dtable + row * <usize>index;
    for (let at: usize = 0; at != row; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(dy + at)));
  }
}

/**
 * sgd_step of the rows whose flag is not 0.
 *
 * @param w updated: rows * width
 * @param g read: rows * width
 * @param touched read: rows
 * @param cells read: 1
 * @param rows count >= 0
 * @param width count >= 0, multiple of 4
 */
export function sgd_step_touched(w: usize, g: usize, touched: usize, cells: usize, rows: i32, width: i32): void {
  for (let i = nextTouched(touched, 0, rows); i < rows; i = nextTouched(touched, i + 1, rows)) {
    const at = (<usize>width << 2) * <usize>i;
    sgd_step(w + at, w + at, g + at, cells, width);
  }
}

/**
 * adagrad_step of the rows whose flag is not 0.
 *
 * @param w updated: rows * width
 * @param accumulator updated: rows * width
 * @param g read: rows * width
 * @param touched read: rows
 * @param cells read: 1
 * @param epsilon scalar
 * @param rows count >= 0
 * @param width count >= 0, multiple of 4
 */
export function adagrad_step_touched(
  w: usize, accumulator: usize, g: usize, touched: usize, cells: usize, epsilon: f32, rows: i32, width: i32,
): void {
  for (let i = nextTouched(touched, 0, rows); i < rows; i = nextTouched(touched, i + 1, rows)) {
    const at = (<usize>width << 2) * <usize>i;
    adagrad_step(w + at, accumulator + at, w + at, g + at, accumulator + at, cells, epsilon, width);
  }
}

/** The next row from `from` on whose flag is not 0; `rows` if there is none. Flags are passed over by fours, which begin at a whole vector. */
// @ts-ignore: decorator
@inline
function nextTouched(touched: usize, from: i32, rows: i32): i32 {
  let i = from;
  while (i < rows) {
    if ((i & 3) == 0 && i + 4 <= rows && !v128.any_true(v128.load(touched + (<usize>i << 2)))) i += 4;
    else if (load<f32>(touched + (<usize>i << 2)) != 0) break;
    else i++;
  }
  return i;
}
