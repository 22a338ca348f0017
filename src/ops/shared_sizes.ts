import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";

/** A tensor of which elements share a mask's elements, as the kernel sees it. */
export interface SharedSizes {
  /** The mask's shape: 1 for every shared axis. */
  readonly mask: Shape;
  /** Sizes of a sample: shared, own, shared, own axes, 1 where there are none. */
  readonly sizes: readonly [number, number, number, number];
}

/**
 * What a mask for `shape` looks like that is the same along the axes `shared`.
 *
 * @throws {TypeError} If they are not different axes of the tensor, or a sample has more than two runs of them
 */
export function sharedSizes(op: string, shape: Shape, shared: unknown): SharedSizes {
  const isAxis = (axis: unknown): boolean => Number.isInteger(axis) && Number(axis) >= 0 && Number(axis) < shape.length;
  const refuse = (): TypeError =>
    new TypeError(
      `Cannot apply ${op}: shared must be different axes of ${
        formatShape(shape)
      }, in at most two runs behind the first, got ${describeValue(shared)}`,
    );
  if (!Array.isArray(shared) || !shared.every(isAxis) || new Set(shared).size !== shared.length) throw refuse();
  const runs: { isShared: boolean; size: number }[] = [];
  shape.forEach((size, axis) => {
    if (axis === 0 || size === 1) return;
    const isShared = shared.includes(axis);
    if (runs.at(-1)?.isShared === isShared) runs.at(-1)!.size *= size;
    else runs.push({ isShared, size });
  });
  if (runs.at(0)?.isShared === false) runs.unshift({ isShared: true, size: 1 });
  if (runs.length > 4) throw refuse();
  const [a = 1, b = 1, c = 1, d = 1] = runs.map(({ size }) => size);
  return {
    mask: shape.map((size, axis) => shared.includes(axis) ? 1 : size),
    // The kernel's inner loop goes along the last run, so that stands at the end, before own axes of size 1 if it is shared.
    sizes: runs.length < 2 ? [1, 1, a, 1] : runs.length === 2 ? [a, 1, 1, b] : [a, b, c, d],
  };
}
