// The LSTM: all steps of a sequence in one call. See tile/recurrence.ts for how, and tile/cells.ts for the cell.
import { setActivations, setDerivatives } from "../tile/cells";
import { LSTM, recur, recurBack } from "../tile/recurrence";

/**
 * i, f, o = g(z[0], z[1], z[3] + h · U), c̃ = a(z[2] + h · U), c = f · c + i · c̃, h = o · a(c), for every step of `rows` sequences. y has the
 * last `outputs` steps; h and c are the last state; gates (i, f, c̃, o), pre (what they are before their activations), cells (c) and prev (h
 * before each step) are for the backward pass. a is `activation`, with its scalars, and g `gate`:
 * codes (tile/cells.ts).
 *
 * @param y written: rows * outputs * units
 * @param h written: rows * units
 * @param c written: rows * units
 * @param gates written: rows * steps * 4 * units, optional
 * @param pre written: rows * steps * 4 * units, optional
 * @param cells written: rows * steps * units, optional with gates
 * @param prev written: rows * steps * units, optional with gates
 * @param z read: rows * steps * 4 * units
 * @param packed read: units * up(4 * units, 8)
 * @param h0 read: rows * units, optional
 * @param c0 read: rows * units, optional
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 7 * units + rows * (6 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
 * @param activation scalar
 * @param a0 scalar
 * @param a1 scalar
 * @param a2 scalar
 * @param gate scalar
 * @param g0 scalar
 * @param g1 scalar
 * @param g2 scalar
 * @param reverse flag
 * @param zeroOutput flag
 */
export function lstm_forward(y: usize, h: usize, c: usize, gates: usize, pre: usize, cells: usize, prev: usize, z: usize, packed: usize, h0: usize, c0: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activation: i32, a0: f32, a1: f32, a2: f32, gate: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setActivations(work, units, activation, a0, a1, a2, gate, g0, g1, g2);
  recur(LSTM, y, h, c, gates, pre, cells, prev, z, packed, 0, h0, c0, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}

/**
 * The backward pass of lstm_forward: dz, and dh and dc before the first step, of dy, and dhLast and dcLast behind the last one. What is null
 * is 0. packed is the transposed kernel.
 *
 * @param dz written: rows * steps * 4 * units
 * @param dh written: rows * units
 * @param dc written: rows * units
 * @param dy read: rows * outputs * units, optional
 * @param dhLast read: rows * units, optional
 * @param dcLast read: rows * units, optional
 * @param gates read: rows * steps * 4 * units
 * @param pre read: rows * steps * 4 * units, optional
 * @param cells read: rows * steps * units
 * @param c0 read: rows * units, optional
 * @param packed read: 4 * units * up(units, 8)
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 16 * units + rows * (5 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
 * @param activation scalar
 * @param a0 scalar
 * @param a1 scalar
 * @param a2 scalar
 * @param activationBack scalar
 * @param b0 scalar
 * @param b1 scalar
 * @param b2 scalar
 * @param gateBack scalar
 * @param g0 scalar
 * @param g1 scalar
 * @param g2 scalar
 * @param reverse flag
 * @param zeroOutput flag
 */
export function lstm_backward(dz: usize, dh: usize, dc: usize, dy: usize, dhLast: usize, dcLast: usize, gates: usize, pre: usize, cells: usize, c0: usize, packed: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activation: i32, a0: f32, a1: f32, a2: f32, activationBack: i32, b0: f32, b1: f32, b2: f32, gateBack: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setActivations(work, units, activation, a0, a1, a2, 0, 0, 0, 0);
  setDerivatives(work, units, activationBack, b0, b1, b2, gateBack, g0, g1, g2);
  recurBack(LSTM, dz, dh, dc, 0, dy, dhLast, dcLast, gates, pre, cells, 0, c0, packed, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}
