/** Pixels at a time. */
const PART = 4096;
/** What is in work, before it becomes numbers; nothing is kept from call to call. */
const words = new Int32Array(PART * 3 / 4);
const bytes = new Uint8Array(words.buffer);

/**
 * Writes red, green and blue of pixels that have alpha, too.
 *
 * Four pixels at a time are put together as three words, and bytes become numbers by `set`: 2.5 times as fast as byte by byte.
 *
 * @param from Four bytes a pixel.
 * @param into Where three numbers a pixel go, from `at` on.
 */
export function dropAlpha(from: Uint8Array | Uint8ClampedArray, into: Float32Array | Uint8Array, at: number): void {
  let i = 0;
  if (from.byteOffset % 4 === 0) {
    const pixels = new Int32Array(from.buffer, from.byteOffset, from.length >> 2);
    while (i + 3 < pixels.length) {
      const end = Math.min(pixels.length - 3, i + PART);
      let count = 0;
      for (; i < end; i += 4) {
        const b = pixels[i + 1];
        const c = pixels[i + 2];
        words[count] = pixels[i] & 0xffffff | b << 24;
        words[count + 1] = b >>> 8 & 0xffff | c << 16;
        words[count + 2] = c >>> 16 & 0xff | pixels[i + 3] << 8;
        count += 3;
      }
      into.set(bytes.subarray(0, count * 4), at);
      at += count * 4;
    }
  }
  for (i *= 4; i < from.length; i += 4) {
    into[at++] = from[i];
    into[at++] = from[i + 1];
    into[at++] = from[i + 2];
  }
}
