// Generated from the tables of formulas by `deno task build`. Do not edit.
import { cos } from "../simd/cos";
import { erf } from "../simd/erf";
import { exp } from "../simd/exp";
import { expm1 } from "../simd/expm1";
import { log } from "../simd/log";
import { log1p } from "../simd/log1p";
import { sigmoid } from "../simd/sigmoid";
import { sin } from "../simd/sin";
import { softplus } from "../simd/softplus";
import { tanh } from "../simd/tanh";

const TABLE = memory.data<f32>([1.0, 0.0, 6.0, 1.0507009873554805, 1.7580993408473766, 0.5, 0.7071067811865476, 1.1283791670955126, 1.5957691216057308, 0.044715, 40.0, -40.0, 0.134145, 0.16666666666666666, 3.0, -3.0, 0.3333333333333333, -1.0, 20.0, 2.0, 4.0, 1e-7, -2.0, 0.9999999, 1e-30, -1e+30], 16);

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function sigmoid_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = sigmoid(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function sigmoid_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.sub(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.mul(t1, t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function tanh_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = tanh(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function tanh_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.sub(v128.load32_splat(TABLE, 0), t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function relu_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 4));
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function relu_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(t2, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param threshold scalar
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function relu_general_forward(o_y: usize, v_x: usize, threshold: f32, negativeSlope: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, s_threshold);
    const t2 = f32x4.sub(t0, s_threshold);
    const t3 = f32x4.mul(s_negativeSlope, t2);
    const t4 = v128.bitselect(t0, t3, t1);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param threshold scalar
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function relu_general_backward(o_y: usize, v_dy: usize, v_x: usize, threshold: f32, negativeSlope: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.gt(t1, s_threshold);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), s_negativeSlope, t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param threshold scalar
 * @param maxValue scalar
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function relu_capped_forward(o_y: usize, v_x: usize, threshold: f32, maxValue: f32, negativeSlope: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const s_maxValue = f32x4.splat(maxValue);
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, s_threshold);
    const t2 = f32x4.min(t0, s_maxValue);
    const t3 = f32x4.sub(t0, s_threshold);
    const t4 = f32x4.mul(s_negativeSlope, t3);
    const t5 = v128.bitselect(t2, t4, t1);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param threshold scalar
 * @param maxValue scalar
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function relu_capped_backward(o_y: usize, v_dy: usize, v_x: usize, threshold: f32, maxValue: f32, negativeSlope: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const s_maxValue = f32x4.splat(maxValue);
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.gt(t1, s_threshold);
    const t3 = f32x4.gt(s_maxValue, t1);
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 0), v128.load32_splat(TABLE, 4), t3);
    const t5 = v128.bitselect(t4, s_negativeSlope, t2);
    const t6 = f32x4.mul(t0, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function relu6_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.min(t1, v128.load32_splat(TABLE, 8));
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function relu6_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 8), t0);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.bitselect(t3, v128.load32_splat(TABLE, 4), t2);
    const t5 = v128.bitselect(t4, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function leaky_relu_forward(o_y: usize, v_x: usize, negativeSlope: f32, n: i32): void {
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.mul(s_negativeSlope, t0);
    const t3 = v128.bitselect(t0, t2, t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param negativeSlope scalar
 * @param n count >= 0
 */
export function leaky_relu_backward(o_y: usize, v_dy: usize, v_y: usize, negativeSlope: f32, n: i32): void {
  const s_negativeSlope = f32x4.splat(negativeSlope);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), s_negativeSlope, t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param alpha scalar
 * @param n count >= 0
 */
export function elu_forward(o_y: usize, v_x: usize, alpha: f32, n: i32): void {
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = expm1(t0);
    const t3 = f32x4.mul(s_alpha, t2);
    const t4 = v128.bitselect(t0, t3, t1);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param alpha scalar
 * @param n count >= 0
 */
export function elu_backward(o_y: usize, v_dy: usize, v_y: usize, alpha: f32, n: i32): void {
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t3 = f32x4.add(t1, s_alpha);
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 0), t3, t2);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function selu_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.mul(v128.load32_splat(TABLE, 12), t0);
    const t3 = expm1(t0);
    const t4 = f32x4.mul(v128.load32_splat(TABLE, 16), t3);
    const t5 = v128.bitselect(t2, t4, t1);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function selu_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t3 = f32x4.add(t1, v128.load32_splat(TABLE, 16));
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 12), t3, t2);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param alpha scalar
 * @param n count >= 0
 */
export function celu_forward(o_y: usize, v_x: usize, alpha: f32, n: i32): void {
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.div(t0, s_alpha);
    const t3 = expm1(t2);
    const t4 = f32x4.mul(s_alpha, t3);
    const t5 = v128.bitselect(t0, t4, t1);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param alpha scalar
 * @param n count >= 0
 */
export function celu_backward(o_y: usize, v_dy: usize, v_y: usize, alpha: f32, n: i32): void {
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t3 = f32x4.div(t1, s_alpha);
    const t4 = f32x4.add(t3, v128.load32_splat(TABLE, 0));
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 0), t4, t2);
    const t6 = f32x4.mul(t0, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function gelu_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.mul(v128.load32_splat(TABLE, 20), t0);
    const t2 = f32x4.mul(v128.load32_splat(TABLE, 24), t0);
    const t3 = erf(t2);
    const t4 = f32x4.add(v128.load32_splat(TABLE, 0), t3);
    const t5 = f32x4.mul(t1, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function gelu_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.mul(v128.load32_splat(TABLE, 24), t1);
    const t3 = erf(t2);
    const t4 = f32x4.add(v128.load32_splat(TABLE, 0), t3);
    const t5 = f32x4.mul(t4, v128.load32_splat(TABLE, 20));
    const t6 = f32x4.mul(v128.load32_splat(TABLE, 20), t1);
    const t7 = f32x4.mul(t2, t2);
    const t8 = f32x4.neg(t7);
    const t9 = exp(t8);
    const t10 = f32x4.mul(v128.load32_splat(TABLE, 28), t9);
    const t11 = f32x4.mul(t10, v128.load32_splat(TABLE, 24));
    const t12 = f32x4.mul(t6, t11);
    const t13 = f32x4.add(t5, t12);
    const t14 = f32x4.mul(t0, t13);
    v128.store(o_y + i, t14);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function gelu_tanh_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.mul(v128.load32_splat(TABLE, 32), t0);
    const t2 = f32x4.mul(t0, t0);
    const t3 = f32x4.mul(v128.load32_splat(TABLE, 36), t2);
    const t4 = f32x4.add(v128.load32_splat(TABLE, 0), t3);
    const t5 = f32x4.mul(t1, t4);
    const t6 = sigmoid(t5);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function gelu_tanh_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.mul(v128.load32_splat(TABLE, 32), t1);
    const t3 = f32x4.mul(t1, t1);
    const t4 = f32x4.mul(v128.load32_splat(TABLE, 36), t3);
    const t5 = f32x4.add(v128.load32_splat(TABLE, 0), t4);
    const t6 = f32x4.mul(t2, t5);
    const t7 = sigmoid(t6);
    const t8 = f32x4.sub(v128.load32_splat(TABLE, 0), t7);
    const t9 = f32x4.mul(t7, t8);
    const t10 = f32x4.min(t1, v128.load32_splat(TABLE, 40));
    const t11 = f32x4.max(t10, v128.load32_splat(TABLE, 44));
    const t12 = f32x4.mul(v128.load32_splat(TABLE, 32), t11);
    const t13 = f32x4.mul(t11, t11);
    const t14 = f32x4.mul(v128.load32_splat(TABLE, 48), t13);
    const t15 = f32x4.add(v128.load32_splat(TABLE, 0), t14);
    const t16 = f32x4.mul(t12, t15);
    const t17 = f32x4.mul(t9, t16);
    const t18 = f32x4.add(t7, t17);
    const t19 = f32x4.mul(t0, t18);
    v128.store(o_y + i, t19);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function silu_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = sigmoid(t0);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function silu_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = sigmoid(t1);
    const t3 = f32x4.sub(v128.load32_splat(TABLE, 0), t2);
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.mul(t1, t4);
    const t6 = f32x4.add(t2, t5);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function softplus_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = softplus(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function softplus_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = sigmoid(t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function softsign_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.add(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.div(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function softsign_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.abs(t1);
    const t3 = f32x4.sub(v128.load32_splat(TABLE, 0), t2);
    const t4 = f32x4.mul(t3, t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function hard_sigmoid_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.mul(v128.load32_splat(TABLE, 52), t0);
    const t2 = f32x4.add(t1, v128.load32_splat(TABLE, 20));
    const t3 = f32x4.max(t2, v128.load32_splat(TABLE, 4));
    const t4 = f32x4.min(t3, v128.load32_splat(TABLE, 0));
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function hard_sigmoid_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 0), t0);
    const t3 = v128.load(v_dy + i);
    const t4 = f32x4.mul(t3, v128.load32_splat(TABLE, 52));
    const t5 = v128.bitselect(t4, v128.load32_splat(TABLE, 4), t2);
    const t6 = v128.bitselect(t5, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function hard_silu_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.mul(v128.load32_splat(TABLE, 52), t0);
    const t2 = f32x4.add(t1, v128.load32_splat(TABLE, 20));
    const t3 = f32x4.max(t2, v128.load32_splat(TABLE, 4));
    const t4 = f32x4.min(t3, v128.load32_splat(TABLE, 0));
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function hard_silu_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.ge(t1, v128.load32_splat(TABLE, 56));
    const t3 = f32x4.gt(t1, v128.load32_splat(TABLE, 60));
    const t4 = f32x4.mul(v128.load32_splat(TABLE, 64), t1);
    const t5 = f32x4.add(t4, v128.load32_splat(TABLE, 20));
    const t6 = v128.bitselect(t5, v128.load32_splat(TABLE, 4), t3);
    const t7 = v128.bitselect(v128.load32_splat(TABLE, 0), t6, t2);
    const t8 = f32x4.mul(t0, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function hard_tanh_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 68));
    const t2 = f32x4.min(t1, v128.load32_splat(TABLE, 0));
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function hard_tanh_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 0), t1);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.bitselect(t3, v128.load32_splat(TABLE, 4), t2);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function log_sigmoid_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.neg(t0);
    const t2 = softplus(t1);
    const t3 = f32x4.neg(t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function log_sigmoid_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.neg(t1);
    const t3 = sigmoid(t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function mish_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.min(t0, v128.load32_splat(TABLE, 72));
    const t2 = exp(t1);
    const t3 = f32x4.add(t2, v128.load32_splat(TABLE, 76));
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.add(t4, v128.load32_splat(TABLE, 76));
    const t6 = f32x4.div(t4, t5);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function mish_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.min(t1, v128.load32_splat(TABLE, 72));
    const t3 = exp(t2);
    const t4 = f32x4.add(t3, v128.load32_splat(TABLE, 76));
    const t5 = f32x4.mul(t3, t4);
    const t6 = f32x4.add(t5, v128.load32_splat(TABLE, 76));
    const t7 = f32x4.div(t5, t6);
    const t8 = f32x4.mul(v128.load32_splat(TABLE, 80), t3);
    const t9 = f32x4.add(t3, v128.load32_splat(TABLE, 0));
    const t10 = f32x4.mul(t8, t9);
    const t11 = f32x4.mul(t6, t6);
    const t12 = f32x4.div(t10, t11);
    const t13 = f32x4.mul(t2, t12);
    const t14 = f32x4.add(t7, t13);
    const t15 = f32x4.mul(t0, t14);
    v128.store(o_y + i, t15);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function exponential_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = exp(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function exponential_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function tanh_shrink_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = tanh(t0);
    const t2 = f32x4.sub(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function tanh_shrink_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = tanh(t1);
    const t3 = f32x4.mul(t2, t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param threshold scalar
 * @param defaultValue scalar
 * @param n count >= 0
 */
export function threshold_forward(o_y: usize, v_x: usize, threshold: f32, defaultValue: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const s_defaultValue = f32x4.splat(defaultValue);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.ge(s_threshold, t0);
    const t2 = v128.bitselect(s_defaultValue, t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param threshold scalar
 * @param n count >= 0
 */
export function threshold_backward(o_y: usize, v_dy: usize, v_x: usize, threshold: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.gt(t0, s_threshold);
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(t2, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param threshold scalar
 * @param n count >= 0
 */
export function hard_shrink_forward(o_y: usize, v_x: usize, threshold: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.ge(s_threshold, t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 4), t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param threshold scalar
 * @param n count >= 0
 */
export function hard_shrink_backward(o_y: usize, v_dy: usize, v_y: usize, threshold: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.gt(t1, s_threshold);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.bitselect(t3, v128.load32_splat(TABLE, 4), t2);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param threshold scalar
 * @param n count >= 0
 */
export function soft_shrink_forward(o_y: usize, v_x: usize, threshold: f32, n: i32): void {
  const s_threshold = f32x4.splat(threshold);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.min(t0, s_threshold);
    const t2 = f32x4.neg(s_threshold);
    const t3 = f32x4.max(t1, t2);
    const t4 = f32x4.sub(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function soft_shrink_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 4), t2, t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_error_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.mul(t2, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_error_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_p + i);
    const t2 = v128.load(v_t + i);
    const t3 = f32x4.sub(t1, t2);
    const t4 = f32x4.add(t3, t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function absolute_error_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.abs(t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function absolute_error_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_p + i);
    const t2 = v128.load(v_t + i);
    const t3 = f32x4.sub(t1, t2);
    const t4 = f32x4.gt(t3, v128.load32_splat(TABLE, 4));
    const t5 = f32x4.gt(v128.load32_splat(TABLE, 4), t3);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 68), v128.load32_splat(TABLE, 4), t5);
    const t7 = v128.bitselect(v128.load32_splat(TABLE, 0), t6, t4);
    const t8 = f32x4.mul(t0, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function absolute_relative_error_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.abs(t2);
    const t4 = f32x4.abs(t1);
    const t5 = f32x4.max(t4, v128.load32_splat(TABLE, 84));
    const t6 = f32x4.div(t3, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function absolute_relative_error_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.abs(t1);
    const t3 = f32x4.max(t2, v128.load32_splat(TABLE, 84));
    const t4 = f32x4.div(v128.load32_splat(TABLE, 0), t3);
    const t5 = v128.load(v_p + i);
    const t6 = f32x4.sub(t5, t1);
    const t7 = f32x4.gt(t6, v128.load32_splat(TABLE, 4));
    const t8 = f32x4.gt(v128.load32_splat(TABLE, 4), t6);
    const t9 = v128.bitselect(v128.load32_splat(TABLE, 68), v128.load32_splat(TABLE, 4), t8);
    const t10 = v128.bitselect(v128.load32_splat(TABLE, 0), t9, t7);
    const t11 = f32x4.mul(t4, t10);
    const t12 = f32x4.mul(t0, t11);
    v128.store(o_y + i, t12);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_logarithmic_error_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 84));
    const t2 = log1p(t1);
    const t3 = v128.load(v_t + i);
    const t4 = f32x4.max(t3, v128.load32_splat(TABLE, 84));
    const t5 = log1p(t4);
    const t6 = f32x4.sub(t2, t5);
    const t7 = f32x4.mul(t6, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_logarithmic_error_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 84));
    const t2 = v128.load(v_dy + i);
    const t3 = f32x4.max(t0, v128.load32_splat(TABLE, 84));
    const t4 = log1p(t3);
    const t5 = v128.load(v_t + i);
    const t6 = f32x4.max(t5, v128.load32_splat(TABLE, 84));
    const t7 = log1p(t6);
    const t8 = f32x4.sub(t4, t7);
    const t9 = f32x4.mul(v128.load32_splat(TABLE, 76), t8);
    const t10 = f32x4.add(v128.load32_splat(TABLE, 0), t0);
    const t11 = f32x4.div(t9, t10);
    const t12 = f32x4.mul(t2, t11);
    const t13 = v128.bitselect(t12, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t13);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param delta scalar
 * @param n count >= 0
 */
export function huber_forward(o_y: usize, v_t: usize, v_p: usize, delta: f32, n: i32): void {
  const s_delta = f32x4.splat(delta);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.abs(t2);
    const t4 = f32x4.ge(s_delta, t3);
    const t5 = f32x4.mul(t2, t2);
    const t6 = f32x4.mul(v128.load32_splat(TABLE, 20), t5);
    const t7 = f32x4.mul(v128.load32_splat(TABLE, 20), s_delta);
    const t8 = f32x4.sub(t3, t7);
    const t9 = f32x4.mul(s_delta, t8);
    const t10 = v128.bitselect(t6, t9, t4);
    v128.store(o_y + i, t10);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param delta scalar
 * @param n count >= 0
 */
export function huber_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, delta: f32, n: i32): void {
  const s_delta = f32x4.splat(delta);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_p + i);
    const t2 = v128.load(v_t + i);
    const t3 = f32x4.sub(t1, t2);
    const t4 = f32x4.min(t3, s_delta);
    const t5 = f32x4.neg(s_delta);
    const t6 = f32x4.max(t4, t5);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function log_cosh_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.abs(t2);
    const t4 = f32x4.mul(v128.load32_splat(TABLE, 88), t3);
    const t5 = expm1(t4);
    const t6 = f32x4.mul(v128.load32_splat(TABLE, 20), t5);
    const t7 = log1p(t6);
    const t8 = f32x4.add(t3, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function log_cosh_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_p + i);
    const t2 = v128.load(v_t + i);
    const t3 = f32x4.sub(t1, t2);
    const t4 = tanh(t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function binary_crossentropy_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = v128.load(v_p + i);
    const t2 = f32x4.max(t1, v128.load32_splat(TABLE, 84));
    const t3 = f32x4.min(t2, v128.load32_splat(TABLE, 92));
    const t4 = log(t3);
    const t5 = f32x4.mul(t0, t4);
    const t6 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t7 = f32x4.neg(t3);
    const t8 = log1p(t7);
    const t9 = f32x4.mul(t6, t8);
    const t10 = f32x4.add(t5, t9);
    const t11 = f32x4.neg(t10);
    v128.store(o_y + i, t11);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function binary_crossentropy_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = f32x4.ge(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.ge(v128.load32_splat(TABLE, 92), t0);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.load(v_t + i);
    const t5 = f32x4.sub(t0, t4);
    const t6 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t7 = f32x4.mul(t0, t6);
    const t8 = f32x4.div(t5, t7);
    const t9 = f32x4.mul(t3, t8);
    const t10 = v128.bitselect(t9, v128.load32_splat(TABLE, 4), t2);
    const t11 = v128.bitselect(t10, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t11);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function binary_crossentropy_logits_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.neg(t1);
    const t3 = softplus(t2);
    const t4 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t5 = v128.load(v_t + i);
    const t6 = f32x4.sub(v128.load32_splat(TABLE, 0), t5);
    const t7 = f32x4.mul(t0, t6);
    const t8 = f32x4.mul(t0, t5);
    const t9 = f32x4.neg(t8);
    const t10 = v128.bitselect(t7, t9, t4);
    const t11 = f32x4.add(t3, t10);
    v128.store(o_y + i, t11);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function binary_crossentropy_logits_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_p + i);
    const t2 = sigmoid(t1);
    const t3 = v128.load(v_t + i);
    const t4 = f32x4.sub(t2, t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function log_probability_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 84));
    const t2 = log(t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function log_probability_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.max(t1, v128.load32_splat(TABLE, 84));
    const t3 = f32x4.div(v128.load32_splat(TABLE, 0), t2);
    const t4 = f32x4.gt(t1, v128.load32_splat(TABLE, 84));
    const t5 = f32x4.eq(t1, v128.load32_splat(TABLE, 84));
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t5);
    const t7 = v128.bitselect(v128.load32_splat(TABLE, 0), t6, t4);
    const t8 = f32x4.mul(t3, t7);
    const t9 = f32x4.mul(t0, t8);
    v128.store(o_y + i, t9);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param n count >= 0
 */
export function binary_focal_forward(o_y: usize, v_t: usize, v_p: usize, gamma: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = v128.load(v_p + i);
    const t2 = f32x4.neg(t1);
    const t3 = sigmoid(t2);
    const t4 = f32x4.mul(t0, t3);
    const t5 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t6 = sigmoid(t1);
    const t7 = f32x4.mul(t5, t6);
    const t8 = f32x4.add(t4, t7);
    const t9 = f32x4.max(t8, v128.load32_splat(TABLE, 96));
    const t10 = log(t9);
    const t11 = f32x4.mul(s_gamma, t10);
    const t12 = exp(t11);
    const t13 = f32x4.abs(t1);
    const t14 = f32x4.neg(t13);
    const t15 = softplus(t14);
    const t16 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t17 = f32x4.mul(t1, t5);
    const t18 = f32x4.mul(t1, t0);
    const t19 = f32x4.neg(t18);
    const t20 = v128.bitselect(t17, t19, t16);
    const t21 = f32x4.add(t15, t20);
    const t22 = f32x4.mul(t12, t21);
    v128.store(o_y + i, t22);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param n count >= 0
 */
export function binary_focal_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, gamma: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = v128.load(v_p + i);
    const t3 = f32x4.neg(t2);
    const t4 = sigmoid(t3);
    const t5 = f32x4.mul(t1, t4);
    const t6 = f32x4.sub(v128.load32_splat(TABLE, 0), t1);
    const t7 = sigmoid(t2);
    const t8 = f32x4.mul(t6, t7);
    const t9 = f32x4.add(t5, t8);
    const t10 = f32x4.max(t9, v128.load32_splat(TABLE, 96));
    const t11 = log(t10);
    const t12 = f32x4.mul(s_gamma, t11);
    const t13 = exp(t12);
    const t14 = f32x4.sub(t7, t1);
    const t15 = f32x4.abs(t2);
    const t16 = f32x4.neg(t15);
    const t17 = softplus(t16);
    const t18 = f32x4.gt(t2, v128.load32_splat(TABLE, 4));
    const t19 = f32x4.mul(t2, t6);
    const t20 = f32x4.mul(t2, t1);
    const t21 = f32x4.neg(t20);
    const t22 = v128.bitselect(t19, t21, t18);
    const t23 = f32x4.add(t17, t22);
    const t24 = f32x4.mul(s_gamma, t23);
    const t25 = f32x4.mul(v128.load32_splat(TABLE, 76), t1);
    const t26 = f32x4.sub(v128.load32_splat(TABLE, 0), t25);
    const t27 = f32x4.mul(t7, t4);
    const t28 = f32x4.div(t27, t10);
    const t29 = f32x4.mul(t26, t28);
    const t30 = f32x4.mul(t24, t29);
    const t31 = f32x4.add(t14, t30);
    const t32 = f32x4.mul(t13, t31);
    const t33 = f32x4.mul(t0, t32);
    v128.store(o_y + i, t33);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param alpha scalar
 * @param n count >= 0
 */
export function binary_focal_balanced_forward(o_y: usize, v_t: usize, v_p: usize, gamma: f32, alpha: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.mul(t0, s_alpha);
    const t2 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t3 = f32x4.sub(v128.load32_splat(TABLE, 0), s_alpha);
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.add(t1, t4);
    const t6 = v128.load(v_p + i);
    const t7 = f32x4.neg(t6);
    const t8 = sigmoid(t7);
    const t9 = f32x4.mul(t0, t8);
    const t10 = sigmoid(t6);
    const t11 = f32x4.mul(t2, t10);
    const t12 = f32x4.add(t9, t11);
    const t13 = f32x4.max(t12, v128.load32_splat(TABLE, 96));
    const t14 = log(t13);
    const t15 = f32x4.mul(s_gamma, t14);
    const t16 = exp(t15);
    const t17 = f32x4.abs(t6);
    const t18 = f32x4.neg(t17);
    const t19 = softplus(t18);
    const t20 = f32x4.gt(t6, v128.load32_splat(TABLE, 4));
    const t21 = f32x4.mul(t6, t2);
    const t22 = f32x4.mul(t6, t0);
    const t23 = f32x4.neg(t22);
    const t24 = v128.bitselect(t21, t23, t20);
    const t25 = f32x4.add(t19, t24);
    const t26 = f32x4.mul(t16, t25);
    const t27 = f32x4.mul(t5, t26);
    v128.store(o_y + i, t27);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param alpha scalar
 * @param n count >= 0
 */
export function binary_focal_balanced_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, gamma: f32, alpha: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const s_alpha = f32x4.splat(alpha);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.mul(t1, s_alpha);
    const t3 = f32x4.sub(v128.load32_splat(TABLE, 0), t1);
    const t4 = f32x4.sub(v128.load32_splat(TABLE, 0), s_alpha);
    const t5 = f32x4.mul(t3, t4);
    const t6 = f32x4.add(t2, t5);
    const t7 = v128.load(v_p + i);
    const t8 = f32x4.neg(t7);
    const t9 = sigmoid(t8);
    const t10 = f32x4.mul(t1, t9);
    const t11 = sigmoid(t7);
    const t12 = f32x4.mul(t3, t11);
    const t13 = f32x4.add(t10, t12);
    const t14 = f32x4.max(t13, v128.load32_splat(TABLE, 96));
    const t15 = log(t14);
    const t16 = f32x4.mul(s_gamma, t15);
    const t17 = exp(t16);
    const t18 = f32x4.sub(t11, t1);
    const t19 = f32x4.abs(t7);
    const t20 = f32x4.neg(t19);
    const t21 = softplus(t20);
    const t22 = f32x4.gt(t7, v128.load32_splat(TABLE, 4));
    const t23 = f32x4.mul(t7, t3);
    const t24 = f32x4.mul(t7, t1);
    const t25 = f32x4.neg(t24);
    const t26 = v128.bitselect(t23, t25, t22);
    const t27 = f32x4.add(t21, t26);
    const t28 = f32x4.mul(s_gamma, t27);
    const t29 = f32x4.mul(v128.load32_splat(TABLE, 76), t1);
    const t30 = f32x4.sub(v128.load32_splat(TABLE, 0), t29);
    const t31 = f32x4.mul(t11, t9);
    const t32 = f32x4.div(t31, t14);
    const t33 = f32x4.mul(t30, t32);
    const t34 = f32x4.mul(t28, t33);
    const t35 = f32x4.add(t18, t34);
    const t36 = f32x4.mul(t17, t35);
    const t37 = f32x4.mul(t6, t36);
    const t38 = f32x4.mul(t0, t37);
    v128.store(o_y + i, t38);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_x
 * @param v_x read: n
 * @param n count >= 0
 */
export function logit_forward(o_y: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.min(t1, v128.load32_splat(TABLE, 92));
    const t3 = log(t2);
    const t4 = f32x4.neg(t2);
    const t5 = log1p(t4);
    const t6 = f32x4.sub(t3, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_x
 * @param v_dy read: n
 * @param v_x read: n
 * @param n count >= 0
 */
export function logit_backward(o_y: usize, v_dy: usize, v_x: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_x + i);
    const t1 = f32x4.ge(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.ge(v128.load32_splat(TABLE, 92), t0);
    const t3 = v128.load(v_dy + i);
    const t4 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t5 = f32x4.mul(t0, t4);
    const t6 = f32x4.div(v128.load32_splat(TABLE, 0), t5);
    const t7 = f32x4.mul(t3, t6);
    const t8 = v128.bitselect(t7, v128.load32_splat(TABLE, 4), t2);
    const t9 = v128.bitselect(t8, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t9);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param n count >= 0
 */
export function categorical_focal_forward(o_y: usize, v_t: usize, v_p: usize, gamma: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.neg(t0);
    const t2 = v128.load(v_p + i);
    const t3 = f32x4.max(t2, v128.load32_splat(TABLE, 100));
    const t4 = expm1(t3);
    const t5 = f32x4.neg(t4);
    const t6 = f32x4.max(t5, v128.load32_splat(TABLE, 96));
    const t7 = log(t6);
    const t8 = f32x4.mul(s_gamma, t7);
    const t9 = exp(t8);
    const t10 = f32x4.mul(t1, t9);
    const t11 = f32x4.mul(t10, t3);
    v128.store(o_y + i, t11);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param gamma scalar
 * @param n count >= 0
 */
export function categorical_focal_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, gamma: f32, n: i32): void {
  const s_gamma = f32x4.splat(gamma);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.neg(t1);
    const t3 = v128.load(v_p + i);
    const t4 = f32x4.max(t3, v128.load32_splat(TABLE, 100));
    const t5 = expm1(t4);
    const t6 = f32x4.neg(t5);
    const t7 = f32x4.max(t6, v128.load32_splat(TABLE, 96));
    const t8 = log(t7);
    const t9 = f32x4.mul(s_gamma, t8);
    const t10 = exp(t9);
    const t11 = f32x4.mul(t2, t10);
    const t12 = exp(t4);
    const t13 = f32x4.mul(t12, t4);
    const t14 = f32x4.div(t13, t7);
    const t15 = f32x4.mul(s_gamma, t14);
    const t16 = f32x4.sub(v128.load32_splat(TABLE, 0), t15);
    const t17 = f32x4.mul(t11, t16);
    const t18 = f32x4.mul(t0, t17);
    v128.store(o_y + i, t18);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function hinge_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.bitselect(v128.load32_splat(TABLE, 68), t0, t1);
    const t3 = v128.load(v_p + i);
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.sub(v128.load32_splat(TABLE, 0), t4);
    const t6 = f32x4.max(t5, v128.load32_splat(TABLE, 4));
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function hinge_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.bitselect(v128.load32_splat(TABLE, 68), t0, t1);
    const t3 = v128.load(v_p + i);
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.sub(v128.load32_splat(TABLE, 0), t4);
    const t6 = f32x4.gt(t5, v128.load32_splat(TABLE, 4));
    const t7 = v128.load(v_dy + i);
    const t8 = f32x4.neg(t2);
    const t9 = f32x4.mul(t7, t8);
    const t10 = v128.bitselect(t9, v128.load32_splat(TABLE, 4), t6);
    v128.store(o_y + i, t10);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_hinge_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.bitselect(v128.load32_splat(TABLE, 68), t0, t1);
    const t3 = v128.load(v_p + i);
    const t4 = f32x4.mul(t2, t3);
    const t5 = f32x4.sub(v128.load32_splat(TABLE, 0), t4);
    const t6 = f32x4.max(t5, v128.load32_splat(TABLE, 4));
    const t7 = f32x4.mul(t6, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function squared_hinge_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.eq(t1, v128.load32_splat(TABLE, 4));
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 68), t1, t2);
    const t4 = f32x4.mul(v128.load32_splat(TABLE, 88), t3);
    const t5 = v128.load(v_p + i);
    const t6 = f32x4.mul(t3, t5);
    const t7 = f32x4.sub(v128.load32_splat(TABLE, 0), t6);
    const t8 = f32x4.max(t7, v128.load32_splat(TABLE, 4));
    const t9 = f32x4.mul(t4, t8);
    const t10 = f32x4.mul(t0, t9);
    v128.store(o_y + i, t10);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function labelled_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = v128.load(v_p + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t
 * @param v_dy read: n
 * @param v_t read: n
 * @param n count >= 0
 */
export function labelled_backward(o_y: usize, v_dy: usize, v_t: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function unlabelled_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.sub(v128.load32_splat(TABLE, 0), t0);
    const t2 = v128.load(v_p + i);
    const t3 = f32x4.mul(t1, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t
 * @param v_dy read: n
 * @param v_t read: n
 * @param n count >= 0
 */
export function unlabelled_backward(o_y: usize, v_dy: usize, v_t: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.sub(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_other or v_own
 * @param v_other read: n
 * @param v_own read: n
 * @param n count >= 0
 */
export function hinge_gap_forward(o_y: usize, v_other: usize, v_own: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_other + i);
    const t1 = v128.load(v_own + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.add(t2, v128.load32_splat(TABLE, 0));
    const t4 = f32x4.max(t3, v128.load32_splat(TABLE, 4));
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_other or v_own
 * @param v_dy read: n
 * @param v_other read: n
 * @param v_own read: n
 * @param n count >= 0
 */
export function hinge_gap_backward_other(o_y: usize, v_dy: usize, v_other: usize, v_own: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_other + i);
    const t1 = v128.load(v_own + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.add(t2, v128.load32_splat(TABLE, 0));
    const t4 = f32x4.gt(t3, v128.load32_splat(TABLE, 4));
    const t5 = v128.load(v_dy + i);
    const t6 = v128.bitselect(t5, v128.load32_splat(TABLE, 4), t4);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_other or v_own
 * @param v_dy read: n
 * @param v_other read: n
 * @param v_own read: n
 * @param n count >= 0
 */
export function hinge_gap_backward_own(o_y: usize, v_dy: usize, v_other: usize, v_own: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_other + i);
    const t1 = v128.load(v_own + i);
    const t2 = f32x4.sub(t0, t1);
    const t3 = f32x4.add(t2, v128.load32_splat(TABLE, 0));
    const t4 = f32x4.gt(t3, v128.load32_splat(TABLE, 4));
    const t5 = v128.load(v_dy + i);
    const t6 = f32x4.neg(t5);
    const t7 = v128.bitselect(t6, v128.load32_splat(TABLE, 4), t4);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function kl_divergence_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_t + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.min(t1, v128.load32_splat(TABLE, 0));
    const t3 = v128.load(v_p + i);
    const t4 = f32x4.max(t3, v128.load32_splat(TABLE, 84));
    const t5 = f32x4.min(t4, v128.load32_splat(TABLE, 0));
    const t6 = f32x4.div(t2, t5);
    const t7 = log(t6);
    const t8 = f32x4.mul(t2, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function kl_divergence_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = f32x4.ge(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.ge(v128.load32_splat(TABLE, 0), t0);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.load(v_t + i);
    const t5 = f32x4.max(t4, v128.load32_splat(TABLE, 84));
    const t6 = f32x4.min(t5, v128.load32_splat(TABLE, 0));
    const t7 = f32x4.div(t6, t0);
    const t8 = f32x4.neg(t7);
    const t9 = f32x4.mul(t3, t8);
    const t10 = v128.bitselect(t9, v128.load32_splat(TABLE, 4), t2);
    const t11 = v128.bitselect(t10, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t11);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_t or v_p
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function poisson_forward(o_y: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_p + i);
    const t1 = v128.load(v_t + i);
    const t2 = f32x4.add(t0, v128.load32_splat(TABLE, 84));
    const t3 = log(t2);
    const t4 = f32x4.mul(t1, t3);
    const t5 = f32x4.sub(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_t or v_p
 * @param v_dy read: n
 * @param v_t read: n
 * @param v_p read: n
 * @param n count >= 0
 */
export function poisson_backward(o_y: usize, v_dy: usize, v_t: usize, v_p: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_t + i);
    const t2 = v128.load(v_p + i);
    const t3 = f32x4.add(t2, v128.load32_splat(TABLE, 84));
    const t4 = f32x4.div(v128.load32_splat(TABLE, 0), t3);
    const t5 = f32x4.mul(t1, t4);
    const t6 = f32x4.neg(t5);
    const t7 = f32x4.add(v128.load32_splat(TABLE, 0), t6);
    const t8 = f32x4.mul(t0, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_norm
 * @param v_norm read: n
 * @param maxValue scalar
 * @param n count >= 0
 */
export function max_norm_factor_forward(o_y: usize, v_norm: usize, maxValue: f32, n: i32): void {
  const s_maxValue = f32x4.splat(maxValue);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_norm + i);
    const t1 = f32x4.min(t0, s_maxValue);
    const t2 = f32x4.add(t0, v128.load32_splat(TABLE, 84));
    const t3 = f32x4.div(t1, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w
 * @param v_w read: n
 * @param n count >= 0
 */
export function non_neg_forward(o_y: usize, v_w: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.max(t0, v128.load32_splat(TABLE, 4));
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_norm
 * @param v_norm read: n
 * @param n count >= 0
 */
export function unit_norm_factor_forward(o_y: usize, v_norm: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_norm + i);
    const t1 = f32x4.add(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.div(v128.load32_splat(TABLE, 0), t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_norm
 * @param v_norm read: n
 * @param rate scalar
 * @param minValue scalar
 * @param maxValue scalar
 * @param n count >= 0
 */
export function min_max_norm_factor_forward(o_y: usize, v_norm: usize, rate: f32, minValue: f32, maxValue: f32, n: i32): void {
  const s_rate = f32x4.splat(rate);
  const s_minValue = f32x4.splat(minValue);
  const s_maxValue = f32x4.splat(maxValue);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_norm + i);
    const t1 = f32x4.max(t0, s_minValue);
    const t2 = f32x4.min(t1, s_maxValue);
    const t3 = f32x4.mul(s_rate, t2);
    const t4 = f32x4.sub(v128.load32_splat(TABLE, 0), s_rate);
    const t5 = f32x4.mul(t4, t0);
    const t6 = f32x4.add(t3, t5);
    const t7 = f32x4.add(t0, v128.load32_splat(TABLE, 84));
    const t8 = f32x4.div(t6, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param take scalar
 * @param n count >= 0
 */
export function blend_forward(o_y: usize, v_a: usize, v_b: usize, take: f32, n: i32): void {
  const s_take = f32x4.splat(take);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.sub(t1, t0);
    const t3 = f32x4.mul(t2, s_take);
    const t4 = f32x4.add(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param take scalar
 * @param n count >= 0
 */
export function blend_square_forward(o_y: usize, v_a: usize, v_b: usize, take: f32, n: i32): void {
  const s_take = f32x4.splat(take);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.sub(t2, t0);
    const t4 = f32x4.mul(t3, s_take);
    const t5 = f32x4.add(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w or v_u
 * @param v_w read: n
 * @param v_u read: n
 * @param cells read: 1
 * @param n count >= 0
 */
export function descend_forward(o_y: usize, v_w: usize, v_u: usize, cells: usize, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_u + i);
    const t2 = f32x4.mul(t1, s_rate);
    const t3 = f32x4.sub(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w
 * @param v_w read: n
 * @param cells read: 1
 * @param decay scalar
 * @param n count >= 0
 */
export function decay_weights_forward(o_y: usize, v_w: usize, cells: usize, decay: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = f32x4.splat(decay);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(s_decay, s_rate);
    const t2 = f32x4.mul(t0, t1);
    const t3 = f32x4.sub(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_m or v_v
 * @param v_m read: n
 * @param v_v read: n
 * @param cells read: 3
 * @param epsilon scalar
 * @param n count >= 0
 */
export function lamb_direction_forward(o_y: usize, v_m: usize, v_v: usize, cells: usize, epsilon: f32, n: i32): void {
  const s_correction1 = v128.load32_splat(cells, 4);
  const s_correction2 = v128.load32_splat(cells, 8);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_m + i);
    const t1 = f32x4.mul(t0, s_correction1);
    const t2 = v128.load(v_v + i);
    const t3 = f32x4.mul(t2, s_correction2);
    const t4 = f32x4.sqrt(t3);
    const t5 = f32x4.add(t4, s_epsilon);
    const t6 = f32x4.div(t1, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w or v_u
 * @param v_w read: n
 * @param v_u read: n
 * @param cells read: 3
 * @param n count >= 0
 */
export function lamb_rate_forward(o_y: usize, v_w: usize, v_u: usize, cells: usize, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_u + i);
    const t2 = f32x4.min(t0, t1);
    const t3 = f32x4.gt(t2, v128.load32_splat(TABLE, 4));
    const t4 = f32x4.div(t0, t1);
    const t5 = v128.bitselect(t4, v128.load32_splat(TABLE, 0), t3);
    const t6 = f32x4.mul(s_rate, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param epsilon1 scalar
 * @param n count >= 0
 */
export function adafactor_square_forward(o_y: usize, v_a: usize, epsilon1: f32, n: i32): void {
  const s_epsilon1 = f32x4.splat(epsilon1);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.mul(t0, t0);
    const t2 = f32x4.add(t1, s_epsilon1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param cells read: 2
 * @param scale scalar
 * @param n count >= 0
 */
export function adafactor_mean_forward(o_y: usize, v_a: usize, v_b: usize, cells: usize, scale: f32, n: i32): void {
  const s_take = v128.load32_splat(cells, 4);
  const s_scale = f32x4.splat(scale);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.mul(t1, s_scale);
    const t3 = f32x4.sub(t2, t0);
    const t4 = f32x4.mul(t3, s_take);
    const t5 = f32x4.add(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function inverse_root_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.sqrt(t0);
    const t2 = f32x4.div(v128.load32_splat(TABLE, 0), t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_u or v_w
 * @param v_u read: n
 * @param v_w read: n
 * @param cells read: 2
 * @param scale scalar
 * @param epsilon2 scalar
 * @param clipThreshold scalar
 * @param n count >= 0
 */
export function adafactor_rate_forward(o_y: usize, v_u: usize, v_w: usize, cells: usize, scale: f32, epsilon2: f32, clipThreshold: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_scale = f32x4.splat(scale);
  const s_epsilon2 = f32x4.splat(epsilon2);
  const s_clipThreshold = f32x4.splat(clipThreshold);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_scale);
    const t2 = f32x4.max(s_epsilon2, t1);
    const t3 = f32x4.mul(t2, s_rate);
    const t4 = v128.load(v_u + i);
    const t5 = f32x4.mul(t4, s_scale);
    const t6 = f32x4.div(t5, s_clipThreshold);
    const t7 = f32x4.max(v128.load32_splat(TABLE, 0), t6);
    const t8 = f32x4.div(t3, t7);
    v128.store(o_y + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param keep scalar
 * @param n count >= 0
 */
export function muon_sum_forward(o_y: usize, v_a: usize, v_b: usize, keep: f32, n: i32): void {
  const s_keep = f32x4.splat(keep);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.mul(t0, s_keep);
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.add(t1, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function muon_scale_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.add(t0, v128.load32_splat(TABLE, 84));
    const t2 = f32x4.div(v128.load32_splat(TABLE, 0), t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param first scalar
 * @param second scalar
 * @param n count >= 0
 */
export function muon_combine_forward(o_y: usize, v_a: usize, v_b: usize, first: f32, second: f32, n: i32): void {
  const s_first = f32x4.splat(first);
  const s_second = f32x4.splat(second);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.mul(t0, s_first);
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.mul(t2, s_second);
    const t4 = f32x4.add(t1, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w or v_x
 * @param v_w read: n
 * @param v_x read: n
 * @param cells read: 2
 * @param scale scalar
 * @param n count >= 0
 */
export function muon_descend_forward(o_y: usize, v_w: usize, v_x: usize, cells: usize, scale: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_scale = f32x4.splat(scale);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_x + i);
    const t2 = f32x4.mul(s_rate, s_scale);
    const t3 = f32x4.mul(t1, t2);
    const t4 = f32x4.sub(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_w or v_m or v_v
 * @param v_w read: n
 * @param v_m read: n
 * @param v_v read: n
 * @param cells read: 2
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adam_descend_forward(o_y: usize, v_w: usize, v_m: usize, v_v: usize, cells: usize, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 4);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_m + i);
    const t2 = f32x4.mul(t1, s_alpha);
    const t3 = v128.load(v_v + i);
    const t4 = f32x4.sqrt(t3);
    const t5 = f32x4.add(t4, s_epsilon);
    const t6 = f32x4.div(t2, t5);
    const t7 = f32x4.sub(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function add_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.add(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function sub_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.sub(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy
 * @param v_dy read: n
 * @param n count >= 0
 */
export function sub_backward_b(o_y: usize, v_dy: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = f32x4.neg(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function mul_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_b
 * @param v_dy read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function mul_backward_a(o_y: usize, v_dy: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function mul_backward_b(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function div_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.div(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_b
 * @param v_dy read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function div_backward_a(o_y: usize, v_dy: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.div(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_b or v_y
 * @param v_dy read: n
 * @param v_b read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function div_backward_b(o_y: usize, v_dy: usize, v_b: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.div(t1, t2);
    const t4 = f32x4.neg(t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function maximum_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.max(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function maximum_backward_a(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.gt(t1, t2);
    const t4 = f32x4.eq(t1, t2);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t4);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 0), t5, t3);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function maximum_backward_b(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_b + i);
    const t2 = v128.load(v_a + i);
    const t3 = f32x4.gt(t1, t2);
    const t4 = f32x4.eq(t2, t1);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t4);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 0), t5, t3);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function minimum_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.min(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function minimum_backward_a(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_b + i);
    const t2 = v128.load(v_a + i);
    const t3 = f32x4.gt(t1, t2);
    const t4 = f32x4.eq(t2, t1);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t4);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 0), t5, t3);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function minimum_backward_b(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.gt(t1, t2);
    const t4 = f32x4.eq(t1, t2);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t4);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 0), t5, t3);
    const t7 = f32x4.mul(t0, t6);
    v128.store(o_y + i, t7);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function abs_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.abs(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function abs_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.gt(t1, v128.load32_splat(TABLE, 4));
    const t3 = f32x4.gt(v128.load32_splat(TABLE, 4), t1);
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 68), v128.load32_splat(TABLE, 4), t3);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 0), t4, t2);
    const t6 = f32x4.mul(t0, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function square_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.mul(t0, t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function square_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.add(t1, t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function sqrt_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.sqrt(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function sqrt_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.div(v128.load32_splat(TABLE, 20), t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function sign_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 4), t0);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 68), v128.load32_splat(TABLE, 4), t2);
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 0), t3, t1);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function expm1_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = expm1(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_y
 * @param v_dy read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function expm1_backward(o_y: usize, v_dy: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = f32x4.add(t1, v128.load32_splat(TABLE, 0));
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function log_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = log(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function log_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.div(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function log1p_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = log1p(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function log1p_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.add(v128.load32_splat(TABLE, 0), t1);
    const t3 = f32x4.div(v128.load32_splat(TABLE, 0), t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function erf_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = erf(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function erf_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.neg(t2);
    const t4 = exp(t3);
    const t5 = f32x4.mul(v128.load32_splat(TABLE, 28), t4);
    const t6 = f32x4.mul(t0, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function sin_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = sin(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function sin_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = cos(t1);
    const t3 = f32x4.mul(t0, t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function cos_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = cos(t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function cos_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = sin(t1);
    const t3 = f32x4.neg(t2);
    const t4 = f32x4.mul(t0, t3);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function power_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_b + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_a + i);
    const t3 = log(t2);
    const t4 = f32x4.mul(t0, t3);
    const t5 = exp(t4);
    const t6 = v128.bitselect(v128.load32_splat(TABLE, 0), t5, t1);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function power_backward_a(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_b + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = f32x4.eq(t0, v128.load32_splat(TABLE, 0));
    const t4 = f32x4.sub(t0, v128.load32_splat(TABLE, 0));
    const t5 = v128.load(v_a + i);
    const t6 = log(t5);
    const t7 = f32x4.mul(t4, t6);
    const t8 = exp(t7);
    const t9 = v128.bitselect(v128.load32_splat(TABLE, 0), t8, t3);
    const t10 = f32x4.mul(t0, t9);
    const t11 = f32x4.mul(t2, t10);
    const t12 = v128.bitselect(v128.load32_splat(TABLE, 4), t11, t1);
    v128.store(o_y + i, t12);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_b or v_y
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function power_backward_b(o_y: usize, v_dy: usize, v_a: usize, v_b: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_y + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = v128.load(v_b + i);
    const t4 = f32x4.eq(t3, v128.load32_splat(TABLE, 4));
    const t5 = v128.load(v_a + i);
    const t6 = f32x4.eq(t5, v128.load32_splat(TABLE, 4));
    const t7 = log(t5);
    const t8 = v128.bitselect(v128.load32_splat(TABLE, 4), t7, t6);
    const t9 = f32x4.mul(t0, t7);
    const t10 = v128.bitselect(t8, t9, t4);
    const t11 = f32x4.mul(t2, t10);
    const t12 = v128.bitselect(v128.load32_splat(TABLE, 4), t11, t1);
    v128.store(o_y + i, t12);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function greater_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.gt(t0, t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), v128.load32_splat(TABLE, 4), t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function greater_equal_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.ge(t0, t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), v128.load32_splat(TABLE, 4), t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function equal_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.eq(t0, t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), v128.load32_splat(TABLE, 4), t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function not_equal_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = v128.load(v_b + i);
    const t2 = f32x4.eq(t0, t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 4), v128.load32_splat(TABLE, 0), t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_c or v_a or v_b
 * @param v_c read: n
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function where_forward(o_y: usize, v_c: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_c + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_b + i);
    const t3 = v128.load(v_a + i);
    const t4 = v128.bitselect(t2, t3, t1);
    v128.store(o_y + i, t4);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_c
 * @param v_dy read: n
 * @param v_c read: n
 * @param n count >= 0
 */
export function where_backward_a(o_y: usize, v_dy: usize, v_c: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_c + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 4), t2, t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_c
 * @param v_dy read: n
 * @param v_c read: n
 * @param n count >= 0
 */
export function where_backward_b(o_y: usize, v_dy: usize, v_c: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_c + i);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(t2, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param value scalar
 * @param n count >= 0
 */
export function differs_from_forward(o_y: usize, v_a: usize, value: f32, n: i32): void {
  const s_value = f32x4.splat(value);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.eq(t0, s_value);
    const t2 = v128.bitselect(v128.load32_splat(TABLE, 4), v128.load32_splat(TABLE, 0), t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param limit scalar
 * @param n count >= 0
 */
export function at_least_forward(o_y: usize, v_a: usize, limit: f32, n: i32): void {
  const s_limit = f32x4.splat(limit);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.max(t0, s_limit);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param limit scalar
 * @param n count >= 0
 */
export function at_least_backward(o_y: usize, v_dy: usize, v_a: usize, limit: f32, n: i32): void {
  const s_limit = f32x4.splat(limit);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.gt(t0, s_limit);
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(t2, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param limit scalar
 * @param n count >= 0
 */
export function at_most_forward(o_y: usize, v_a: usize, limit: f32, n: i32): void {
  const s_limit = f32x4.splat(limit);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.min(t0, s_limit);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param limit scalar
 * @param n count >= 0
 */
export function at_most_backward(o_y: usize, v_dy: usize, v_a: usize, limit: f32, n: i32): void {
  const s_limit = f32x4.splat(limit);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.gt(s_limit, t0);
    const t2 = v128.load(v_dy + i);
    const t3 = v128.bitselect(t2, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param low scalar
 * @param high scalar
 * @param n count >= 0
 */
export function clip_forward(o_y: usize, v_a: usize, low: f32, high: f32, n: i32): void {
  const s_low = f32x4.splat(low);
  const s_high = f32x4.splat(high);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.max(t0, s_low);
    const t2 = f32x4.min(t1, s_high);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param low scalar
 * @param high scalar
 * @param n count >= 0
 */
export function clip_backward(o_y: usize, v_dy: usize, v_a: usize, low: f32, high: f32, n: i32): void {
  const s_low = f32x4.splat(low);
  const s_high = f32x4.splat(high);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.gt(s_low, t0);
    const t2 = f32x4.gt(t0, s_high);
    const t3 = v128.load(v_dy + i);
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 4), t3, t2);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 4), t4, t1);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param divisor scalar
 * @param n count >= 0
 */
export function divided_by_forward(o_y: usize, v_a: usize, divisor: f32, n: i32): void {
  const s_divisor = f32x4.splat(divisor);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.div(t0, s_divisor);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy
 * @param v_dy read: n
 * @param divisor scalar
 * @param n count >= 0
 */
export function divided_by_backward(o_y: usize, v_dy: usize, divisor: f32, n: i32): void {
  const s_divisor = f32x4.splat(divisor);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = f32x4.div(v128.load32_splat(TABLE, 0), s_divisor);
    const t2 = f32x4.mul(t0, t1);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param dividend scalar
 * @param n count >= 0
 */
export function quotient_of_forward(o_y: usize, v_a: usize, dividend: f32, n: i32): void {
  const s_dividend = f32x4.splat(dividend);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.div(s_dividend, t0);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a or v_y
 * @param v_dy read: n
 * @param v_a read: n
 * @param v_y read: n
 * @param n count >= 0
 */
export function quotient_of_backward(o_y: usize, v_dy: usize, v_a: usize, v_y: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_y + i);
    const t2 = v128.load(v_a + i);
    const t3 = f32x4.div(t1, t2);
    const t4 = f32x4.neg(t3);
    const t5 = f32x4.mul(t0, t4);
    v128.store(o_y + i, t5);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param scale scalar
 * @param offset scalar
 * @param n count >= 0
 */
export function affine_forward(o_y: usize, v_a: usize, scale: f32, offset: f32, n: i32): void {
  const s_scale = f32x4.splat(scale);
  const s_offset = f32x4.splat(offset);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.mul(t0, s_scale);
    const t2 = f32x4.add(t1, s_offset);
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy
 * @param v_dy read: n
 * @param scale scalar
 * @param n count >= 0
 */
export function affine_backward(o_y: usize, v_dy: usize, scale: f32, n: i32): void {
  const s_scale = f32x4.splat(scale);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = f32x4.mul(t0, s_scale);
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function below_zero_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.min(t0, v128.load32_splat(TABLE, 4));
    v128.store(o_y + i, t1);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_dy or v_a
 * @param v_dy read: n
 * @param v_a read: n
 * @param n count >= 0
 */
export function below_zero_backward(o_y: usize, v_dy: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_dy + i);
    const t1 = v128.load(v_a + i);
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 4), t1);
    const t3 = f32x4.eq(t1, v128.load32_splat(TABLE, 4));
    const t4 = v128.bitselect(v128.load32_splat(TABLE, 20), v128.load32_splat(TABLE, 4), t3);
    const t5 = v128.bitselect(v128.load32_splat(TABLE, 0), t4, t2);
    const t6 = f32x4.mul(t0, t5);
    v128.store(o_y + i, t6);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function deviation_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.sqrt(t0);
    const t2 = f32x4.max(t1, v128.load32_splat(TABLE, 84));
    v128.store(o_y + i, t2);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a
 * @param v_a read: n
 * @param n count >= 0
 */
export function inverse_deviation_forward(o_y: usize, v_a: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.sqrt(t0);
    const t2 = f32x4.max(t1, v128.load32_splat(TABLE, 84));
    const t3 = f32x4.div(v128.load32_splat(TABLE, 0), t2);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_a or v_b
 * @param v_a read: n
 * @param v_b read: n
 * @param n count >= 0
 */
export function norm_slope_forward(o_y: usize, v_a: usize, v_b: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_a + i);
    const t1 = f32x4.gt(t0, v128.load32_splat(TABLE, 4));
    const t2 = v128.load(v_b + i);
    const t3 = f32x4.div(t2, t0);
    const t4 = v128.bitselect(t3, v128.load32_splat(TABLE, 4), t1);
    v128.store(o_y + i, t4);
  }
}
