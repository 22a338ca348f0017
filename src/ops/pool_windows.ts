import { describeValue } from "../errors/describe_value.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes } from "../tensor/symbolic.ts";

/** The windows of a pooling along one axis. */
export interface AxisWindows {
  readonly length: number;
  /** How many there are. */
  readonly count: number;
  readonly size: number;
  /** How far the next one is; 0 where they share the axis: window o goes from ⌊o · length / count⌋ to ⌈(o + 1) · length / count⌉. */
  readonly stride: number;
  /** Elements of the first one that lie before the axis. */
  readonly before: number;
}

/** The names of the attributes of poolings. */
export const POOL_ATTRIBUTES: readonly string[] = ["window", "strides", "pads", "output"];

/**
 * Reads the attributes of a pooling of images [batch, height, width, channels]: `window` and `strides` [height, width], and `pads` [top, bottom,
 * left, right], what lies outside of the image, less than a window each; or `output` [height, width], so many windows that share the image.
 *
 * @throws {TypeError} If x is no such image, or an attribute does not fit it
 */
export function poolWindows(
  op: string,
  x: Shape,
  attributes: Attributes,
): readonly [rows: AxisWindows, columns: AxisWindows] {
  if (x.length !== 4 || x.slice(1).some((length) => length < 1)) {
    throw new TypeError(
      `Cannot apply ${op}: x must have shape [batch, height, width, channels], none of them empty, got ${
        formatShape(x)
      }`,
    );
  }
  const { window, strides, pads, output } = attributes;
  if (output !== undefined) {
    if ([window, strides, pads].some((other) => other !== undefined)) {
      throw new TypeError(`Cannot apply ${op}: output stands instead of window, strides and pads, got both`);
    }
    const counts = read(op, "output", output, 2, 1);
    return [shared(x[1], counts[0]), shared(x[2], counts[1])];
  }
  const sizes = read(op, "window", window, 2, 1);
  const steps = read(op, "strides", strides, 2, 1);
  const margins = read(op, "pads", pads ?? [0, 0, 0, 0], 4, 0);
  const along = (axis: 0 | 1): AxisWindows => {
    const length = x[1 + axis], size = sizes[axis], stride = steps[axis];
    const before = margins[2 * axis], after = margins[2 * axis + 1];
    const room = before + length + after - size;
    if (room < 0 || before >= size || after >= size) {
      const rule = room < 0 ? "no longer than the image with its pads" : "longer than the pads";
      throw new TypeError(
        `Cannot apply ${op}: windows must be ${rule}, got ${formatShape(sizes)}, pads ${formatShape(margins)} and x ${
          formatShape(x)
        }`,
      );
    }
    return { length, count: Math.floor(room / stride) + 1, size, stride, before };
  };
  return [along(0), along(1)];
}

/** Windows that share an axis; they are as others where it can be shared evenly. */
function shared(length: number, count: number): AxisWindows {
  const size = Math.ceil(length / count);
  return { length, count, size, stride: length % count === 0 ? size : 0, before: 0 };
}

function read(op: string, name: string, value: Json | undefined, count: number, min: number): number[] {
  if (
    Array.isArray(value) && value.length === count && value.every((v) => Number.isSafeInteger(v) && Number(v) >= min)
  ) {
    return value as number[];
  }
  throw new TypeError(
    `Cannot apply ${op}: ${name} must be an array of ${count} integers >= ${min}, got ${describeValue(value)}`,
  );
}
