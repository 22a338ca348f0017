import { describeValue } from "../errors/describe_value.ts";
import type { Channels } from "../tensor/convert_pixels.ts";

/** What a pixel has, by Keras's names. */
export type ColorMode = "grayscale" | "rgb" | "rgba";

/** How many numbers that is. */
export const CHANNELS: Readonly<Record<ColorMode, Channels>> = { grayscale: 1, rgb: 3, rgba: 4 };

/**
 * Checks the option `colorMode`, `"rgb"` by default.
 *
 * @throws {RangeError} If there is no such mode.
 */
export function readColorMode(what: string, value: unknown = "rgb"): ColorMode {
  if (typeof value === "string" && Object.hasOwn(CHANNELS, value)) return value as ColorMode;
  throw new RangeError(`Cannot ${what}: colorMode must be grayscale, rgb or rgba, got ${describeValue(value)}`);
}
