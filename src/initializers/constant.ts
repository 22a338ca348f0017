import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";

/** Options of `constant`. */
export interface ConstantOptions {
  /** The value; 0 by default. */
  value?: number;
}

/**
 * Every value the same.
 *
 * @param options The value.
 * @returns The initializer.
 * @throws {RangeError} If the value is not finite.
 */
export function constant(options: ConstantOptions = {}): Initializer {
  const what = "create constant initializer";
  checkOptions(what, options, ["value"]);
  const value = checkNumber(what, "value", options.value ?? 0);
  return { id: "constant", config: { value }, initialize: (shape) => new Float32Array(sizeOf(shape)).fill(value) };
}

/** Its row of the table. */
export const constantRow: InitializerRow = defineRow({ id: "constant", create: constant });
