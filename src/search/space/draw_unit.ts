import type { RandomStream } from "../../tensor/random_stream.ts";

/**
 * A number in [0, 1) with 53 random bits: two words of the stream. (A float32's 24 bits would repeat learning rates.)
 *
 * @param random The stream to take from.
 * @returns A multiple of 2^-53.
 */
export function drawUnit(random: RandomStream): number {
  const high = random.nextUint32() >>> 5;
  return (high * 0x4000000 + (random.nextUint32() >>> 6)) * 2 ** -53;
}
