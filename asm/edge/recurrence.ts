// Recurrent layers in the edge runtime: the cells of tile/cells.ts, one sequence after the other, over a kernel that the loader has packed. Every
// element is the chain of tile/recurrence.ts: what the projection of x has given, then h · U over ascending units.
import { lstmStep, setActivations } from "../tile/cells";
import { edge_matmul } from "./matmul";

/** Copies n elements; from the null address zeros. */
function move(to: usize, from: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n << 2; i += 4) store<f32>(to + i, from ? load<f32>(from + i) : 0);
}

/**
 * The LSTM of kernel/lstm.ts: y has the last `outputs` steps, h and c are the last states. The activation of the candidate is tanh, or none
 * where `plain`, that of the gates sigmoid, or none where `plainGates`. Steps where the mask is 0 leave the states alone.
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
  const size = <usize>units << 2, wide = <usize>width << 2, buffer = work + 320, low = -Infinity as f32;
  setActivations(work, plain ? 0 : -1, 0, 0, 0, plainGates ? 0 : -1, 0, 0, 0);
  move(h, h0, samples * units);
  move(c, c0, samples * units);
  for (let r = 0; r < samples; r++, h += size, c += size) {
    let seen = false;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (reverse ? steps - 1 - s : s);
      const counts = mask == 0 || load<f32>(mask + (<usize>at << 2)) != 0;
      const out = s >= steps - outputs ? y : 0;
      if (out) y += size;
      if (counts) {
        edge_matmul(buffer, h, packed, z + wide * at, low, 1, width, units);
        lstmStep(buffer, c, h, out, 0, 0, 0, units);
        seen = true;
      } else if (out) {
        move(out, seen && !zeroOutput ? h : 0, units);
      }
    }
  }
}
