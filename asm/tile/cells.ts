/**
 * One step of one row of the batch, of the cells of recurrent layers: forward, and backward through it.
 *
 * Activations are the kernels of formulas, called by their opcodes over spans of a row. `pre` takes what they are applied to, for derivatives that
 * need it. Only the elements of a row are written; up to three behind it are read.
 *
 * What flows back from step to step and is smaller than 2^-96 becomes 0: it would soon be subnormal, and 20 times as slow.
 */
import { madd } from "../simd/madd";
import { storeTail } from "../simd/tail";

/** What is smaller is taken for 0. */
const LEAST = memory.data<f32>([1.262177448353619e-29], 16);

/**
 * An activation in working memory, 16 words: its code, and the record of a kernel's call. A code is 0 for linear; else the opcode of a formula, plus
 * its scalars · 2^16, plus 2^24 where it reads x and 2^25 where it reads y, which derivatives say.
 */
let plain: usize = 0, gate: usize = 0, plainBack: usize = 0, gateBack: usize = 0;
/** Working memory of two gates, and of a row. */
let temp: usize = 0, line: usize = 0;
/** Elements of own scratch, besides 4 · units; src/ops/recurrent_geometry.ts has the number, too. */
export const CELL_WORK: i32 = 76;

/** Copies `bytes`, a multiple of 4; from the null address zeros. */
export function move(to: usize, from: usize, bytes: usize): void {
  const whole = bytes & ~15;
  let i: usize = 0;
  if (from) {
    for (; i < whole; i += 16) v128.store(to + i, v128.load(from + i));
    for (; i < bytes; i += 4) store<u32>(to + i, load<u32>(from + i));
  } else {
    for (; i < whole; i += 16) v128.store(to + i, i32x4.splat(0));
    for (; i < bytes; i += 4) store<u32>(to + i, 0);
  }
}

/** `inputs`: the addresses in the record that stand before the scalars. */
function setActivation(at: usize, code: i32, inputs: i32, s0: f32, s1: f32, s2: f32): void {
  store<i32>(at, code), store<i32>(at, code & 0xffff, 4);
  at += <usize>(inputs + (code >> 24 & 1) + (code >> 25 & 1)) << 2;
  store<f32>(at, s0, 8), store<f32>(at, s1, 12), store<f32>(at, s2, 16);
}

/** Sets the activations of the candidate and of the gates. */
export function setActivations(work: usize, units: i32, a: i32, a0: f32, a1: f32, a2: f32, g: i32, g0: f32, g1: f32, g2: f32): void {
  plain = work, gate = work + 64, line = work + 256, temp = line + (<usize>(units + 4) << 2);
  setActivation(plain, a, 2, a0, a1, a2);
  setActivation(gate, g, 2, g0, g1, g2);
}

/** Sets their derivatives. */
export function setDerivatives(work: usize, units: i32, a: i32, a0: f32, a1: f32, a2: f32, g: i32, g0: f32, g1: f32, g2: f32): void {
  plainBack = work + 128, gateBack = work + 192, line = work + 256, temp = line + (<usize>(units + 4) << 2);
  setActivation(plainBack, a, 2, a0, a1, a2);
  setActivation(gateBack, g, 2, g0, g1, g2);
}

/**
 * to = f(from), of n elements; or for a derivative to = to · f′, where x is what f is applied to and y its value. Formulas write whole vectors:
 * what has a broken one goes by way of temp.
 */
function apply(f: usize, to: usize, from: usize, x: usize, y: usize, n: i32): void {
  const code = load<i32>(f), bytes = <usize>n << 2;
  if (code == 0) {
    if (to != from) move(to, from, bytes);
    return;
  }
  const target = n & 3 ? temp : to;
  store<usize>(f, target, 8), store<usize>(f, from, 12);
  let p = f + 16;
  if (code & 0x1000000) store<usize>(p, x), p += 4;
  if (code & 0x2000000) store<usize>(p, y), p += 4;
  store<i32>(p + (<usize>(code >> 16 & 3) << 2), n);
  call_indirect<usize>(code & 0xffff, f + 4);
  if (target != to) move(to, temp, bytes);
}

// @ts-ignore: decorator
@inline
function flush(v: v128): v128 {
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), v128.load32_splat(LEAST)));
}

