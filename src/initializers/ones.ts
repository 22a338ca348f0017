import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";

/**
 * Every value 1.
 *
 * @param options None.
 * @returns The initializer.
 */
export function ones(options: Record<never, never> = {}): Initializer {
  checkOptions("create ones initializer", options, []);
  return { id: "ones", config: {}, initialize: (shape) => new Float32Array(sizeOf(shape)).fill(1) };
}

/** Its row of the table. */
export const onesRow: InitializerRow = defineRow({ id: "ones", aliases: ["one"], create: ones });
