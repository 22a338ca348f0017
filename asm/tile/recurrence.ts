/**
 * Recurrent layers: all steps of some rows of the batch, forward and backward. Rows never meet, so threads share them without a barrier.
 *
 * Forward, at every step: the strips of h are multiplied with the packed recurrent kernel, onto what the projection of x has given, and the
 * cell (cells.ts) makes the new state of that. Backward, from the last step on: the cell gives dz, and dz times the transposed kernel is what
 * flows to the state before. All sums over steps (gradients of kernels and biases) are products of whole sequences, outside.
 *
 * Steps are in the order of processing: with `reverse` the last one of z comes first. A masked step of a row leaves its state alone; its
 * output is the last one, or 0 before the first and with `zeroOutput`.
 */
import { pack_rows } from "../kernel/pack";
import {
  CELL_WORK,
  gruGates,
  gruGatesBack,
  gruStep,
  gruStepBack,
  lstmStep,
  lstmStepBack,
  move,
  simpleStep,
  simpleStepBack,
} from "./cells";
import { multiply, RESUME } from "./multiply";

/** The cells; a GRU resets h behind the product, or before it. */
export const SIMPLE: i32 = 1, GRU_BEFORE: i32 = 2, GRU: i32 = 3, LSTM: i32 = 4;
/** to = a · b + (to or 0), of n elements. */
function multiplyAdd(to: usize, a: usize, b: usize, n: i32, adds: bool): void {
  for (const end = to + (<usize>n << 2); to < end; to += 4, a += 4, b += 4) {
    store<f32>(to, load<f32>(a) * load<f32>(b) + (adds ? load<f32>(to) : 0));
  }
}

/** Whether a step is masked. */
// @ts-ignore: decorator
@inline
function isMasked(mask: usize, at: i32): bool {
  return mask != 0 && load<f32>(mask + (<usize>at << 2)) == 0;
}

/** Gates of a cell, and the candidate: rows of z have so many times the units. */
function gatesOf(cell: i32): i32 {
  return cell == GRU_BEFORE ? 3 : cell;
}

/**
 * Forward. y holds the last `outputs` steps, h and c what is left at the end. `gates`, `pre`, `extra` (c of an LSTM; see gruStep) and `prev`
 * (h before each step) keep what the backward pass reads, in the places of z's steps; null where none follows. `bias` is that of a GRU's h · U.
 * `drop` is what h is multiplied with on its way into the product.
 *
 * work: CELL_WORK + 7 · units + rows · ((gates + 2) · units + 1) elements, and rows · units more for GRU_BEFORE
 */
export function recur(cell: i32, y: usize, h: usize, c: usize, gates: usize, pre: usize, extra: usize, prev: usize, z: usize, packed: usize, bias: usize, h0: usize, c0: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, reverse: i32, zeroOutput: i32): void {
  const width = gatesOf(cell) * units, size = <usize>units << 2, wide = <usize>width << 2, all = size * rows;
  const seen = work + (<usize>(CELL_WORK + 4 * units) << 2), dropped = seen + (<usize>rows << 2), buffer = dropped + all, strips = buffer + wide * rows;
  const q = strips + all + 3 * size;
  move(seen, 0, <usize>rows << 2);
  move(h, h0, all);
  if (cell == LSTM) move(c, c0, all);
  for (let s = 0; s < steps; s++) {
    const t = reverse ? steps - 1 - s : s, out = s - (steps - outputs);
    if (prev) for (let r = 0; r < rows; r++) move(prev + size * (r * steps + t), h + size * r, size);
    let from = h;
    if (drop) multiplyAdd(dropped, h, drop, rows * units, false), from = dropped;
    pack_rows(strips, from, rows, units, units);
    if (cell == GRU) {
      multiply(buffer, strips, packed, bias, rows, width, units, width, 0);
    } else {
      for (let r = 0; r < rows; r++) move(buffer + wide * r, z + wide * (r * steps + t), wide);
      const first = cell == GRU_BEFORE ? 2 * units : width;
      multiply(buffer, strips, packed, 0, rows, first, units, width, RESUME);
      if (cell == GRU_BEFORE) {
        for (let r = 0; r < rows; r++) {
          gruGates(buffer + wide * r, from + size * r, q + size * r, pre ? pre + wide * (r * steps + t) : 0, units);
        }
        pack_rows(strips, q, rows, units, units);
        multiply(buffer + 2 * size, strips, packed + size * ((first + 7) & ~7), 0, rows, units, units, width, RESUME);
      }
    }
    for (let r = 0; r < rows; r++) {
      const at = r * steps + t, hr = h + size * r, cr = c + size * r, br = buffer + wide * r;
      const yr: usize = out < 0 ? 0 : y + size * (r * outputs + out);
      const gr = gates ? gates + wide * at : 0, pr = pre ? pre + wide * at : 0, er = extra ? extra + size * at : 0;
      if (isMasked(mask, at)) {
        if (yr) move(yr, !zeroOutput && load<i32>(seen + (<usize>r << 2)) ? hr : 0, size);
        if (gr) move(gr, 0, wide);
        if (er) move(er, cell == LSTM ? cr : 0, size);
        if (pr) move(pr, 0, wide);
        continue;
      }
      store<i32>(seen + (<usize>r << 2), 1);
      if (cell == LSTM) lstmStep(br, cr, hr, yr, gr, pr, er, units);
      else if (cell == SIMPLE) simpleStep(br, hr, yr, gr, pr, units);
      else gruStep(br, cell == GRU ? z + wide * at : 0, q + size * r, hr, yr, gr, pr, er, units);
    }
  }
}