function putTail(p: usize, v: v128, rest: i32): void {
  storeTail(p, v, rest);
}

/** Stores the first `rest` lanes, or all four. */
// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, rest: i32): void {
  if (rest >= 4) v128.store(p, v);
  else putTail(p, v, rest);
}

/** dh = what flows back to the output, dh and dy; null for no dy. */
function gather(dh: usize, dy: usize, units: i32): void {
  for (let rest = units; rest > 0; rest -= 4, dh += 16) {
    let d = v128.load(dh);
    if (dy) d = f32x4.add(d, v128.load(dy)), dy += 16;
    put(dh, flush(d), rest);
  }
}

/** c and h of the step before become those of this one; b holds i, f, c̃ and o before their activations. */
export function lstmStep(b: usize, c: usize, h: usize, y: usize, gates: usize, pre: usize, cells: usize, units: i32): void {
  const size = <usize>units << 2;
  if (pre) move(pre, b, size << 2);
  const to = gates ? gates : b;
  apply(gate, to, b, 0, 0, 2 * units);
  apply(plain, to + 2 * size, b + 2 * size, 0, 0, units);
  apply(gate, to + 3 * size, b + 3 * size, 0, 0, units);
  let p = to, q = c;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16) {
    put(q, madd(v128.load(p + size), v128.load(q), f32x4.mul(v128.load(p), v128.load(p + 2 * size))), rest);
  }
  apply(plain, line, c, 0, 0, units);
  p = to + 3 * size, q = line;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16, h += 16) {
    const out = f32x4.mul(v128.load(p), v128.load(q));
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
  }
  if (cells) move(cells, c, size);
}

/** dc becomes that of the step before, dh is 0 then: the product of dz adds to it. `cells` is c of this step, `before` of the one before. */
export function lstmStepBack(dz: usize, dh: usize, dc: usize, dy: usize, gates: usize, pre: usize, cells: usize, before: usize, units: i32): void {
  const size = <usize>units << 2;
  gather(dh, dy, units);
  apply(plain, line, cells, 0, 0, units);
  let p = gates, q = dz, a = line, d = dh;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16, a += 16, d += 16) {
    const v = v128.load(d);
    put(q, f32x4.mul(v, v128.load(p + 3 * size)), rest), put(q + 3 * size, f32x4.mul(v, v128.load(a)), rest);
  }
  apply(plainBack, dz, dz, cells, line, units);
  p = gates, q = dz, d = dh;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16, d += 16, dc += 16) {
    const e = flush(f32x4.add(v128.load(dc), v128.load(q)));
    let last = i32x4.splat(0);
    if (before) last = v128.load(before), before += 16;
    put(q, f32x4.mul(e, v128.load(p + 2 * size)), rest), put(q + size, f32x4.mul(e, last), rest);
    put(q + 2 * size, f32x4.mul(e, v128.load(p)), rest);
    put(dc, f32x4.mul(e, v128.load(p + size)), rest), put(d, i32x4.splat(0), rest);
  }
  apply(gateBack, dz, dz, pre, gates, 2 * units);
  apply(plainBack, dz + 2 * size, dz + 2 * size, pre + 2 * size, gates + 2 * size, units);
  apply(gateBack, dz + 3 * size, dz + 3 * size, pre + 3 * size, gates + 3 * size, units);
}

/** h of the step before becomes that of this one; b holds what the activation is applied to. */
export function simpleStep(b: usize, h: usize, y: usize, gates: usize, pre: usize, units: i32): void {
  const size = <usize>units << 2;
  if (pre) move(pre, b, size);
  apply(plain, h, b, 0, 0, units);
  if (y) move(y, h, size);
  if (gates) move(gates, h, size);
}

/** dh is 0 then: the product of dz adds to it. */
export function simpleStepBack(dz: usize, dh: usize, dy: usize, gates: usize, pre: usize, units: i32): void {
  const size = <usize>units << 2;
  gather(dh, dy, units);
  move(dz, dh, size);
  apply(plainBack, dz, dz, pre, gates, units);
  move(dh, 0, size);
}

/**
 * Of a GRU that resets before the product: z and r take the place of what b holds for them, and q becomes r · h. `from` is h as it enters the
 * product.
 */
