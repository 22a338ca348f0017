import { checkOptions } from "../errors/check_options.ts";
import { defineRow } from "../tables/define_row.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Initializer } from "./initializer.ts";
import type { InitializerRow } from "./initializer_row.ts";

/**
 * Every value 0. The default for biases.
 *
 * @param options None.
 * @returns The initializer.
 */
export function zeros(options: Record<never, never> = {}): Initializer {
  checkOptions("create zeros initializer", options, []);
  return { id: "zeros", config: {}, initialize: (shape) => new Float32Array(sizeOf(shape)) };
}

/** Its row of the table. */
export const zerosRow: InitializerRow = defineRow({ id: "zeros", aliases: ["zero"], create: zeros });
