import type { Channels } from "../tensor/convert_pixels.ts";

/** An image, unpacked: 8 bits a number, row by row. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  /** Numbers a pixel. */
  readonly channels: Channels;
}
