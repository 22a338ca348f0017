import { dropAlpha } from "./drop_alpha.ts";

/** How many numbers a pixel has: grey; red, green, blue; or these and alpha. */
export type Channels = 1 | 3 | 4;

/**
 * Writes the pixels of an image with the channels that are asked for. Values stay from 0 to 255, and whole.
 *
 * - 4 of 4, 3 of 3, 1 of 1: as they are.
 * - 3 of 4: alpha is dropped, as by `tf.browser.fromPixels`; what is behind a transparent pixel is not mixed in.
 * - 1 of 3 or 4: grey is (19595·red + 38470·green + 7471·blue + 32768) >> 16, that is 0.299·red + 0.587·green + 0.114·blue (ITU-R BT.601),
 *   rounded as Pillow rounds it.
 * - 3 or 4 of 1: three equal ones, and alpha 255; 4 of 3: alpha 255.
 *
 * @param from The bytes of the image, pixel by pixel.
 * @param has How many a pixel has in it.
 * @param into Where they go.
 * @param wanted How many a pixel is to have.
 * @param at Where in `into` the first pixel goes. Default 0.
 */
export function convertPixels(
  from: Uint8Array | Uint8ClampedArray,
  has: Channels,
  into: Float32Array | Uint8Array,
  wanted: Channels,
  at: number = 0,
): void {
  if (has === wanted) return into.set(from, at);
  if (has === 4 && wanted === 3) return dropAlpha(from, into, at);
  const end = from.length;
  if (wanted === 1) {
    for (let i = 0; i < end; i += has) {
      into[at++] = (19595 * from[i] + 38470 * from[i + 1] + 7471 * from[i + 2] + 32768) >> 16;
    }
    return;
  }
  const [green, blue] = has === 1 ? [0, 0] : [1, 2];
  for (let i = 0; i < end; i += has) {
    into[at] = from[i];
    into[at + 1] = from[i + green];
    into[at + 2] = from[i + blue];
    if (wanted === 4) into[at + 3] = 255;
    at += wanted;
  }
}
