/**
 * One step of one row of the batch, of the cells of recurrent layers: forward, and backward through it.
 *
 * Activations are kernels of formulas, called by their numbers on four elements of working memory; tanh and sigmoid, as by default, are
 * compiled in. `pre` takes what the activations are applied to, for derivatives that need it. Only the elements of a row are written; up to
 * three behind it are read.
 *
 * What flows back from step to step and is smaller than 2^-96 becomes 0: it would soon be subnormal, and 20 times as slow.
 */
import { madd } from "../simd/madd";
import { sigmoid } from "../simd/sigmoid";
import { storeTail } from "../simd/tail";
import { tanh } from "../simd/tanh";

/** 0: one; 1: what is smaller is taken for 0. */
const CONSTANTS = memory.data<f32>([1, 1.262177448353619e-29], 16);

/**
 * An activation in working memory, 16 words: its code and three scalars, then a record of a kernel's call. A code is −1 for tanh or sigmoid, 0
 * for linear; else the opcode of a formula, plus its scalars · 2^16, plus 2^24 where it reads x and 2^25 where it reads y.
 */
let plain: usize = 0, gate: usize = 0, plainBack: usize = 0, gateBack: usize = 0;
/** Working memory of 12 elements: what the formulas are applied to. */
let temp: usize = 0;
/** Own scratch of the cells, in elements; src/ops/recurrent_geometry.ts has the number, too. */
export const CELL_WORK: i32 = 76;

function setActivation(at: usize, code: i32, s0: f32, s1: f32, s2: f32): void {
  store<i32>(at, code), store<f32>(at, s0, 4), store<f32>(at, s1, 8), store<f32>(at, s2, 12);
}

/** Sets the activations of the candidate and of the gates. */
export function setActivations(work: usize, a: i32, a0: f32, a1: f32, a2: f32, g: i32, g0: f32, g1: f32, g2: f32): void {
  temp = work, plain = work + 48, gate = work + 112;
  setActivation(plain, a, a0, a1, a2);
  setActivation(gate, g, g0, g1, g2);
}

/** Sets their derivatives. */
export function setDerivatives(work: usize, a: i32, a0: f32, a1: f32, a2: f32, g: i32, g0: f32, g1: f32, g2: f32): void {
  temp = work, plainBack = work + 176, gateBack = work + 240;
  setActivation(plainBack, a, a0, a1, a2);
  setActivation(gateBack, g, g0, g1, g2);
}

/** Calls a formula on the four elements at temp; dy, x and y lie there, of which it reads what its code says. */
function callFormula(activation: usize, code: i32): v128 {
  let p = activation + 16;
  store<usize>(p, temp, 4), store<usize>(p, temp, 8), p += 12;
  if (code & 0x1000000) store<usize>(p, temp + 16), p += 4;
  if (code & 0x2000000) store<usize>(p, temp + 32), p += 4;
  for (let i: usize = 0; i < <usize>(code >> 16 & 3) << 2; i += 4) store<u32>(p, load<u32>(activation + i, 4)), p += 4;
  store<i32>(p, 4);
  call_indirect<usize>(code & 0xffff, activation + 16);
  return v128.load(temp);
}

/** a(x) of the candidate. */
function act(x: v128): v128 {
  const code = load<i32>(plain);
  if (code < 0) return tanh(x);
  if (code == 0) return x;
  v128.store(temp, x);
  return callFormula(plain, code);
}

/** g(x) of a gate. */
function open(x: v128): v128 {
  const code = load<i32>(gate);
  if (code < 0) return sigmoid(x);
  if (code == 0) return x;
  v128.store(temp, x);
  return callFormula(gate, code);
}

/** dy times the derivative at x, where the value is y. */
function otherBack(activation: usize, code: i32, dy: v128, x: v128, y: v128): v128 {
  if (code == 0) return dy;
  v128.store(temp, dy), v128.store(temp, x, 16), v128.store(temp, y, 32);
  return callFormula(activation, code);
}

