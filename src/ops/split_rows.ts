import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, byParameter, matrixOf, type Split } from "./op.ts";

/** How threads share an op that works row by row, a row being the last axis. */
export interface RowSplit {
  /** The split of the kernel call. */
  readonly split: Split;
  /** Rows in one unit of the split. */
  readonly rows: number;
  /** Elements in a row. */
  readonly width: number;
  /** Elements in one unit of the split: rows · width. */
  readonly stride: number;
}

/**
 * The split of `shape` [batch, ..., width] by units of the batch, as its elementwise neighbours are split.
 *
 * A tensor with one axis is one row. A node with the attribute `axis` "parameter" is split among rows as a parameter.
 */
export function splitRows(node: Symbolic, shape: Shape): RowSplit {
  const { rows, width } = matrixOf(shape);
  if (node.attributes.axis === "parameter") return { split: byParameter(rows), rows: 1, width, stride: width };
  const units = shape.length > 1 ? batchUnits(node, shape) : 1;
  const inner = units === 0 ? 0 : rows / units;
  return { split: byBatch(units), rows: inner, width, stride: inner * width };
}
