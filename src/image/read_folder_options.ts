import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Channels } from "../tensor/convert_pixels.ts";
import { CHANNELS, type ColorMode, readColorMode } from "./color_mode.ts";
import { MAX_PIXELS } from "./read_image.ts";
import type { Interpolation, Resizing } from "./resize_pixels.ts";

/** Options of `imageFolder`. */
export interface ImageFolderOptions {
  /** Images in a batch, an integer >= 1; the last batch of an epoch may have fewer. Default 32. */
  batchSize?: number;
  /** The size that all images get, [height, width]. Without it they must have one size. */
  imageSize?: readonly [height: number, width: number];
  /** How they get it: `"bilinear"`, the default, between the centres of pixels, or `"nearest"`. */
  interpolation?: Interpolation;
  /** Whether an image is first cut, about its centre, to the aspect ratio of `imageSize`. Default false: it is stretched. */
  cropToAspectRatio?: boolean;
  /** What a pixel has: `"rgb"`, the default, `"rgba"` or `"grayscale"`. */
  colorMode?: ColorMode;
  /**
   * What labels are: `"int"`, the default, the number of the class; `"categorical"`, a row with a 1 at it; `"binary"`, 0 or 1 as a row of one
   * number, for two classes.
   */
  labelMode?: "int" | "categorical" | "binary";
  /** The names of the class folders, in the order of their classes. Default: all, sorted. */
  classNames?: readonly string[];
  /** Whether each epoch has an order of its own, a function of `seed` and the number of the epoch. Default true. */
  shuffle?: boolean;
  /** Fixes the orders and the split, an integer from 0 to 2^53 − 1. Default 0. */
  seed?: number;
  /** The share of images for validation, above 0 and below 1; goes with `subset`. */
  validationSplit?: number;
  /** Which part of a split it is: `"training"` or `"validation"`. */
  subset?: "training" | "validation";
  /** Whether all images are read at once and kept, in memory, instead of in each epoch. Default false. */
  cache?: boolean;
  /** 1, the default, shows a bar in a terminal while `cache` takes longer than a second; 0 shows nothing. */
  verbose?: 0 | 1;
  /** The most pixels that an image may have. Default 2^24. */
  maxPixels?: number;
}

/** The options, checked and complete. */
export interface FolderSettings {
  readonly batchSize: number;
  readonly resizing: Resizing | null;
  readonly channels: Channels;
  readonly labelMode: "int" | "categorical" | "binary";
  readonly classNames: readonly string[] | undefined;
  readonly shuffle: boolean;
  readonly seed: number;
  readonly split: number | null;
  readonly subset: "training" | "validation";
  readonly cache: boolean;
  readonly verbose: number;
  readonly maxPixels: number;
}

const NAMES = [
  "batchSize",
  "imageSize",
  "interpolation",
  "cropToAspectRatio",
  "colorMode",
  "labelMode",
  "classNames",
  "shuffle",
  "seed",
  "validationSplit",
  "subset",
  "cache",
  "verbose",
  "maxPixels",
] as const;

/**
 * Checks the options of `imageFolder`.
 *
 * @throws {TypeError | RangeError} If one is unknown, out of range, or does not go with another.
 */
export function readFolderOptions(what: string, options: ImageFolderOptions): FolderSettings {
  checkOptions(what, options, NAMES);
  const { classNames, validationSplit, subset } = options;
  if (
    classNames !== undefined && !(Array.isArray(classNames) && classNames.every((name) => typeof name === "string"))
  ) {
    throw new TypeError(`Cannot ${what}: classNames must be an array of strings, got ${describeValue(classNames)}`);
  }
  if ((validationSplit === undefined) !== (subset === undefined)) {
    throw new TypeError(
      `Cannot ${what}: validationSplit and subset go together, got ${describeValue(validationSplit)} and ` +
        describeValue(subset),
    );
  }
  return {
    batchSize: checkInteger(what, "batchSize", options.batchSize ?? 32, { min: 1 }),
    resizing: readResizing(what, options),
    channels: CHANNELS[readColorMode(what, options.colorMode)],
    labelMode: checkString(what, "labelMode", options.labelMode ?? "int", ["int", "categorical", "binary"]),
    classNames: classNames?.slice(),
    shuffle: checkBoolean(what, "shuffle", options.shuffle ?? true),
    seed: checkInteger(what, "seed", options.seed ?? 0, { min: 0 }),
    split: validationSplit === undefined
      ? null
      : checkNumber(what, "validationSplit", validationSplit, { minExclusive: 0, maxExclusive: 1 }),
    subset: checkString(what, "subset", subset ?? "training", ["training", "validation"]),
    cache: checkBoolean(what, "cache", options.cache ?? false),
    verbose: checkInteger(what, "verbose", options.verbose ?? 1, { min: 0, max: 1 }),
    maxPixels: checkInteger(what, "maxPixels", options.maxPixels ?? MAX_PIXELS, { min: 1 }),
  };
}

function readResizing(what: string, options: ImageFolderOptions): Resizing | null {
  const { imageSize } = options;
  const interpolation = checkString(what, "interpolation", options.interpolation ?? "bilinear", [
    "bilinear",
    "nearest",
  ]);
  const crops = checkBoolean(what, "cropToAspectRatio", options.cropToAspectRatio ?? false);
  if (imageSize === undefined) {
    const odd = (["interpolation", "cropToAspectRatio"] as const).find((name) => options[name] !== undefined);
    if (odd === undefined) return null;
    throw new TypeError(`Cannot ${what}: ${odd} goes with imageSize only`);
  }
  if (!Array.isArray(imageSize) || imageSize.length !== 2) {
    throw new TypeError(`Cannot ${what}: imageSize must be [height, width], got ${describeValue(imageSize)}`);
  }
  const most = { min: 1, max: 65536 };
  return {
    height: checkInteger(what, "the height of imageSize", imageSize[0], most),
    width: checkInteger(what, "the width of imageSize", imageSize[1], most),
    interpolation,
    crops,
  };
}
