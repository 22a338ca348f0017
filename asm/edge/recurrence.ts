// Recurrent layers in the edge runtime: the cells of tile/edge_cells.ts, one sequence after the other, over a kernel that the loader has packed. Every
// element is the chain of tile/recurrence.ts.
import { gruGates, gruStep, lstmStep, setActivations, simpleStep } from "../tile/edge_cells";
import { edge_matmul } from "./matmul";

const SIMPLE: i32 = 1, GRU_BEFORE: i32 = 2, GRU: i32 = 3, LSTM: i32 = 4;
/** Bytes of working memory before the products. */
const CELLS: usize = 320;

/** Copies n elements; from the null address zeros. */
function move(to: usize, from: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) store<f32>(to + i, from ? load<f32>(from + i) : 0);
}

/** y has the last `outputs` steps, h and c are the last states. Steps where the mask is 0 leave the states alone. */
function recur(cell: i32, y: usize, h: usize, c: usize, z: usize, packed: usize, bias: usize, h0: usize, c0: usize, mask: usize, work: usize, samples: i32, steps: i32, units: i32, width: i32, outputs: i32, plain: i32, plainGates: i32, reverse: i32, zeroOutput: i32): void {
  const size = <usize>units << 2, wide = <usize>width << 2, buffer = work + CELLS, low = -Infinity as f32;
  setActivations(plain, plainGates);
  move(h, h0, samples * units);
  if (cell == LSTM) move(c, c0, samples * units);
  for (let r = 0; r < samples; r++, h += size, c += size) {
    let seen = false;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (reverse ? steps - 1 - s : s), zt = z + wide * at;
      const counts = mask == 0 || load<f32>(mask + (<usize>at << 2)) != 0;
      const out: usize = s >= steps - outputs ? y : 0;
      if (out) y += size;
      if (counts) {
        edge_matmul(buffer, h, packed, cell == GRU ? bias : zt, low, 1, width, units);
        if (cell == GRU_BEFORE) {
          const last = buffer + wide, q = last + wide;
          gruGates(buffer, h, q, units);
          // All columns of which the last ones count: the kernel is packed as a whole.
          edge_matmul(last, q, packed, zt, low, 1, width, units);
          move(buffer + 2 * size, last + 2 * size, units);
          gruStep(buffer, 0, h, out, units);
        } else if (cell == LSTM) lstmStep(buffer, c, h, out, units);
        else if (cell == GRU) gruStep(buffer, zt, h, out, units);
        else simpleStep(buffer, h, out, units);
        seen = true;
      } else if (out) {
        move(out, seen && !zeroOutput ? h : 0, units);
      }
    }
  }
}

/**
 * The LSTM of kernel/lstm.ts. The activation of the candidate is tanh, or none where `plain`, that of the gates sigmoid, or none where
 * `plainGates`.
 *
 * @param y written: samples * outputs * units
 * @param h written: samples * units
 * @param c written: samples * units
 * @param z read: samples * steps * width
 * @param packed read: units * up(width, 8), packed from units by width
 * @param h0 read: samples * units, optional
 * @param c0 read: samples * units, optional
 * @param mask read: samples * steps, optional
 * @param work work: 80 + width
 * @param samples count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param width count >= 4 * units
 * @param outputs count 1 .. steps
 * @param plain flag
 * @param plainGates flag
 * @param reverse flag
 * @param zeroOutput flag
 * @edge sequences lstm
 */
export function edge_lstm(y: usize, h: usize, c: usize, z: usize, packed: usize, h0: usize, c0: usize, mask: usize, work: usize, samples: i32, steps: i32, units: i32, width: i32, outputs: i32, plain: i32, plainGates: i32, reverse: i32, zeroOutput: i32): void {
  recur(LSTM, y, h, c, z, packed, 0, h0, c0, mask, work, samples, steps, units, width, outputs, plain, plainGates, reverse, zeroOutput);
}

/**
 * The GRU of kernel/gru.ts, which resets behind the product: activations as of edge_lstm.
 *
 * @param y written: samples * outputs * units
 * @param h written: samples * units
 * @param z read: samples * steps * width
 * @param packed read: units * up(width, 8), packed from units by width
 * @param bias read: width, optional
 * @param h0 read: samples * units, optional
 * @param mask read: samples * steps, optional
 * @param work work: 80 + width
 * @param samples count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param width count >= 3 * units
 * @param outputs count 1 .. steps
 * @param plain flag
 * @param plainGates flag
 * @param reverse flag
 * @param zeroOutput flag
 * @edge sequences gru
 */
export function edge_gru(y: usize, h: usize, z: usize, packed: usize, bias: usize, h0: usize, mask: usize, work: usize, samples: i32, steps: i32, units: i32, width: i32, outputs: i32, plain: i32, plainGates: i32, reverse: i32, zeroOutput: i32): void {
  recur(GRU, y, h, 0, z, packed, bias, h0, 0, mask, work, samples, steps, units, width, outputs, plain, plainGates, reverse, zeroOutput);
}

/**
 * The GRU of kernel/gru.ts that resets before the product: activations as of edge_lstm.
 *
 * @param y written: samples * outputs * units
 * @param h written: samples * units
 * @param z read: samples * steps * width
 * @param packed read: units * up(width, 8), packed from units by width
 * @param h0 read: samples * units, optional
 * @param mask read: samples * steps, optional
 * @param work work: 80 + 2 * width + units
 * @param samples count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param width count >= 3 * units
 * @param outputs count 1 .. steps
 * @param plain flag
 * @param plainGates flag
 * @param reverse flag
 * @param zeroOutput flag
 * @edge sequences gru_reset_before
 */
export function edge_gru_reset_before(y: usize, h: usize, z: usize, packed: usize, h0: usize, mask: usize, work: usize, samples: i32, steps: i32, units: i32, width: i32, outputs: i32, plain: i32, plainGates: i32, reverse: i32, zeroOutput: i32): void {
  recur(GRU_BEFORE, y, h, 0, z, packed, 0, h0, 0, mask, work, samples, steps, units, width, outputs, plain, plainGates, reverse, zeroOutput);
}

/**
 * The plain recurrent network of kernel/simple_rnn.ts: tanh, or none where `plain`.
 *
 * @param y written: samples * outputs * units
 * @param h written: samples * units
 * @param z read: samples * steps * units
 * @param packed read: units * up(units, 8), packed from units by units
 * @param h0 read: samples * units, optional
 * @param mask read: samples * steps, optional
 * @param work work: 80 + units
 * @param samples count >= 0
 * @param steps count >= 1
 * @param units count >= 1
 * @param outputs count 1 .. steps
 * @param plain flag
 * @param reverse flag
 * @param zeroOutput flag
 * @edge sequences simple_rnn
 */
export function edge_simple_rnn(y: usize, h: usize, z: usize, packed: usize, h0: usize, mask: usize, work: usize, samples: i32, steps: i32, units: i32, outputs: i32, plain: i32, reverse: i32, zeroOutput: i32): void {
  recur(SIMPLE, y, h, 0, z, packed, 0, h0, 0, mask, work, samples, steps, units, units, outputs, plain, 1, reverse, zeroOutput);
}
