import { checkOptions } from "../errors/check_options.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Initializer } from "./initializer.ts";

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
