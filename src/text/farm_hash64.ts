const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;
const MASK = 0xffffffffffffffffn;

/**
 * The 64-bit fingerprint of FarmHash: what TensorFlow's `to_hash_bucket_fast` takes the remainder of.
 *
 * Source: https://github.com/google/farmhash, `Fingerprint64`
 */
export function farmHash64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { byteLength: length } = bytes;
  if (length <= 16) return hashTo16(view, length);
  if (length <= 32) return hashTo32(view, length);
  return length <= 64 ? hashTo64(view, length) : hashLong(view, length);
}

function hashTo16(view: DataView, length: number): bigint {
  const mul = wrap(K2 + BigInt(2 * length));
  if (length >= 8) {
    const a = wrap(read64(view, 0) + K2);
    const b = read64(view, length - 8);
    return mix(rotate(b, 37n) * mul + a, (rotate(a, 25n) + b) * mul, mul);
  }
  if (length >= 4) {
    const [a, b] = [view.getUint32(0, true), view.getUint32(length - 4, true)];
    return mix(BigInt(length) + (BigInt(a) << 3n), BigInt(b), mul);
  }
  if (length === 0) return K2;
  const y = BigInt(view.getUint8(0) + 256 * view.getUint8(length >> 1));
  const z = BigInt(length + 4 * view.getUint8(length - 1));
  return wrap(shiftMix(wrap(y * K2) ^ wrap(z * K0)) * K2);
}

function hashTo32(view: DataView, length: number): bigint {
  const mul = wrap(K2 + BigInt(2 * length));
  const a = wrap(read64(view, 0) * K1);
  const b = read64(view, 8);
  const c = wrap(read64(view, length - 8) * mul);
  const d = read64(view, length - 16) * K2;
  return mix(rotate(a + b, 43n) + rotate(c, 30n) + d, a + rotate(b + K2, 18n) + c, mul);
}

function hashTo64(view: DataView, length: number): bigint {
  const mul = wrap(K2 + BigInt(2 * length));
  const a = wrap(read64(view, 0) * K2);
  const b = read64(view, 8);
  const c = wrap(read64(view, length - 8) * mul);
  const d = read64(view, length - 16) * K2;
  const y = wrap(rotate(a + b, 43n) + rotate(c, 30n) + d);
  const z = mix(y, a + rotate(b + K2, 18n) + c, mul);
  const e = wrap(read64(view, 16) * mul);
  const f = read64(view, 24);
  const g = wrap((y + read64(view, length - 32)) * mul);
  const h = (z + read64(view, length - 24)) * mul;
  return mix(rotate(e + f, 43n) + rotate(g, 30n) + h, e + rotate(f + a, 18n) + g, mul);
}

function hashLong(view: DataView, length: number): bigint {
  let x = 81n;
  let y = wrap(x * K1 + 113n);
  let z = wrap(shiftMix(wrap(y * K2 + 113n)) * K2);
  let v: readonly [bigint, bigint] = [0n, 0n];
  let w: readonly [bigint, bigint] = [0n, 0n];
  x = wrap(x * K2 + read64(view, 0));
  const rest = (length - 1) & 63;
  const end = length - 1 - rest;
  /** One block of 64 bytes; the last one, which may overlap the one before, is mixed with other factors. */
  const block = (at: number, mul: bigint, nine: bigint): void => {
    x = wrap(rotate(x + y + v[0] + read64(view, at + 8), 37n) * mul);
    y = wrap(rotate(y + v[1] + read64(view, at + 48), 42n) * mul);
    x ^= wrap(w[1] * nine);
    y = wrap(y + v[0] * nine + read64(view, at + 40));
    z = wrap(rotate(z + w[0], 33n) * mul);
    v = mixBlock(view, at, v[1] * mul, x + w[0]);
    w = mixBlock(view, at + 32, z + w[1], y + read64(view, at + 16));
    [z, x] = [x, z];
  };
  for (let at = 0; at < end; at += 64) block(at, K1, 1n);
  const mul = wrap(K1 + ((z & 0xffn) << 1n));
  w = [wrap(w[0] + BigInt(rest)), w[1]];
  v = [wrap(v[0] + w[0]), v[1]];
  w = [wrap(w[0] + v[0]), w[1]];
  block(length - 64, mul, 9n);
  return mix(mix(v[0], w[0], mul) + shiftMix(y) * K0 + z, mix(v[1], w[1], mul) + x, mul);
}

function mixBlock(view: DataView, at: number, first: bigint, second: bigint): readonly [bigint, bigint] {
  const last = read64(view, at + 24);
  const start = wrap(first + read64(view, at));
  const sum = wrap(start + read64(view, at + 8) + read64(view, at + 16));
  const b = rotate(second + start + last, 21n) + rotate(sum, 44n);
  return [wrap(sum + last), wrap(b + start)];
}

function mix(u: bigint, v: bigint, mul: bigint): bigint {
  const [x, y] = [wrap(u), wrap(v)];
  const a = shiftMix(wrap((x ^ y) * mul));
  return wrap(shiftMix(wrap((y ^ a) * mul)) * mul);
}

function shiftMix(value: bigint): bigint {
  return value ^ value >> 47n;
}

function rotate(value: bigint, right: bigint): bigint {
  const x = wrap(value);
  return wrap(x >> right | x << 64n - right);
}

function read64(view: DataView, at: number): bigint {
  return view.getBigUint64(at, true);
}

function wrap(value: bigint): bigint {
  return value & MASK;
}
