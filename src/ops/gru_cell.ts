import { type RecurrentCell, rowOf } from "./recurrent_cell.ts";

/**
 * The cell of a GRU that resets behind the product: with v = h · U + bias, in the order u, r, n: u = g(z_u + v_u), r = g(z_r + v_r),
 * n = a(z_n + r · v_n); h = u · h + (1 − u) · n. Its extra row is v_n.
 */
export const gruCell: RecurrentCell = {
  name: "gru",
  gates: 3,
  products: [3],
  hasCell: false,
  hasExtra: true,
  readsExtra: true,
  readsPrev: true,
  hasInner: true,

  step({ units: n, plain, gate, product, bias }, { z, h, dropped, c }) {
    const v = product(dropped, 0, 3 * n).map((sum, j) => sum + (bias?.[j] ?? 0));
    const pre = rowOf(3 * n, (j) => z[j] + v[j]);
    const gates = new Float64Array(3 * n);
    gates.set(gate.apply(pre.slice(0, 2 * n)));
    for (let j = 0; j < n; j++) pre[2 * n + j] = z[2 * n + j] + gates[n + j] * v[2 * n + j];
    gates.set(plain.apply(pre.slice(2 * n)), 2 * n);
    const next = rowOf(n, (j) => gates[j] * h[j] + (1 - gates[j]) * gates[2 * n + j]);
    return { h: next, c, gates, pre, extra: v.slice(2 * n) };
  },

  back({ units: n, plain, gate, productBack }, { dh, dc, gates, pre, extra: v, h, drop }) {
    const part = (row: Float64Array, k: number): Float64Array => row.slice(k * n, (k + 1) * n);
    const [u, r, candidate] = [0, 1, 2].map((k) => part(gates, k));
    const da = plain.back(rowOf(n, (j) => dh[j] * (1 - u[j])), part(pre, 2), candidate);
    const du = gate.back(rowOf(n, (j) => dh[j] * (h[j] - candidate[j])), part(pre, 0), u);
    const dr = gate.back(rowOf(n, (j) => da[j] * v[j]), part(pre, 1), r);
    const dz = Float64Array.from([...du, ...dr, ...da]);
    const dInner = Float64Array.from([...du, ...dr, ...rowOf(n, (j) => da[j] * r[j])]);
    const flow = productBack(dInner, 0);
    return { dz, dInner, dh: rowOf(n, (j) => dh[j] * u[j] + flow[j] * (drop?.[j] ?? 1)), dc };
  },
};
