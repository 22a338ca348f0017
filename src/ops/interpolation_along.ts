import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { batchUnits } from "./batch_units.ts";
import { byBatch, type Split } from "./op.ts";

/** An interpolation along one axis of a tensor that is seen as [outer, positions, inner]. */
export interface Interpolation {
  readonly axis: number;
  /** How many positions the axis gets. */
  readonly size: number;
  /** Whether the nearest position is taken, instead of something between two. */
  readonly isNearest: boolean;
  /** Positions along the axis of the tensor. */
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
 * @throws {TypeError} for an axis that there is not, or that of the batch, for a size that is no integer >= 1, or `nearest` that is no boolean
 */
export function interpolationAlong(op: string, shape: Shape, attributes: Attributes, node?: Symbolic): Interpolation {
  const { axis, size, nearest = false } = attributes as { axis: number; size: number; nearest?: boolean };
  if (!Number.isInteger(axis) || axis < 1 || axis >= shape.length) {
    throw new TypeError(
      `Cannot apply ${op}: axis must be an axis of ${formatShape(shape)} behind the first, got ${describeValue(axis)}`,
    );
  }
  if (!Number.isInteger(size) || size < 1) {
    throw new TypeError(`Cannot apply ${op}: size must be an integer >= 1, got ${describeValue(size)}`);
  }
  if (typeof nearest !== "boolean") {
    throw new TypeError(`Cannot apply ${op}: nearest must be true or false, got ${describeValue(nearest)}`);
  }
  const units = node === undefined ? shape[0] : batchUnits(node, shape);
  return {
    axis,
    size,
    isNearest: nearest,
    length: shape[axis],
    inner: sizeOf(shape.slice(axis + 1)),
    split: byBatch(units),
    outer: units === 0 ? 0 : sizeOf(shape.slice(0, axis)) / units,
  };
}
