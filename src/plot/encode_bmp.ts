import type { Panel } from "./panel.ts";

const HEADER = 54;

/** A picture as a BMP file of 24 bits a pixel, which needs no packing: rows from the bottom up, blue, green and red. */
export function encodeBmp({ height, width, channels, pixels }: Panel): Uint8Array {
  const row = Math.ceil(width * 3 / 4) * 4;
  const bytes = new Uint8Array(HEADER + row * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEADER, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = HEADER + (height - 1 - y) * row + 3 * x;
      for (let k = 0; k < 3; k++) bytes[to + 2 - k] = Math.round(255 * pixels[from + (channels === 1 ? 0 : k)]);
    }
  }
  return bytes;
}
