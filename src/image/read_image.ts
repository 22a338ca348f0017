import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { convertPixels } from "../tensor/convert_pixels.ts";
import { Tensor } from "../tensor/tensor.ts";
import { CHANNELS, type ColorMode, readColorMode } from "./color_mode.ts";
import { decodeImage } from "./decode_image.ts";

/** Options of `readImage`. */
export interface ReadImageOptions {
  /**
   * What a pixel has: `"rgb"`, `"rgba"` or `"grayscale"`. Default `"rgb"`.
   *
   * Alpha is dropped where it is not asked for, and 255 where the file has none. Grey is 0.299·red + 0.587·green + 0.114·blue in whole numbers.
   */
  colorMode?: ColorMode;
  /** The most pixels that an image may have, an integer >= 1. Default 2^24, 16.8 million: 4,096 × 4,096. */
  maxPixels?: number;
}

/** The most pixels by default. */
export const MAX_PIXELS: number = 2 ** 24;

/**
 * Reads an image, a PNG or JPEG file, into a tensor [height, width, channels] of whole numbers from 0 to 255.
 *
 * In browsers the platform unpacks it, elsewhere fast-png and MozJPEG, which are loaded when the first image is read. Platforms may round
 * the colours of a JPEG file otherwise, by a few steps of 255, and where alpha is 0 the colours are lost. A picture is not turned as its
 * Exif data say, as in Keras. Bits: 1, 2 and 4 a sample are stretched over 0 to 255, of 16 the upper 8 are kept. Of an animated PNG the first
 * picture is read. CMYK, arithmetic coding and lossless JPEG are refused, and interlaced PNG of less than 8 bits.
 *
 * ```ts ignore
 * import { readImage } from "retroprop/image";
 *
 * const image = await readImage(await Deno.readFile("cat.jpg"));
 * image.shape; // [480, 640, 3]
 * model.predict([image]);
 * ```
 *
 * @param bytes The content of the file.
 * @param options What a pixel has, and how large the image may be.
 * @returns The tensor.
 * @throws {FileFormatError} If the content is no such file, is damaged, or has more pixels than allowed, which its header tells before
 *   anything is allocated.
 * @throws {TypeError | RangeError} If an option is unknown or out of range, or it is given no bytes.
 */
export async function readImage(
  bytes: Uint8Array | ArrayBuffer,
  options: ReadImageOptions = {},
): Promise<Tensor> {
  const what = "read image";
  checkOptions(what, options, ["colorMode", "maxPixels"]);
  const wanted = CHANNELS[readColorMode(what, options.colorMode)];
  const maxPixels = checkInteger(what, "maxPixels", options.maxPixels ?? MAX_PIXELS, { min: 1 });
  const given = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes;
  if (!(given instanceof Uint8Array)) {
    throw new TypeError(
      `Cannot ${what}: it takes the bytes of a file, a Uint8Array or an ArrayBuffer, got ${describeValue(bytes)}`,
    );
  }
  const { data, width, height, channels } = await decodeImage(given, {
    task: `Cannot ${what}`,
    maxPixels,
    wantsAlpha: wanted === 4,
  });
  const numbers = new Float32Array(width * height * wanted);
  convertPixels(data, channels, numbers, wanted);
  return new Tensor(numbers, [height, width, wanted]);
}
