const MASK = 0xffffffffffffffffn;

/**
 * SipHash-2-4 of bytes, with a key of two 64-bit numbers: what TensorFlow's `to_hash_bucket_strong` takes the remainder of.
 *
 * Source: Aumasson and Bernstein, SipHash: a fast short-input PRF, https://www.aumasson.jp/siphash/siphash.pdf
 */
export function sipHash64(bytes: Uint8Array, key: readonly [bigint, bigint]): bigint {
  const [k0, k1] = key;
  let v0 = k0 ^ 0x736f6d6570736575n;
  let v1 = k1 ^ 0x646f72616e646f6dn;
  let v2 = k0 ^ 0x6c7967656e657261n;
  let v3 = k1 ^ 0x7465646279746573n;
  const round = (): void => {
    v0 = v0 + v1 & MASK;
    v1 = rotate(v1, 13n) ^ v0;
    v0 = rotate(v0, 32n);
    v2 = v2 + v3 & MASK;
    v3 = rotate(v3, 16n) ^ v2;
    v0 = v0 + v3 & MASK;
    v3 = rotate(v3, 21n) ^ v0;
    v2 = v2 + v1 & MASK;
    v1 = rotate(v1, 17n) ^ v2;
    v2 = rotate(v2, 32n);
  };
  const take = (word: bigint): void => {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { byteLength: length } = bytes;
  const end = length - length % 8;
  for (let at = 0; at < end; at += 8) take(view.getBigUint64(at, true));
  let last = BigInt(length & 255) << 56n;
  for (let at = end; at < length; at++) last |= BigInt(bytes[at]) << BigInt(8 * (at - end));
  take(last);
  v2 ^= 0xffn;
  for (let i = 0; i < 4; i++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

function rotate(x: bigint, left: bigint): bigint {
  return (x << left | x >> 64n - left) & MASK;
}