/**
 * Backward. dh and dc are first what flows back to the last state (`dhLast`, `dcLast`, null for nothing), and in the end the gradients of the
 * first one. `packed` is the transposed kernel. dz is in the places of z's steps, as is `di`, of a GRU: what flows to h · U + bias.
 *
 * work: CELL_WORK + (4 + 3 · gates) · units + rows · ((gates + 1) · units + 1) elements
 */
export function recurBack(cell: i32, dz: usize, dh: usize, dc: usize, di: usize, dy: usize, dhLast: usize, dcLast: usize, gates: usize, pre: usize, extra: usize, prev: usize, c0: usize, packed: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, reverse: i32, zeroOutput: i32): void {
  const width = gatesOf(cell) * units, size = <usize>units << 2, wide = <usize>width << 2, all = size * rows;
  const first = work + (<usize>(CELL_WORK + 4 * units) << 2), product = first + (<usize>rows << 2), strips = product + all;
  for (let r = 0; r < rows; r++) {
    let s = 0;
    while (s < steps && isMasked(mask, r * steps + (reverse ? steps - 1 - s : s))) s++;
    store<i32>(first + (<usize>r << 2), s);
  }
  move(dh, dhLast, all);
  if (cell == LSTM) move(dc, dcLast, all);
  for (let s = steps - 1; s >= 0; s--) {
    const t = reverse ? steps - 1 - s : s, out = s - (steps - outputs), last = reverse ? t + 1 : t - 1;
    for (let r = 0; r < rows; r++) {
      const at = r * steps + t, dhr = dh + size * r, dzr = dz + wide * at, dir = di ? di + wide * at : 0;
      const dyr: usize = dy && out >= 0 ? dy + size * (r * outputs + out) : 0;
      if (isMasked(mask, at)) {
        // The output was that of the last step that counted.
        if (dyr && !zeroOutput && s > load<i32>(first + (<usize>r << 2))) add(dhr, dyr, units);
        move(dzr, 0, wide);
        if (dir) move(dir, 0, wide);
        continue;
      }
      const gr = gates + wide * at, pr = pre ? pre + wide * at : 0, er = extra + size * at;
      if (cell == LSTM) {
        const before: usize = s > 0 ? extra + size * (r * steps + last) : c0 ? c0 + size * r : 0;
        lstmStepBack(dzr, dhr, dc + size * r, dyr, gr, pr, er, before, units);
      } else if (cell == SIMPLE) {
        simpleStepBack(dzr, dhr, dyr, gr, pr, units);
      } else {
        gruStepBack(dzr, dir, dhr, dyr, gr, pr, er, prev + size * at, units);
      }
    }
    const from = (di ? di : dz) + wide * t;
    let k = width, flags = 0;
    if (cell == GRU_BEFORE) {
      pack_rows(strips, from + 2 * size, rows, units, width * steps);
      multiply(product, strips, packed + (<usize>(2 * units) << 2) * ((units + 7) & ~7), 0, rows, units, units, units, 0);
      for (let r = 0; r < rows; r++) {
        const at = r * steps + t;
        if (isMasked(mask, at)) continue;
        gruGatesBack(dz + wide * at, product + size * r, gates + wide * at, pre ? pre + wide * at : 0, prev + size * at, drop ? drop + size * r : 0, units);
      }
      k = 2 * units, flags = RESUME;
    }
    pack_rows(strips, from, rows, k, width * steps);
    if (drop || flags) {
      multiply(product, strips, packed, 0, rows, units, k, units, flags);
      if (drop) multiplyAdd(dh, product, drop, rows * units, true);
      else add(dh, product, rows * units);
    } else {
      multiply(dh, strips, packed, 0, rows, units, k, units, RESUME);
    }
  }
}

/** to += a, of n elements. */
function add(to: usize, a: usize, n: i32): void {
  for (const end = to + (<usize>n << 2); to < end; to += 4, a += 4) store<f32>(to, load<f32>(to) + load<f32>(a));
}
