import { type RecurrentCell, rowOf } from "./recurrent_cell.ts";

/**
 * The cell of a GRU that resets before the product: in the order u, r, n: u, r = g(z + h · U), n = a(z_n + (r · h) · U_n);
 * h = u · h + (1 − u) · n. Its extra row is r · h.
 */
export const gruResetBeforeCell: RecurrentCell = {
  name: "gru_reset_before",
  gates: 3,
  products: [2, 1],
  hasCell: false,
  hasExtra: true,
  readsExtra: false,
  readsPrev: true,
  hasInner: false,

  step({ units: n, plain, gate, product }, { z, h, dropped, c }) {
    const pre = new Float64Array(3 * n), gates = new Float64Array(3 * n);
    pre.set(product(dropped, 0, 2 * n).map((sum, j) => sum + z[j]));
    gates.set(gate.apply(pre.slice(0, 2 * n)));
    const reset = rowOf(n, (j) => gates[n + j] * dropped[j]);
    pre.set(product(reset, 2 * n, n).map((sum, j) => sum + z[2 * n + j]), 2 * n);
    gates.set(plain.apply(pre.slice(2 * n)), 2 * n);
    const next = rowOf(n, (j) => gates[j] * h[j] + (1 - gates[j]) * gates[2 * n + j]);
    return { h: next, c, gates, pre, extra: reset };
  },

  back({ units: n, plain, gate, productBack }, { dh, dc, gates, pre, h, drop }) {
    const part = (row: Float64Array, k: number): Float64Array => row.slice(k * n, (k + 1) * n);
    const [u, r, candidate] = [0, 1, 2].map((k) => part(gates, k));
    const dropAt = (j: number): number => drop?.[j] ?? 1;
    const da = plain.back(rowOf(n, (j) => dh[j] * (1 - u[j])), part(pre, 2), candidate);
    const du = gate.back(rowOf(n, (j) => dh[j] * (h[j] - candidate[j])), part(pre, 0), u);
    const dq = productBack(da, 2 * n);
    const dr = gate.back(rowOf(n, (j) => dq[j] * h[j] * dropAt(j)), part(pre, 1), r);
    const flow = productBack(Float64Array.from([...du, ...dr]), 0);
    const next = rowOf(n, (j) => dh[j] * u[j] + (flow[j] + dq[j] * r[j]) * dropAt(j));
    return { dz: Float64Array.from([...du, ...dr, ...da]), dh: next, dc };
  },
};