/** dy · a′; `pre` is null where x is not needed. */
function actBack(dy: v128, pre: usize, y: v128): v128 {
  const code = load<i32>(plainBack);
  if (code < 0) return f32x4.mul(dy, f32x4.sub(v128.load32_splat(CONSTANTS), f32x4.mul(y, y)));
  return otherBack(plainBack, code, dy, pre ? v128.load(pre) : y, y);
}

/** dy · g′ */
function openBack(dy: v128, pre: usize, y: v128): v128 {
  const code = load<i32>(gateBack);
  if (code < 0) return f32x4.mul(dy, f32x4.mul(y, f32x4.sub(v128.load32_splat(CONSTANTS), y)));
  return otherBack(gateBack, code, dy, pre ? v128.load(pre) : y, y);
}

// @ts-ignore: decorator
@inline
function flush(v: v128): v128 {
  return v128.andnot(v, f32x4.lt(f32x4.abs(v), v128.load32_splat(CONSTANTS, 4)));
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

/** c and h of the step before become those of this one; b holds i, f, c̃ and o before their activations. */
export function lstmStep(b: usize, c: usize, h: usize, y: usize, gates: usize, pre: usize, cells: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const zi = v128.load(b), zf = v128.load(b + size), zg = v128.load(b + 2 * size), zo = v128.load(b + 3 * size);
    const i = open(zi), f = open(zf), g = act(zg), o = open(zo);
    const cell = madd(f, v128.load(c), f32x4.mul(i, g)), out = f32x4.mul(o, act(cell));
    put(c, cell, rest), put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    if (gates) {
      put(gates, i, rest), put(gates + size, f, rest), put(gates + 2 * size, g, rest), put(gates + 3 * size, o, rest);
      put(cells, cell, rest);
      gates += 16, cells += 16;
    }
    if (pre) {
      put(pre, zi, rest), put(pre + size, zf, rest), put(pre + 2 * size, zg, rest), put(pre + 3 * size, zo, rest);
      pre += 16;
    }
    b += 16, c += 16, h += 16;
  }
}

/** dc becomes that of the step before, dh is 0 then: the product of dz adds to it. `cells` is c of this step, `before` of the one before. */
export function lstmStepBack(dz: usize, dh: usize, dc: usize, dy: usize, gates: usize, pre: usize, cells: usize, before: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const i = v128.load(gates), f = v128.load(gates + size), g = v128.load(gates + 2 * size), o = v128.load(gates + 3 * size);
    const a = act(v128.load(cells));
    let d = v128.load(dh), last = i32x4.splat(0);
    if (dy) d = f32x4.add(d, v128.load(dy)), dy += 16;
    if (before) last = v128.load(before), before += 16;
    d = flush(d);
    const e = flush(f32x4.add(v128.load(dc), actBack(f32x4.mul(d, o), cells, a)));
    put(dz, openBack(f32x4.mul(e, g), pre, i), rest);
    put(dz + size, openBack(f32x4.mul(e, last), pre ? pre + size : 0, f), rest);
    put(dz + 2 * size, actBack(f32x4.mul(e, i), pre ? pre + 2 * size : 0, g), rest);
    put(dz + 3 * size, openBack(f32x4.mul(d, a), pre ? pre + 3 * size : 0, o), rest);
    put(dc, f32x4.mul(e, f), rest), put(dh, i32x4.splat(0), rest);
    if (pre) pre += 16;
    dz += 16, dh += 16, dc += 16, gates += 16, cells += 16;
  }
}

/** h of the step before becomes that of this one; b holds what the activation is applied to. */
export function simpleStep(b: usize, h: usize, y: usize, gates: usize, pre: usize, units: i32): void {
  for (let rest = units; rest > 0; rest -= 4) {
    const z = v128.load(b), out = act(z);
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    if (gates) put(gates, out, rest), gates += 16;
    if (pre) put(pre, z, rest), pre += 16;
    b += 16, h += 16;
  }
}

