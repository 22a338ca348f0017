import { placeParts } from "../tensor/place_parts.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { contextOf } from "./evaluate_recurrence.ts";
import type { ReferenceValue } from "./op.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import { namedInputs, recurrentSizes } from "./recurrent_geometry.ts";

/** The float64 reference of the backward pass of a recurrent op; `names` are those of its results. */
export function evaluateRecurrenceBack(
  cell: RecurrentCell,
  names: readonly string[],
  [kernel, tape, ...others]: readonly ReferenceValue[],
  node: Symbolic,
): Float64Array {
  const { attributes } = node;
  const { rows, steps, units, outputs } = recurrentSizes(cell, tape.shape, kernel.shape, attributes);
  const width = cell.gates * units;
  const given = namedInputs(attributes, others);
  const { offsets, elements } = placeParts(node.parts!);
  const result = new Float64Array(elements);
  const store = (name: string, row: number, values: Float64Array): void => {
    const index = names.indexOf(name);
    if (index >= 0) result.set(values, offsets[index] + row * values.length);
  };
  const rowIn = (name: string, row: number, length = units): Float64Array =>
    given(name)?.data.slice(row * length, (row + 1) * length) ?? new Float64Array(length);
  const context = contextOf(node, kernel, undefined);
  const mask = given("mask");
  for (let r = 0; r < rows; r++) {
    const placeOf = (s: number): number => r * steps + (attributes.reverse ? steps - 1 - s : s);
    let dh = rowIn("dhLast", r), dc = rowIn("dcLast", r);
    /** What flows back to the output of the last step before that counts. */
    let carry = new Float64Array(units);
    for (let s = steps - 1; s >= 0; s--) {
      const at = placeOf(s);
      if (s >= steps - outputs) {
        const dy = rowIn("dy", r * outputs + s - (steps - outputs));
        carry = carry.map((v, j) => v + dy[j]);
      }
      if (mask !== undefined && mask.data[at] === 0) {
        if (attributes.zeroOutput) carry = new Float64Array(units);
        continue;
      }
      dh = dh.map((v, j) => v + carry[j]);
      carry = new Float64Array(units);
      const back = cell.back(context, {
        dh,
        dc,
        gates: tape.data.slice(at * width, (at + 1) * width),
        pre: rowIn("pre", at, width),
        extra: rowIn("extra", at),
        h: rowIn("prev", at),
        c: s > 0 ? rowIn("extra", placeOf(s - 1)) : rowIn("c0", r),
        drop: given("drop") === undefined ? null : rowIn("drop", r),
      });
      ({ dh, dc } = back);
      store("dz", at, back.dz);
      store("dInner", at, back.dInner ?? back.dz);
    }
    store("dh", r, dh);
    store("dc", r, dc);
  }
  return result;
}