export function gruGates(b: usize, from: usize, q: usize, pre: usize, units: i32): void {
  const size = <usize>units << 2;
  if (pre) move(pre, b, 2 * size);
  apply(gate, b, b, 0, 0, 2 * units);
  b += size;
  for (let rest = units; rest > 0; rest -= 4, b += 16, from += 16, q += 16) {
    put(q, f32x4.mul(v128.load(b), v128.load(from)), rest);
  }
}

/**
 * h of the step before becomes that of this one. b holds h · U + bias, z the projection of x; or without z, b holds what gruGates has left, and
 * for the candidate the sum of both. `inner` takes what r is multiplied with, h · U; without z, q = r · h.
 */
export function gruStep(b: usize, z: usize, q: usize, h: usize, y: usize, gates: usize, pre: usize, inner: usize, units: i32): void {
  const size = <usize>units << 2, x = b + 2 * size;
  let p = b;
  if (inner) move(inner, z ? x : q, size);
  if (z) {
    let from = z;
    for (let rest = 2 * units; rest > 0; rest -= 4, p += 16, from += 16) {
      put(p, f32x4.add(v128.load(p), v128.load(from)), rest);
    }
    if (pre) move(pre, b, 2 * size);
    apply(gate, b, b, 0, 0, 2 * units);
    p = x, from = z + 2 * size;
    for (let rest = units; rest > 0; rest -= 4, p += 16, from += 16) {
      put(p, madd(v128.load(p - size), v128.load(p), v128.load(from)), rest);
    }
  }
  if (pre) move(pre + 2 * size, x, size);
  apply(plain, x, x, 0, 0, units);
  if (gates) move(gates, b, 3 * size);
  p = b;
  for (let rest = units; rest > 0; rest -= 4, p += 16, h += 16) {
    const a = v128.load(p + 2 * size), out = madd(v128.load(p), f32x4.sub(v128.load(h), a), a);
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
  }
}

/**
 * dh becomes what flows past the product. `before` is h of the step before, `inner` what gruStep has kept. With `di` this is all: it becomes what
 * flows to h · U + bias; without, dz of r is left to gruGatesBack.
 */
export function gruStepBack(dz: usize, di: usize, dh: usize, dy: usize, gates: usize, pre: usize, inner: usize, before: usize, units: i32): void {
  const size = <usize>units << 2;
  gather(dh, dy, units);
  let p = gates, q = dz;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16, dh += 16, before += 16) {
    const d = v128.load(dh), past = f32x4.mul(d, v128.load(p));
    put(q + 2 * size, f32x4.sub(d, past), rest), put(dh, past, rest);
    put(q, f32x4.mul(d, f32x4.sub(v128.load(before), v128.load(p + 2 * size))), rest);
  }
  apply(plainBack, dz + 2 * size, dz + 2 * size, pre + 2 * size, gates + 2 * size, units);
  if (!di) {
    apply(gateBack, dz, dz, pre, gates, units);
    return;
  }
  p = gates + size, q = dz + size;
  let to = di + 2 * size;
  for (let rest = units; rest > 0; rest -= 4, p += 16, q += 16, to += 16, inner += 16) {
    const da = v128.load(q + size);
    put(q, f32x4.mul(da, v128.load(inner)), rest), put(to, f32x4.mul(da, v128.load(p)), rest);
  }
  apply(gateBack, dz, dz, pre, gates, 2 * units);
  move(di, dz, 2 * size);
}

/** p, what flows to q, becomes what flows to h by way of it; dz of r. `drop` may be null. */
export function gruGatesBack(dz: usize, p: usize, gates: usize, pre: usize, before: usize, drop: usize, units: i32): void {
  const size = <usize>units << 2;
  let q = dz + size, r = gates + size;
  for (let rest = units; rest > 0; rest -= 4, q += 16, p += 16, r += 16, before += 16) {
    const dq = v128.load(p);
    let h = v128.load(before);
    if (drop) h = f32x4.mul(h, v128.load(drop)), drop += 16;
    put(q, f32x4.mul(dq, h), rest), put(p, f32x4.mul(dq, v128.load(r)), rest);
  }
  apply(gateBack, dz + size, dz + size, pre + size, gates + size, units);
}
