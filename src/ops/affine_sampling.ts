import { checkInteger } from "../errors/check_integer.ts";
import { checkString } from "../errors/check_string.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes } from "../tensor/symbolic.ts";

/** How images go on beyond their border. The numbers of the kernel are its places in this list. */
export const FILL_MODES = ["constant", "nearest", "wrap", "reflect"] as const;

/** How an image goes on beyond its border. */
export type FillMode = typeof FILL_MODES[number];

/** What the ops that sample images read of their attributes. */
export interface AffineSampling {
  /** Of the result of `affine_sample`. */
  readonly rows: number;
  readonly columns: number;
  readonly isNearest: boolean;
  readonly mode: FillMode;
  readonly fillValue: number;
}

/**
 * Reads the attributes of an op that samples images, and checks what it is applied to.
 *
 * @throws {TypeError} If a shape or an attribute is none of these; RangeError for a number out of range
 */
export function affineSampling(op: string, images: Shape, transforms: Shape, attributes: Attributes): AffineSampling {
  const what = `apply ${op}`;
  if (images.length !== 4 || transforms.length !== 2 || transforms[0] !== images[0] || transforms[1] !== 6) {
    throw new TypeError(
      `Cannot ${what}: images must have shape [batch, height, width, channels] and transforms [batch, 6], got ${
        formatShape(images)
      } and ${formatShape(transforms)}`,
    );
  }
  return {
    rows: checkInteger(what, "height", attributes.height, { min: 1 }),
    columns: checkInteger(what, "width", attributes.width, { min: 1 }),
    isNearest: attributes.nearest === true,
    mode: checkString(what, "fillMode", attributes.fillMode, FILL_MODES),
    fillValue: attributes.fillValue as number ?? 0,
  };
}
