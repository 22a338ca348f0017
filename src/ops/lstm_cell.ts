import { type RecurrentCell, rowOf } from "./recurrent_cell.ts";

/** The cell of an LSTM: i, f, o = g(·), c̃ = a(·) of z + h · U, in the order i, f, c̃, o; c = f · c + i · c̃; h = o · a(c). */
export const lstmCell: RecurrentCell = {
  name: "lstm",
  gates: 4,
  products: [4],
  hasCell: true,
  hasExtra: true,
  readsExtra: true,
  readsPrev: false,
  hasInner: false,

  step({ units: n, plain, gate, product }, { z, dropped, c }) {
    const pre = product(dropped, 0, 4 * n).map((v, j) => v + z[j]);
    const [i, f, g, o] = [0, 1, 2, 3].map((k) => (k === 2 ? plain : gate).apply(pre.slice(k * n, (k + 1) * n)));
    const cell = rowOf(n, (j) => f[j] * c[j] + i[j] * g[j]);
    const a = plain.apply(cell);
    return {
      h: rowOf(n, (j) => o[j] * a[j]),
      c: cell,
      gates: rowOf(4 * n, (j) => [i, f, g, o][Math.floor(j / n)][j % n]),
      pre,
      extra: cell,
    };
  },

  back({ units: n, plain, gate, productBack }, { dh, dc, gates, pre, extra: cell, c, drop }) {
    const [i, f, g, o] = [0, 1, 2, 3].map((k) => gates.slice(k * n, (k + 1) * n));
    const a = plain.apply(cell);
    const through = plain.back(rowOf(n, (j) => dh[j] * o[j]), cell, a);
    const e = rowOf(n, (j) => dc[j] + through[j]);
    const flows = [
      rowOf(n, (j) => e[j] * g[j]),
      rowOf(n, (j) => e[j] * c[j]),
      rowOf(n, (j) => e[j] * i[j]),
      rowOf(n, (j) => dh[j] * a[j]),
    ];
    const dz = new Float64Array(4 * n);
    flows.forEach((flow, k) => {
      const input = pre.slice(k * n, (k + 1) * n);
      dz.set((k === 2 ? plain : gate).back(flow, input, [i, f, g, o][k]), k * n);
    });
    return { dz, dh: productBack(dz, 0).map((v, j) => v * (drop?.[j] ?? 1)), dc: rowOf(n, (j) => e[j] * f[j]) };
  },
};
