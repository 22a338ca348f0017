import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";

/** Options of `identity`. */
export interface IdentityOptions {
  /** What the identity matrix is multiplied by; 1 by default. */
  gain?: number;
}

/**
 * The identity matrix times a gain: `gain` where row and column are equal, 0 elsewhere. For `[rows, columns]` only.
 *
 * @param options The gain.
 * @returns The initializer; `initialize` throws a TypeError for a shape that has not two axes.
 * @throws {RangeError} If the gain is not finite.
 */
export function identity(options: IdentityOptions = {}): Initializer {
  const what = "create identity initializer";
  checkOptions(what, options, ["gain"]);
  const gain = checkNumber(what, "gain", options.gain ?? 1);
  return {
    id: "identity",
    config: { gain },
    initialize: (shape) => {
      if (shape.length !== 2) {
        throw new TypeError(`Cannot initialize with identity: shape must have 2 axes, got ${formatShape(shape)}`);
      }
      const [rows, columns] = shape;
      const values = new Float32Array(rows * columns);
      for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = gain;
      return values;
    },
  };
}

/** Its row of the table. */
export const identityRow: InitializerRow = defineRow({ id: "identity", create: identity });
