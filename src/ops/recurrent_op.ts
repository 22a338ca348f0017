import { placeParts } from "../tensor/place_parts.ts";
import type { Shape } from "../tensor/shape.ts";
import { type Attributes, partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { evaluateRecurrence } from "./evaluate_recurrence.ts";
import { type Argument, at, byParameter, count, none, ofRank, type OpOfParts, read, readColumns, write } from "./op.ts";
import { activationCode, needsInput } from "./recurrent_activation.ts";
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
 * The op of a recurrent cell: all steps of a sequence.
 *
 * z [batch, steps, gates · units], what x gives with kernel and bias; recurrent kernel [units, gates · units]; and by the names in the
 * attribute `inputs`: `bias` [gates · units], `h0`, `c0`, `drop` [batch, units] (h is multiplied with drop on its way into the product), `mask`
 * [batch, steps]: 0 for steps that do not count. → y [batch, steps, units], or with `sequences: false` the last one, [batch, units]; h, and c,
 * the last states [batch, units]; and with `tape` what the backward pass reads.
 *
 * Attributes: `activation` and `recurrentActivation`, a formula with its scalars, or null; `reverse`: the last step comes first, and y
 * is in the order of processing; `zeroOutput`: outputs of masked steps are 0, else those of the step before.
 *
 * A node without tape that is differentiated is computed again with one.
 */
export function recurrentOp(cell: RecurrentCell): OpOfParts {
  const { name, gates, hasCell, hasExtra, hasInner } = cell;
  const partNames = (attributes: Attributes): string[] => [
    "y",
    "h",
    ...hasCell ? ["c"] : [],
    ...attributes.tape ? ["gates", "prev", ...hasExtra ? ["extra"] : [], ...keepsInput(attributes) ? ["pre"] : []] : [],
  ];
  return {
    takes: {
      inputs: [2, 7],
      needs: RECURRENT_ATTRIBUTES.filter((n) => n !== "recurrentActivation"),
      may: ["recurrentActivation", "tape"],
    },

    shapes([z, kernel, ...others], attributes) {
      const sizes = recurrentSizes(cell, z, kernel, attributes);
      const { rows, steps, units } = sizes;
      const state = [rows, units], row = [rows, steps, units];
      checkNamed(name, attributes, others, {
        h0: state,
        drop: state,
        mask: [rows, steps],
        ...hasCell ? { c0: state } : {},
        ...hasInner ? { bias: [gates * units] } : {},
      });
      const shapes: Readonly<Record<string, Shape>> = {
        y: outputShape(sizes, attributes),
        h: state,
        c: state,
        gates: z,
        prev: row,
        extra: row,
        pre: z,
      };
      return partNames(attributes).map((part) => shapes[part]);
    },

    differentiate(g, node, flows) {
      const [, kernel, ...others] = node.inputs;
      const { tape, ...attributes } = node.attributes;
      const taped = tape ? node : g.apply(name, node.inputs, { ...attributes, tape: true });
      const names = partNames(taped.attributes), parts = partsOf(g, taped);
      const given = namedInputs(attributes, others);
      const part = (wanted: string): Symbolic | undefined => parts[names.indexOf(wanted)];
      const sources: readonly (readonly [string, Symbolic | null | undefined])[] = [
        ["dy", flows[0]],
        ["dhLast", flows[1]],
        ["dcLast", hasCell ? flows[2] : null],
        ["prev", cell.readsPrev ? part("prev") : null],
        ["extra", cell.readsExtra ? part("extra") : null],
        ["pre", part("pre")],
        ["c0", given("c0")],
        ["mask", given("mask")],
        ["drop", given("drop")],
      ];
      const found = sources.filter((entry): entry is readonly [string, Symbolic] => !!entry[1]);
      const back = g.apply(`${name}_backward`, [kernel, part("gates")!, ...found.map(([, source]) => source)], {
        ...attributes,
        inputs: found.map(([source]) => source),
      });
      const [dz, dh, ...rest] = partsOf(g, back);
      const dInner = hasInner ? rest.at(-1)! : dz;
      const gradients: Readonly<Record<string, () => Symbolic | null>> = {
        h0: () => dh,
        c0: () => rest[0],
        bias: () => g.apply("sum_columns", [dInner]),
        mask: () => null,
        drop: () => null,
      };
      const drop = given("drop"), prev = part("prev")!;
      const entered = drop === undefined ? prev : timesEveryStep(prev, drop);
      const dKernel = joinProducts(cell, [entered, part("extra")], dInner);
      return [dz, dKernel, ...(attributes.inputs as readonly string[]).map((input) => gradients[input]())];
    },

    evaluate: (inputs, node) => evaluateRecurrence(cell, partNames(node.attributes), inputs, node),

    lower({ node, output, inputs: [z, kernel, ...others], ranks, scratch, call }) {
      const { attributes } = node;
      const sizes = recurrentSizes(cell, node.inputs[0].shape, node.inputs[1].shape, attributes);
      const { rows, steps, units, outputs } = sizes;
      const width = gates * units;
      const sums = cell.products.map((count) => count * units);
      const packed = scratch(sums.reduce((total, n) => total + Math.ceil(n / 8) * 8 * units, 0));
      let from = 0, to = 0;
      for (const n of sums) {
        const columns = readColumns(at(kernel, from), 1, width);
        call("pack_n", [write(at(packed, to), units), columns, units, count(), width], byParameter(n, 8));
        from += n;
        to += Math.ceil(n / 8) * 8 * units;
      }
      const { split, per } = splitRecurrent(node, rows);
      const { offsets } = placeParts(node.parts!);
      const names = partNames(attributes), given = namedInputs(attributes, others);
      const part = (wanted: string, stride: number): Argument =>
        names.includes(wanted) ? write(at(output, offsets[names.indexOf(wanted)]), per * stride) : none;
      const input = (wanted: string, stride: number): Argument => {
        const ref = given(wanted);
        return ref === undefined ? none : read(ref, per * stride);
      };
      const work = CELL_WORK + 7 * units + rows * ((gates + 1 + cell.products.length) * units + 1);
      const pitch = Math.ceil(work / 16) * 16;
      call(`${name}_forward`, [
        part("y", outputs * units),
        part("h", units),
        ...hasCell ? [part("c", units)] : [],
        part("gates", steps * width),
        part("pre", steps * width),
        ...hasExtra ? [part("extra", steps * units)] : [],
        part("prev", steps * units),
        read(z, per * steps * width),
        read(packed, 0),
        ...hasInner ? [given("bias") === undefined ? none : read(given("bias")!, 0)] : [],
        input("h0", units),
        ...hasCell ? [input("c0", units)] : [],
        input("mask", steps),
        input("drop", units),
        ofRank(scratch(pitch * ranks), pitch),
        count(per),
        steps,
        units,
        outputs,
        ...activationCode(attributes.activation),
        ...gates === 1 ? [] : activationCode(attributes.recurrentActivation),
        attributes.reverse ? 1 : 0,
        attributes.zeroOutput ? 1 : 0,
      ], split);
    },

    cost({ inputs: [z, kernel], attributes }) {
      const { rows, steps, units } = recurrentSizes(cell, z.shape, kernel.shape, attributes);
      return { flops: rows * steps * gates * units * (2 * units + 30), bytes: 4 * rows * steps * (gates + 2) * units };
    },
  };
}

/** Whether the tape holds what the activations are applied to. */
function keepsInput({ activation, recurrentActivation }: Attributes): boolean {
  return needsInput(activation) || needsInput(recurrentActivation);
}

/** The gradient of the recurrent kernel: the sum over all steps of what enters each of its products, times what flows to that. */
function joinProducts(
  { products, gates }: RecurrentCell,
  entered: readonly (Symbolic | undefined)[],
  dInner: Symbolic,
): Symbolic {
  const g = dInner.graph;
  const [rows, steps, width] = dInner.shape;
  const units = width / gates;
  let from = 0;
  const parts = products.map((count, i) => {
    const size = [rows, steps, count * units];
    const columns = products.length === 1 ? dInner : g.apply("slice", [dInner], { begin: [0, 0, from], size });
    from += count * units;
    return g.apply("matmul", [entered[i]!, columns], { transposeA: true });
  });
  return parts.length === 1 ? parts[0] : g.apply("concatenate", parts, { axis: 1 });
}

/** x [batch, steps, units] times a row for every sample. */
function timesEveryStep(x: Symbolic, row: Symbolic): Symbolic {
  const g = x.graph;
  const [rows, steps, units] = x.shape;
  const one = g.apply("reshape", [row], { shape: [rows, 1, units] });
  const repeated = g.apply("repeat", [one], { times: [1, steps, 1] });
  return g.apply("map", [x, repeated], { formula: "mul" });
}
