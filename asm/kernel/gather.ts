// Rows of a batch, gathered from samples that lie in the model's memory.

/**
 * Copies `count` rows of `width` elements to x, rows begin … of the batch. cell holds three words: the address of the samples, the address
 * of their order (0: as they are), and the place in that order where the batch begins.
 *
 * @param x written: count * width
 * @param cell read: 3
 * @param begin count >= 0
 * @param count count >= 0
 * @param width count >= 0
 */
export function gather_rows(x: usize, cell: usize, begin: i32, count: i32, width: i32): void {
  const samples = <usize>load<u32>(cell), order = <usize>load<u32>(cell, 4);
  const row = <usize>width << 2, whole = row & ~15;
  for (let i = begin + load<i32>(cell, 8), end = i + count; i < end; i++) {
    const from = samples + row * <usize>(order ? load<u32>(order + (<usize>i << 2)) : <u32>i);
    let at: usize = 0;
    for (; at != whole; at += 16) v128.store(x + at, v128.load(from + at));
    for (; at != row; at += 4) store<f32>(x + at, load<f32>(from + at));
    x += row;
  }
}
