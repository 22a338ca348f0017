import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, type Split } from "./op.ts";

/** An interpolation along one axis of a tensor that is seen as [outer, length, inner]. */
export interface Interpolation {
  readonly axis: number;
  readonly times: number;
  /** Positions along the axis. */
  readonly length: number;
  /** Elements at a position. */
  readonly inner: number;
  /** How threads share it: by units of the batch, of `outer` each. */
  readonly split: Split;
  readonly outer: number;
}

/**
 * Reads the attributes of an op that interpolates along an axis of `shape`.
 *
 * @param node the node that is lowered; before that its batch does not matter
 * @throws {TypeError} for an axis that there is not, or that of the batch, or for times that are no integer >= 1
 */
export function interpolationAlong(op: string, shape: Shape, attributes: Attributes, node?: Symbolic): Interpolation {
  const { axis, times } = attributes as { axis: number; times: number };
  if (!Number.isInteger(axis) || axis < 1 || axis >= shape.length) {
    throw new TypeError(
      `Cannot apply ${op}: axis must be an axis of ${formatShape(shape)} behind the first, got ${describeValue(axis)}`,
    );
  }
  if (!Number.isInteger(times) || times < 1) {
    throw new TypeError(`Cannot apply ${op}: times must be an integer >= 1, got ${describeValue(times)}`);
  }
  const units = node === undefined ? shape[0] : batchUnits(node, shape);
  const outer = units === 0 ? 0 : sizeOf(shape.slice(0, axis)) / units;
  return { axis, times, length: shape[axis], inner: sizeOf(shape.slice(axis + 1)), split: byBatch(units), outer };
}
