import { describeValue } from "../errors/describe_value.ts";

/**
 * An image as canvases give it, `ImageData`: rows from top to bottom, pixels from left to right, each as red, green, blue and alpha from 0 to
 * 255, not multiplied by alpha.
 */
export interface PixelData {
  /** width · height · 4 bytes: a Uint8ClampedArray or a Uint8Array. */
  readonly data: ArrayLike<number>;
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/**
 * Whether a value is an image as canvases give it.
 *
 * @param value Anything.
 * @param name What the data are called in errors: `x`.
 * @throws {TypeError} If it has a width and a height, but not the bytes of as many pixels.
 */
export function isPixelData(
  value: unknown,
  name: string,
): value is PixelData & { readonly data: Uint8Array | Uint8ClampedArray } {
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  const { data, width, height, shape } = value as Partial<PixelData> & { readonly shape?: unknown };
  if (shape !== undefined || data === undefined || width === undefined || height === undefined) return false;
  const isCount = (side: unknown): boolean => Number.isSafeInteger(side) && side as number > 0;
  const isBytes = data instanceof Uint8ClampedArray || data instanceof Uint8Array;
  if (isBytes && isCount(width) && isCount(height) && data.length === width * height * 4) return true;
  const found = isBytes ? `${data.length} bytes` : describeValue(data);
  throw new TypeError(
    `Cannot read ${name}: an image { data, width, height } must have width * height * 4 bytes, red, green, blue and alpha ` +
      `of every pixel, got ${describeValue(width)} * ${describeValue(height)} and ${found}`,
  );
}
