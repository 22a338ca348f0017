import { philox4x32 } from "../tensor/philox.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { checkShapes } from "./check_shapes.ts";
import { costOfPass } from "./cost_of_pass.ts";
import { type Argument, begin, byBatch, byParameter, count, type Lowering, type Op, read, write } from "./op.ts";
import { sharedSizes } from "./shared_sizes.ts";
import { splitElements } from "./split_elements.ts";

/**
 * Sets elements to 0 at random and scales the others: y = x · keep / (1 − rate).
 *
 * x of any shape, step [] (a cell that holds a uint32) → y of the shape of x. Attributes: `rate`, 0 to 1; `seedLow`, `seedHigh`,
 * `stream`: unsigned 32-bit words; `shared`: axes along which all elements are kept or not together. Element i uses word i mod 4 of
 * the Philox block ⌊i / 4⌋, with the counter [block, 0, step, stream] and the key [seedLow, seedHigh], and is kept where
 * (word >>> 8) · 2^-24 ≥ rate. With shared axes, i is the index in a tensor in which these have the size 1. So the backward pass is the
 * same op, and draws the same mask again.
 */
export const dropout: Op = {
  takes: { inputs: 2, needs: ["rate"], may: ["seedLow", "seedHigh", "stream", "shared"] },
  inPlace: true,

  shape([x, step], attributes) {
    checkShapes("apply dropout", "the step must be a scalar", [], step);
    const rate = attributes.rate as number;
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`Cannot apply dropout: rate must be from 0 to 1, got ${rate}`);
    if (attributes.shared !== undefined) sharedSizes("dropout", x, attributes.shared);
    return x;
  },

  differentiate: (g, node, dy) => [g.apply("dropout", [dy, node.inputs[1]], node.attributes), null],

  evaluate([x, step], { attributes, shape }) {
    const { rate, seedLow, seedHigh, stream } = attributes as Record<string, number>;
    const { mask } = sharedSizes("dropout", shape, attributes.shared ?? []);
    const words = new Uint32Array(4);
    const kept = Float64Array.from({ length: sizeOf(mask) }, (_, i) => {
      if (i % 4 === 0) philox4x32(i / 4, 0, step.data[0], stream, seedLow, seedHigh, words);
      return (words[i % 4] >>> 8) * 2 ** -24 >= rate ? 1 : 0;
    });
    return x.data.map((v, i) => {
      let at = 0, from = 1;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        if (mask[axis] === shape[axis]) at += from * (i % shape[axis]);
        from *= mask[axis];
        i = Math.floor(i / shape[axis]);
      }
      return kept[at] === 1 ? v / (1 - rate) : 0;
    });
  },

  lower(l) {
    const { node, output, inputs: [x, step], call } = l;
    if (node.attributes.shared !== undefined) return lowerShared(l);
    const { split, stride } = splitElements(node);
    call("dropout_forward", [write(output, stride), read(x, stride), read(step, 0), ...drawing(l, stride)], split);
  },

  cost: (node) => costOfPass(node, 10),
};

/** The arguments behind the step: what a mask is drawn from. */
function drawing({ node }: Lowering, stride: number): Argument[] {
  const { rate, seedLow, seedHigh, stream } = node.attributes as Record<string, number>;
  return [
    1 / (1 - rate),
    Math.ceil(rate * 2 ** 24), // the least value of word >>> 8 that is kept: exact, since rate · 2^24 is
    seedLow | 0,
    seedHigh | 0,
    stream | 0,
    begin(stride),
    count(stride),
  ];
}

/** Draws the mask first, which is smaller, and then takes it times x. */
function lowerShared(l: Lowering): void {
  const { node: { shape, attributes }, output, inputs: [x, step], scratch, call } = l;
  const { mask, sizes } = sharedSizes("dropout", shape, attributes.shared);
  const elements = sizeOf(mask), units = shape[0] ?? 1;
  const drawn = scratch(elements);
  const isShared = mask[0] !== shape[0];
  const own = isShared || units === 0 ? 0 : elements / units;
  const [stride, split] = own === 0 ? [1, byParameter(elements)] : [own, byBatch(units)];
  call("dropout_mask", [write(drawn, stride), read(step, 0), ...drawing(l, stride)], split);
  const sample = units === 0 ? 0 : sizeOf(shape) / units;
  call("mask_forward", [
    write(output, sample),
    read(x, sample),
    read(drawn, own),
    count(),
    own,
    ...sizes,
  ], byBatch(units));
}
