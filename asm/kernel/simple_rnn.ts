// The plain recurrent network: all steps of a sequence in one call. See tile/recurrence.ts for how, and tile/cells.ts for the cell.
import { setActivations, setDerivatives } from "../tile/cells";
import { recur, recurBack, SIMPLE } from "../tile/recurrence";

/**
 * h = a(z + h · U), for every step of `rows` sequences. y has the last `outputs` steps, h is the last state; gates (h), pre (before the
 * activation) and prev (h before each step) are for the backward pass. Code of a: tile/cells.ts.
 *
 * @param y written: rows * outputs * units
 * @param h written: rows * units
 * @param gates written: rows * steps * 1 * units, optional
 * @param pre written: rows * steps * 1 * units, optional
 * @param prev written: rows * steps * units, optional with gates
 * @param z read: rows * steps * 1 * units
 * @param packed read: units * up(units, 8)
 * @param h0 read: rows * units, optional
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 7 * units + rows * (3 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
 * @param activation scalar
 * @param a0 scalar
 * @param a1 scalar
 * @param a2 scalar
 * @param reverse flag
 * @param zeroOutput flag
 */
export function simple_rnn_forward(y: usize, h: usize, gates: usize, pre: usize, prev: usize, z: usize, packed: usize, h0: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activation: i32, a0: f32, a1: f32, a2: f32, reverse: i32, zeroOutput: i32): void {
  setActivations(work, units, activation, a0, a1, a2, 0, 0, 0, 0);
  recur(SIMPLE, y, h, 0, gates, pre, 0, prev, z, packed, 0, h0, 0, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}

/**
 * The backward pass of simple_rnn_forward: dz, and dh before the first step, of dy and of dhLast behind the last one. What is null is 0. packed
 * is the transposed kernel.
 *
 * @param dz written: rows * steps * 1 * units
 * @param dh written: rows * units
 * @param dy read: rows * outputs * units, optional
 * @param dhLast read: rows * units, optional
 * @param gates read: rows * steps * 1 * units
 * @param pre read: rows * steps * 1 * units, optional
 * @param packed read: units * up(units, 8)
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 7 * units + rows * (2 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
 * @param activationBack scalar
 * @param b0 scalar
 * @param b1 scalar
 * @param b2 scalar
 * @param reverse flag
 * @param zeroOutput flag
 */
export function simple_rnn_backward(dz: usize, dh: usize, dy: usize, dhLast: usize, gates: usize, pre: usize, packed: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activationBack: i32, b0: f32, b1: f32, b2: f32, reverse: i32, zeroOutput: i32): void {
  setDerivatives(work, units, activationBack, b0, b1, b2, 0, 0, 0, 0);
  recurBack(SIMPLE, dz, dh, 0, 0, dy, dhLast, 0, gates, pre, 0, 0, 0, packed, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}
