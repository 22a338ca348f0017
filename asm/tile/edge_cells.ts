// One step of one sequence, of the cells of recurrent layers, for the edge runtime: forward, with tanh and sigmoid or no activation. The elements are
// those of cells.ts, which calls activations by the opcodes of the library. Only the units are written; up to three elements behind are read.
import { madd } from "../simd/madd";
import { sigmoid } from "../simd/sigmoid";
import { storeTail } from "../simd/tail";
import { tanh } from "../simd/tanh";

/** Whether the candidate, and the gates, have no activation. */
let plain: i32 = 0, plainGates: i32 = 0;

/** Sets the activations of the candidate, tanh unless `linear`, and of the gates, sigmoid unless `linearGates`. */
export function setActivations(linear: i32, linearGates: i32): void {
  plain = linear, plainGates = linearGates;
}

function act(x: v128): v128 {
  return plain ? x : tanh(x);
}

function open(x: v128): v128 {
  return plainGates ? x : sigmoid(x);
}

/** Stores the first `rest` lanes, or all four. */
function put(p: usize, v: v128, rest: i32): void {
  if (rest >= 4) v128.store(p, v);
  else storeTail(p, v, rest);
}

/** c and h of the step before become those of this one, h goes to y unless that is null; b holds i, f, c̃ and o before their activations. */
export function lstmStep(b: usize, c: usize, h: usize, y: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const kept = f32x4.mul(open(v128.load(b)), act(v128.load(b + 2 * size)));
    const cell = madd(open(v128.load(b + size)), v128.load(c), kept);
    const out = f32x4.mul(open(v128.load(b + 3 * size)), act(cell));
    put(c, cell, rest), put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    b += 16, c += 16, h += 16;
  }
}

/** h of the step before becomes that of this one; b holds what the activation is applied to. */
export function simpleStep(b: usize, h: usize, y: usize, units: i32): void {
  for (let rest = units; rest > 0; rest -= 4) {
    const out = act(v128.load(b));
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    b += 16, h += 16;
  }
}

/** The gates of a GRU that resets before the product, in place in b; q = r · h. */
export function gruGates(b: usize, h: usize, q: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    const r = open(v128.load(b + size));
    put(b, open(v128.load(b)), rest), put(b + size, r, rest), put(q, f32x4.mul(r, v128.load(h)), rest);
    b += 16, h += 16, q += 16;
  }
}

/**
 * h of the step before becomes that of this one. b holds h · U + bias, z the projection of x; or without z, b holds what gruGates has left, and
 * for the candidate the sum of both.
 */
export function gruStep(b: usize, z: usize, h: usize, y: usize, units: i32): void {
  const size = <usize>units << 2;
  for (let rest = units; rest > 0; rest -= 4) {
    let u = v128.load(b), x = v128.load(b + 2 * size);
    if (z) {
      const r = open(f32x4.add(v128.load(b + size), v128.load(z + size)));
      u = open(f32x4.add(u, v128.load(z))), x = madd(r, x, v128.load(z + 2 * size));
      z += 16;
    }
    const a = act(x), out = madd(u, f32x4.sub(v128.load(h), a), a);
    put(h, out, rest);
    if (y) put(y, out, rest), y += 16;
    b += 16, h += 16;
  }
}