/** dh is 0 then: the product of dz adds to it. */
export function simpleStepBack(dz: usize, dh: usize, dy: usize, gates: usize, pre: usize, units: i32): void {
  for (let rest = units; rest > 0; rest -= 4) {
    let d = v128.load(dh);
    if (dy) d = f32x4.add(d, v128.load(dy)), dy += 16;
    put(dz, actBack(flush(d), pre, v128.load(gates)), rest), put(dh, i32x4.splat(0), rest);
    if (pre) pre += 16;
    dz += 16, dh += 16, gates += 16;
  }
}

/**
 * Of a GRU that resets before the product: z and r take the place of what b holds for them, and q becomes r · h. `from` is h as it enters the
 * product.
 */
export function gruGates(b: usize, from: usize, q: usize, pre: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const zz = v128.load(b), zr = v128.load(b + size), r = open(zr);
    if (pre) put(pre, zz, rest), put(pre + size, zr, rest), pre += 16;
    put(b, open(zz), rest), put(b + size, r, rest), put(q, f32x4.mul(r, v128.load(from)), rest);
    b += 16, from += 16, q += 16;
  }
}

/**
 * h of the step before becomes that of this one. b holds h · U + bias, z the projection of x; or without z, b holds what gruGates has left, and
 * for the candidate the sum of both. `inner` takes what r is multiplied with, h · U; without z, q = r · h.
 */
export function gruStep(b: usize, z: usize, q: usize, h: usize, y: usize, gates: usize, pre: usize, inner: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    let u = v128.load(b), r = v128.load(b + size), x = v128.load(b + 2 * size), n = x;
    if (z) {
      u = f32x4.add(u, v128.load(z)), r = f32x4.add(r, v128.load(z + size));
      if (pre) put(pre, u, rest), put(pre + size, r, rest);
      u = open(u), r = open(r), x = madd(r, n, v128.load(z + 2 * size));
      z += 16;
    } else {
      n = v128.load(q), q += 16;
    }
    const a = act(x), out = madd(u, f32x4.sub(v128.load(h), a), a);
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    if (gates) {
      put(gates, u, rest), put(gates + size, r, rest), put(gates + 2 * size, a, rest), put(inner, n, rest);
      gates += 16, inner += 16;
    }
    if (pre) put(pre + 2 * size, x, rest), pre += 16;
    b += 16, h += 16;
  }
}

/**
 * dh becomes what flows past the product. `before` is h of the step before, `inner` what gruStep has kept. With `di` this is all: it becomes what
 * flows to h · U + bias; without, dz of r is left to gruGatesBack.
 */
export function gruStepBack(dz: usize, di: usize, dh: usize, dy: usize, gates: usize, pre: usize, inner: usize, before: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const z = v128.load(gates), r = v128.load(gates + size), a = v128.load(gates + 2 * size);
    let d = v128.load(dh);
    if (dy) d = f32x4.add(d, v128.load(dy)), dy += 16;
    d = flush(d);
    const past = f32x4.mul(d, z);
    const da = actBack(f32x4.sub(d, past), pre ? pre + 2 * size : 0, a);
    const du = openBack(f32x4.mul(d, f32x4.sub(v128.load(before), a)), pre, z);
    put(dz, du, rest), put(dz + 2 * size, da, rest), put(dh, past, rest);
    if (di) {
      const dr = openBack(f32x4.mul(da, v128.load(inner)), pre ? pre + size : 0, r);
      put(dz + size, dr, rest), put(di, du, rest), put(di + size, dr, rest), put(di + 2 * size, f32x4.mul(da, r), rest);
      di += 16, inner += 16;
    }
    if (pre) pre += 16;
    dz += 16, dh += 16, gates += 16, before += 16;
  }
}

/** p, what flows to q, becomes what flows to h by way of it; dz of r. `drop` may be null. */
export function gruGatesBack(dz: usize, p: usize, gates: usize, pre: usize, before: usize, drop: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const r = v128.load(gates + size), dq = v128.load(p);
    let h = v128.load(before);
    if (drop) h = f32x4.mul(h, v128.load(drop)), drop += 16;
    put(dz + size, openBack(f32x4.mul(dq, h), pre ? pre + size : 0, r), rest), put(p, f32x4.mul(dq, r), rest);
    if (pre) pre += 16;
    dz += 16, p += 16, gates += 16, before += 16;
  }
}
