import { type RecurrentCell, rowOf } from "./recurrent_cell.ts";

/** The cell of a plain recurrent network: h = a(z + h · U). */
export const simpleRnnCell: RecurrentCell = {
  name: "simple_rnn",
  gates: 1,
  products: [1],
  hasCell: false,
  hasExtra: false,
  readsExtra: false,
  readsPrev: false,
  hasInner: false,

  step({ units, plain, product }, { z, dropped, c }) {
    const pre = product(dropped, 0, units).map((v, j) => v + z[j]);
    const h = plain.apply(pre);
    return { h, c, gates: h, pre, extra: c };
  },

  back({ plain, productBack }, { dh, dc, gates, pre, drop }) {
    const dz = plain.back(dh, pre, gates);
    const flow = productBack(dz, 0);
    return { dz, dh: rowOf(flow.length, (j) => flow[j] * (drop?.[j] ?? 1)), dc };
  },
};
