const P1 = 0x9e3779b1 | 0;
const P2 = 0x85ebca77 | 0;
const P3 = 0xc2b2ae3d | 0;
const P4 = 0x27d4eb2f;
const P5 = 0x165667b1;

/**
 * The 32-bit xxHash of bytes: for each word of a lane, lane = rotl(lane + word · P2, 13) · P1, in four lanes that are mixed at the end.
 *
 * Every step can be undone, so a change within one word always changes the hash; any other is missed once in 2^32 times. It guards
 * against damage, not against an attacker.
 *
 * Source: https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 */
export function xxh32(bytes: Uint8Array, seed: number): number {
  if (bytes.byteOffset % 4 !== 0) bytes = bytes.slice();
  const length = bytes.byteLength;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, length >> 2);
  let hash = seed + P5 | 0;
  let i = 0;
  if (length >= 16) {
    let a = seed + P1 + P2 | 0;
    let b = seed + P2 | 0;
    let c = seed | 0;
    let d = seed - P1 | 0;
    for (const end = words.length & ~3; i < end; i += 4) {
      // Written out: the first file that a process opens is hashed before calls are inlined.
      a = a + Math.imul(words[i], P2) | 0;
      a = Math.imul(a << 13 | a >>> 19, P1);
      b = b + Math.imul(words[i + 1], P2) | 0;
      b = Math.imul(b << 13 | b >>> 19, P1);
      c = c + Math.imul(words[i + 2], P2) | 0;
      c = Math.imul(c << 13 | c >>> 19, P1);
      d = d + Math.imul(words[i + 3], P2) | 0;
      d = Math.imul(d << 13 | d >>> 19, P1);
    }
    hash = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
  }
  hash = hash + length | 0;
  for (; i < words.length; i++) hash = Math.imul(rotate(hash + Math.imul(words[i], P3), 17), P4);
  for (i *= 4; i < length; i++) hash = Math.imul(rotate(hash + Math.imul(bytes[i], P5), 11), P1);
  hash = Math.imul(hash ^ hash >>> 15, P2);
  hash = Math.imul(hash ^ hash >>> 13, P3);
  return (hash ^ hash >>> 16) >>> 0;
}

function rotate(x: number, by: number): number {
  return x << by | x >>> 32 - by;
}
