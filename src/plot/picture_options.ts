import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { PictureStyle } from "./panel.ts";

/** How pictures are drawn. */
export interface PictureOptions {
  /** Pictures beside each other, an integer >= 1. Default: as many as 80 characters hold. */
  columns?: number;
  /** Characters that a picture is wide at most, an integer >= 2; a larger one is shrunk. Default 32. Notebooks show all pixels. */
  width?: number;
  /**
   * What is black and what is white, [least, largest]; what lies beyond is cut. Default: the least and the largest of all numbers that are
   * shown.
   */
  range?: readonly [least: number, largest: number];
  /** Whether to use ANSI colours, in half blocks, two pixels a character. Default false: ten signs from a space to @. */
  color?: boolean;
}

/** The names of the options. */
export const PICTURE_OPTIONS = ["columns", "width", "range", "color"] as const;

/** Checks how pictures are drawn. @throws {TypeError | RangeError} If an option is out of range */
export function readStyle(what: string, options: PictureOptions): PictureStyle {
  return {
    color: checkBoolean(what, "color", options.color ?? false),
    columns: options.columns === undefined
      ? null
      : checkInteger(what, "columns", options.columns, { min: 1, max: 1000 }),
    width: checkInteger(what, "width", options.width ?? 32, { min: 2, max: 1000 }),
  };
}

/**
 * What makes numbers light: 0 at the least of the range, 1 at the largest. Numbers that are all alike, and those that are none, are 0.
 *
 * @param all what is shown, where the options name no range
 */
export function readRange(what: string, range: unknown, all: Iterable<Float32Array>): (value: number) => number {
  let [least, largest] = [Infinity, -Infinity];
  if (range !== undefined) {
    const isRange = Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1];
    if (!isRange) {
      throw new TypeError(`Cannot ${what}: range must be [least, largest], got ${describeValue(range)}`);
    }
    [least, largest] = range as [number, number];
  } else {
    for (const numbers of all) {
      for (const value of numbers) {
        if (!Number.isFinite(value)) continue;
        if (value < least) least = value;
        if (value > largest) largest = value;
      }
    }
  }
  const length = largest - least;
  return (value) => length > 0 ? Math.min(Math.max((value - least) / length, 0), 1) || 0 : 0;
}
