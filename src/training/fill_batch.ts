import type { BatchBuffers } from "../workers/loaded_program.ts";
import type { Samples } from "./data_source.ts";

/** The weights of labels by their classes: one for every row of labels. */
export type ClassWeights = (y: Float32Array) => Float32Array;

/** Which samples go into a batch, and how they count. */
export interface BatchChoice {
  /** The numbers of the samples in the order in which they come; null: as they are. */
  readonly order: Uint32Array | null;
  /** The first place of the order that belongs to the batch, and the first behind it. */
  readonly from: number;
  readonly to: number;
  /** The weight of a sample's class; null for none. */
  readonly classWeight: ClassWeights | null;
  /** Whether the program gathers its `x` by itself. Default false. */
  readonly gathersX?: boolean;
}

/**
 * Fills the inputs `x` and `y` of a program with samples, and returns their weights: sample weight times weight of the class; null if there
 * are neither. With weights of classes there is one for every row of labels, else one a sample.
 */
export function fillBatch(program: BatchBuffers, samples: Samples, choice: BatchChoice): Float32Array | null {
  const { x, y, sampleWeight, count } = samples;
  const { order, from, to, classWeight, gathersX = false } = choice;
  const target = program.input("y");
  if (!gathersX) gatherRows(program.input("x"), x.data, x.data.length / count, order, from, to);
  gatherRows(target, y.data, y.data.length / count, order, from, to);
  const weights = sampleWeight === null ? null : pick(sampleWeight, order, from, to);
  if (classWeight === null) return weights;
  const classes = classWeight(target);
  if (weights === null) return classes;
  const rowsPerSample = classes.length / weights.length;
  return classes.map((weight, i) => weight * weights[Math.floor(i / rowsPerSample)]);
}

/** All samples as one batch. */
export function wholeBatch({ count }: Samples, classWeight: ClassWeights | null = null): BatchChoice {
  return { order: null, from: 0, to: count, classWeight };
}

function pick(values: Float32Array, order: Uint32Array | null, from: number, to: number): Float32Array {
  if (order === null) return values.subarray(from, to);
  return Float32Array.from({ length: to - from }, (_, i) => values[order[from + i]]);
}

/** Copies the samples `order[from … to)` (or from … to themselves without an order) into a batch, row by row. */
function gatherRows(
  into: Float32Array,
  data: Float32Array,
  width: number,
  order: Uint32Array | null,
  from: number,
  to: number,
): void {
  if (order === null) {
    into.set(data.subarray(from * width, to * width));
  } else if (width <= 32) {
    let at = 0;
    for (let i = from; i < to; i++) {
      const start = order[i] * width;
      for (let j = 0; j < width; j++) into[at++] = data[start + j];
    }
  } else {
    for (let i = from; i < to; i++) {
      const start = order[i] * width;
      into.set(data.subarray(start, start + width), (i - from) * width);
    }
  }
}
