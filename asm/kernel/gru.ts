// The gated recurrent unit: all steps of a sequence in one call. See tile/recurrence.ts for how, and tile/cells.ts for the cell.
import { setActivations, setDerivatives } from "../tile/cells";
import { GRU, GRU_BEFORE, recur, recurBack } from "../tile/recurrence";

/**
 * With v = h · U + bias: u, r = g(z[0] + v[0]), g(z[1] + v[1]), n = a(z[2] + r · v[2]), h = u · h + (1 − u) · n, for every step of `rows`
 * sequences. y has the last `outputs` steps, h is the last state; gates (u, r, n), pre (what they are before their activations), extra (v[2])
 * and prev (h before each step) are for the backward pass. Codes of a and g: tile/cells.ts.
 *
 * @param y written: rows * outputs * units
 * @param h written: rows * units
 * @param gates written: rows * steps * 3 * units, optional
 * @param pre written: rows * steps * 3 * units, optional
 * @param extra written: rows * steps * units, optional with gates
 * @param prev written: rows * steps * units, optional with gates
 * @param z read: rows * steps * 3 * units
 * @param packed read: units * up(3 * units, 8)
 * @param bias read: 3 * units, optional
 * @param h0 read: rows * units, optional
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 7 * units + rows * (5 * units + 1)
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
export function gru_forward(y: usize, h: usize, gates: usize, pre: usize, extra: usize, prev: usize, z: usize, packed: usize, bias: usize, h0: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activation: i32, a0: f32, a1: f32, a2: f32, gate: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setActivations(work, units, activation, a0, a1, a2, gate, g0, g1, g2);
  recur(GRU, y, h, 0, gates, pre, extra, prev, z, packed, bias, h0, 0, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}

/**
 * The backward pass of gru_forward: dz, dh before the first step, and di, the gradient of v, of dy and of dhLast behind the last step. What is
 * null is 0. packed is the transposed kernel.
 *
 * @param dz written: rows * steps * 3 * units
 * @param dh written: rows * units
 * @param di written: rows * steps * 3 * units
 * @param dy read: rows * outputs * units, optional
 * @param dhLast read: rows * units, optional
 * @param gates read: rows * steps * 3 * units
 * @param pre read: rows * steps * 3 * units, optional
 * @param extra read: rows * steps * units
 * @param prev read: rows * steps * units
 * @param packed read: 3 * units * up(units, 8)
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 13 * units + rows * (4 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
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
export function gru_backward(dz: usize, dh: usize, di: usize, dy: usize, dhLast: usize, gates: usize, pre: usize, extra: usize, prev: usize, packed: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activationBack: i32, b0: f32, b1: f32, b2: f32, gateBack: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setDerivatives(work, units, activationBack, b0, b1, b2, gateBack, g0, g1, g2);
  recurBack(GRU, dz, dh, 0, di, dy, dhLast, 0, gates, pre, extra, prev, 0, packed, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}

/**
 * As gru_forward, but with n = a(z[2] + (r · h) · U[2]), and without a bias. packed holds U[0] and U[1], then U[2]; extra is r · h.
 *
 * @param y written: rows * outputs * units
 * @param h written: rows * units
 * @param gates written: rows * steps * 3 * units, optional
 * @param pre written: rows * steps * 3 * units, optional
 * @param extra written: rows * steps * units, optional with gates
 * @param prev written: rows * steps * units, optional with gates
 * @param z read: rows * steps * 3 * units
 * @param packed read: units * up(2 * units, 8) + units * up(units, 8)
 * @param h0 read: rows * units, optional
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
export function gru_reset_before_forward(y: usize, h: usize, gates: usize, pre: usize, extra: usize, prev: usize, z: usize, packed: usize, h0: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activation: i32, a0: f32, a1: f32, a2: f32, gate: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setActivations(work, units, activation, a0, a1, a2, gate, g0, g1, g2);
  recur(GRU_BEFORE, y, h, 0, gates, pre, extra, prev, z, packed, 0, h0, 0, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}

/**
 * The backward pass of gru_reset_before_forward: dz, and dh before the first step, of dy and of dhLast behind the last one. What is null is 0.
 * packed holds the transposes of the parts of U.
 *
 * @param dz written: rows * steps * 3 * units
 * @param dh written: rows * units
 * @param dy read: rows * outputs * units, optional
 * @param dhLast read: rows * units, optional
 * @param gates read: rows * steps * 3 * units
 * @param pre read: rows * steps * 3 * units, optional
 * @param prev read: rows * steps * units
 * @param packed read: 3 * units * up(units, 8)
 * @param mask read: rows * steps, optional
 * @param drop read: rows * units, optional
 * @param work work: 76 + 13 * units + rows * (4 * units + 1)
 * @param rows count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
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
export function gru_reset_before_backward(dz: usize, dh: usize, dy: usize, dhLast: usize, gates: usize, pre: usize, prev: usize, packed: usize, mask: usize, drop: usize, work: usize, rows: i32, steps: i32, units: i32, outputs: i32, activationBack: i32, b0: f32, b1: f32, b2: f32, gateBack: i32, g0: f32, g1: f32, g2: f32, reverse: i32, zeroOutput: i32): void {
  setDerivatives(work, units, activationBack, b0, b1, b2, gateBack, g0, g1, g2);
  recurBack(GRU_BEFORE, dz, dh, 0, 0, dy, dhLast, 0, gates, pre, 0, prev, 0, packed, mask, drop, work, rows, steps, units, outputs, reverse, zeroOutput);
}
