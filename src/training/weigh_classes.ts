import type { ClassWeights } from "../data/dataset.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { classLayout } from "../losses/class_layout.ts";
import type { LabelKind } from "../losses/loss.ts";
import type { Objective } from "./objective.ts";

/**
 * The weights of labels by their class, one for every row of labels. What a row's class is follows from the kind of label that the loss takes:
 *
 * - `class_index`: the label itself, one a row;
 * - `distribution`: the class of the largest share, the first of equal ones;
 * - `binary` and `hinge` with one column: 1 if the label is nearer to 1 (over 0 for `hinge`), else 0;
 * - `binary` and `hinge` with several columns: the column of the largest label, which must be one alone;
 * - other numbers: the label, or the column of the largest one. A label that is no index, or no largest one, is of no class and weighs 1.
 *
 * @param weights By class; those that are not named weigh 1. null for none.
 * @param objective What is trained: one output, for its loss and its shape.
 * @returns The function; null for none. It throws a RangeError for several labels in a row.
 * @throws {TypeError} If several outputs are trained.
 */
export function weighClasses(
  weights: ReadonlyMap<number, number> | null,
  { goals }: Objective,
): ClassWeights | null {
  if (weights === null) return null;
  if (goals.length > 1) {
    throw new TypeError(
      `Cannot use classWeight: it goes with one output, but ${goals.length} are trained (${
        goals.map(({ port }) => port.name).join(", ")
      }); give sampleWeight for each`,
    );
  }
  const [{ loss, port }] = goals;
  const { shape: outputShape } = port;
  if (loss.target !== "class_index" && classLayout(loss, outputShape).moved !== null) {
    throw new TypeError(
      `Cannot use classWeight: labels must have their classes along the last axis, but the loss ${loss.id} has axis ${loss.axis}; ` +
        "give sampleWeight",
    );
  }
  const width = loss.target === "class_index" || outputShape.length === 0 ? 1 : outputShape[outputShape.length - 1];
  if (width === null) {
    throw new TypeError(
      `Cannot use classWeight: the last axis of output "${port.name}" has the classes, so it must have a known length, got ${
        formatShape([null, ...outputShape])
      }; give sampleWeight`,
    );
  }
  const find = width === 1
    ? ONE_COLUMN[loss.target] ?? readIndex
    : loss.target === "distribution"
    ? findFirst
    : findOnly;
  return (y) => {
    const result = new Float32Array(y.length / width);
    for (let row = 0; row < result.length; row++) {
      const found = find(y, row * width, width);
      if (found < 0 && MUST_FIND.has(loss.target)) throw explain(y.subarray(row * width, (row + 1) * width), row);
      result[row] = weights.get(found) ?? 1;
    }
    return result;
  };
}

/** The class of the row of `width` labels that begins at `start`; negative for none. */
type FindClass = (y: Float32Array, start: number, width: number) => number;

/** Kinds whose labels are classes. */
const MUST_FIND: ReadonlySet<LabelKind> = new Set(["binary", "hinge"]);

const ONE_COLUMN: Partial<Record<LabelKind, FindClass>> = {
  class_index: (y, start) => Math.max(0, y[start]), // one below 0 is left out by the loss, whatever its weight
  binary: (y, start) => Math.round(y[start]),
  hinge: (y, start) => y[start] > 0 ? 1 : 0,
  distribution: () => 0,
};

function readIndex(y: Float32Array, start: number): number {
  return Number.isInteger(y[start]) ? y[start] : -1;
}

function findFirst(y: Float32Array, start: number, width: number): number {
  let best = 0;
  for (let j = 1; j < width; j++) if (y[start + j] > y[start + best]) best = j;
  return best;
}

function findOnly(y: Float32Array, start: number, width: number): number {
  const best = findFirst(y, start, width);
  for (let j = best + 1; j < width; j++) if (y[start + j] === y[start + best]) return -1;
  return best;
}

function explain(labels: Float32Array, row: number): RangeError {
  return new RangeError(
    `Cannot use classWeight: each row of labels must have one class, its largest entry, got ${
      formatShape([...labels])
    } in row ${row}; use sampleWeight`,
  );
}
