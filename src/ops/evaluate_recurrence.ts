import { placeParts } from "../tensor/place_parts.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { ReferenceValue } from "./op.ts";
import { referenceOf } from "./recurrent_activation.ts";
import type { CellContext, RecurrentCell } from "./recurrent_cell.ts";
import { namedInputs, recurrentSizes } from "./recurrent_geometry.ts";

/** The context of a cell's float64 steps. */
export function contextOf(
  { attributes }: Symbolic,
  kernel: ReferenceValue,
  bias: ReferenceValue | undefined,
): CellContext {
  const [units, width] = kernel.shape;
  return {
    units,
    plain: referenceOf(attributes.activation),
    gate: referenceOf(attributes.recurrentActivation),
    bias: bias?.data ?? null,
    product(row, from, count) {
      const result = new Float64Array(count);
      row.forEach((v, k) => {
        for (let j = 0; j < count; j++) result[j] += v * kernel.data[k * width + from + j];
      });
      return result;
    },
    productBack(row, from) {
      return Float64Array.from({ length: units }, (_, k) => {
        return row.reduce((sum, v, j) => sum + v * kernel.data[k * width + from + j], 0);
      });
    },
  };
}

/** The float64 reference of a recurrent op; `names` are those of its results. */
export function evaluateRecurrence(
  cell: RecurrentCell,
  names: readonly string[],
  [z, kernel, ...others]: readonly ReferenceValue[],
  node: Symbolic,
): Float64Array {
  const { attributes } = node;
  const { rows, steps, units, outputs } = recurrentSizes(cell, z.shape, kernel.shape, attributes);
  const width = cell.gates * units;
  const given = namedInputs(attributes, others);
  const { offsets, elements } = placeParts(node.parts!);
  const result = new Float64Array(elements);
  const store = (name: string, row: number, values: Float64Array): void => {
    const index = names.indexOf(name);
    if (index >= 0) result.set(values, offsets[index] + row * values.length);
  };
  const rowIn = (name: string, row: number): Float64Array =>
    given(name)?.data.slice(row * units, (row + 1) * units) ?? new Float64Array(units);
  const context = contextOf(node, kernel, given("bias"));
  const mask = given("mask"), zero = new Float64Array(units), none = new Float64Array(width);
  for (let r = 0; r < rows; r++) {
    let h = rowIn("h0", r), c = rowIn("c0", r), output: Float64Array = zero;
    for (let s = 0; s < steps; s++) {
      const at = r * steps + (attributes.reverse ? steps - 1 - s : s);
      const isMasked = mask !== undefined && mask.data[at] === 0;
      store("prev", at, h);
      if (isMasked) {
        if (attributes.zeroOutput) output = zero;
        store("gates", at, none);
        store("pre", at, none);
        store("extra", at, cell.hasCell ? c : zero);
      } else {
        const dropped = given("drop") === undefined ? h : h.map((v, j) => v * rowIn("drop", r)[j]);
        const step = cell.step(context, { z: z.data.slice(at * width, (at + 1) * width), h, dropped, c });
        h = output = step.h;
        c = step.c;
        store("gates", at, step.gates);
        store("pre", at, step.pre);
        store("extra", at, step.extra);
      }
      if (s >= steps - outputs) store("y", r * outputs + s - (steps - outputs), output);
    }
    store("h", r, h);
    store("c", r, c);
  }
  return result;
}
