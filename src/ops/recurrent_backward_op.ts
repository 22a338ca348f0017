import { placeParts } from "../tensor/place_parts.ts";
import type { Attributes } from "../tensor/symbolic.ts";
import { evaluateRecurrenceBack } from "./evaluate_recurrence_back.ts";
import { type Argument, at, byParameter, count, none, ofRank, type OpOfParts, read, write } from "./op.ts";
import { activationCode, derivativeCode } from "./recurrent_activation.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import {
  CELL_WORK,
  checkNamed,
  namedInputs,
  outputShape,
  RECURRENT_ATTRIBUTES,
  recurrentSizes,
  splitRecurrent,
} from "./recurrent_geometry.ts";

/**
 * The backward pass of a recurrent cell.
 *
 * Recurrent kernel [units, gates · units], gates [batch, steps, gates · units] of the tape, and by the names in the attribute `inputs` what
 * else is on it (`prev`, `extra`, `pre`), what flows back (`dy`, `dhLast`, `dcLast`), and `c0`, `mask`, `drop` as they were. → dz [batch,
 * steps, gates · units], dh and dc [batch, units] of the first states, and, for a cell whose recurrent product has one of its own, the
 * gradient of that product. Gradients of kernels and biases follow from these: they are sums over all steps, which need no order.
 */
export function recurrentBackwardOp(cell: RecurrentCell): OpOfParts {
  const { gates, hasCell, hasInner } = cell;
  const name = `${cell.name}_backward`;
  const partNames = ["dz", "dh", ...hasCell ? ["dc"] : [], ...hasInner ? ["dInner"] : []];
  return {
    takes: {
      inputs: [2, 11],
      needs: RECURRENT_ATTRIBUTES.filter((n) => n !== "recurrentActivation"),
      may: ["recurrentActivation"],
    },

    shapes([kernel, gatesShape, ...others], attributes) {
      const sizes = recurrentSizes({ ...cell, name }, gatesShape, kernel, attributes);
      const { rows, steps, units } = sizes;
      const state = [rows, units], row = [rows, steps, units];
      checkNamed(name, attributes, others, {
        dy: outputShape(sizes, attributes),
        dhLast: state,
        prev: row,
        extra: row,
        pre: gatesShape,
        mask: [rows, steps],
        drop: state,
        ...hasCell ? { dcLast: state, c0: state } : {},
      });
      return partNames.map((part) => part === "dz" || part === "dInner" ? gatesShape : state);
    },

    differentiate: () => {
      throw new Error(`${name} has no second derivative`);
    },

    evaluate: (inputs, node) => evaluateRecurrenceBack(cell, partNames, inputs, node),

    lower({ node, output, inputs: [kernel, tape, ...others], ranks, scratch, call }) {
      const { attributes } = node;
      const sizes = sizesOf(cell, node.inputs.map(({ shape }) => shape), attributes);
      const { rows, steps, units, outputs } = sizes;
      const width = gates * units;
      const packed = scratch(Math.ceil(units / 8) * 8 * width);
      let from = 0;
      for (const k of cell.products.map((count) => count * units)) {
        const columns = at(packed, Math.ceil(units / 8) * 8 * from);
        call("pack_t", [write(columns, k), read(at(kernel, from), width), k, count(), width], byParameter(units, 8));
        from += k;
      }
      const { split, per } = splitRecurrent(node, rows);
      const { offsets } = placeParts(node.parts!);
      const given = namedInputs(attributes, others);
      const part = (index: number, stride: number): Argument => write(at(output, offsets[index]), per * stride);
      const input = (wanted: string, stride: number): Argument => {
        const ref = given(wanted);
        return ref === undefined ? none : read(ref, per * stride);
      };
      const work = CELL_WORK + 4 * units + 3 * width + rows * ((gates + 1) * units + 1);
      const pitch = Math.ceil(work / 16) * 16;
      call(name, [
        part(0, steps * width),
        part(1, units),
        ...hasCell ? [part(2, units)] : [],
        ...hasInner ? [part(2, steps * width)] : [],
        input("dy", outputs * units),
        input("dhLast", units),
        ...hasCell ? [input("dcLast", units)] : [],
        read(tape, per * steps * width),
        input("pre", steps * width),
        ...cell.readsExtra ? [input("extra", steps * units)] : [],
        ...cell.readsPrev ? [input("prev", steps * units)] : [],
        ...hasCell ? [input("c0", units)] : [],
        read(packed, 0),
        input("mask", steps),
        input("drop", units),
        ofRank(scratch(pitch * ranks), pitch),
        count(per),
        steps,
        units,
        outputs,
        ...hasCell ? activationCode(attributes.activation) : [],
        ...derivativeCode(attributes.activation),
        ...gates === 1 ? [] : derivativeCode(attributes.recurrentActivation),
        attributes.reverse ? 1 : 0,
        attributes.zeroOutput ? 1 : 0,
      ], split);
    },

    cost({ inputs, attributes }) {
      const { rows, steps, units } = sizesOf(cell, inputs.map(({ shape }) => shape), attributes);
      return { flops: rows * steps * gates * units * (2 * units + 10), bytes: 8 * rows * steps * (gates + 1) * units };
    },
  };
}

function sizesOf(cell: RecurrentCell, [kernel, tape]: readonly (readonly number[])[], attributes: Attributes) {
  return recurrentSizes(cell, tape, kernel, attributes);
}
