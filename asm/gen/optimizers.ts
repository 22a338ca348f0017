// Generated from src/optimizers/ and src/update/ by `deno task build`. Do not edit.
import { exp } from "../simd/exp";
import { log } from "../simd/log";

const TABLE = memory.data<f32>([0.0, 1.0, -1.0, 7.703719777548943e-34], 16);

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g
 * @param v_w read: n
 * @param v_g read: n
 * @param cells read: 1
 * @param n count >= 0
 */
export function sgd_step(o_w: usize, v_w: usize, v_g: usize, cells: usize, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(s_rate, t1);
    const t3 = f32x4.sub(t0, t2);
    v128.store(o_w + i, t3);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 1
 * @param mu scalar
 * @param n count >= 0
 */
export function sgd_step_momentum(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = f32x4.mul(s_mu, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = f32x4.sub(t2, t4);
    const t6 = f32x4.add(t0, t5);
    v128.store(o_w + i, t6);
    v128.store(o_momentum + i, t5);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 1
 * @param mu scalar
 * @param n count >= 0
 */
export function sgd_step_nesterov(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = f32x4.mul(s_mu, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = f32x4.sub(t2, t4);
    const t6 = f32x4.mul(s_mu, t5);
    const t7 = f32x4.sub(t6, t4);
    const t8 = f32x4.add(t0, t7);
    v128.store(o_w + i, t8);
    v128.store(o_momentum + i, t5);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param cells read: 1
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function rmsprop_step(o_w: usize, o_velocity: usize, v_w: usize, v_g: usize, v_velocity: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(s_rate, t1);
    const t3 = v128.load(v_velocity + i);
    const t4 = f32x4.mul(t1, t1);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.add(t7, s_epsilon);
    const t9 = f32x4.sqrt(t8);
    const t10 = f32x4.div(t2, t9);
    const t11 = f32x4.sub(t0, t10);
    v128.store(o_w + i, t11);
    v128.store(o_velocity + i, t7);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_momentum read: n
 * @param cells read: 1
 * @param take scalar
 * @param epsilon scalar
 * @param mu scalar
 * @param n count >= 0
 */
export function rmsprop_step_momentum(o_w: usize, o_velocity: usize, o_momentum: usize, v_w: usize, v_g: usize, v_velocity: usize, v_momentum: usize, cells: usize, take: f32, epsilon: f32, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = f32x4.mul(s_mu, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = v128.load(v_velocity + i);
    const t6 = f32x4.mul(t3, t3);
    const t7 = f32x4.sub(t6, t5);
    const t8 = f32x4.mul(t7, s_take);
    const t9 = f32x4.add(t5, t8);
    const t10 = f32x4.add(t9, s_epsilon);
    const t11 = f32x4.sqrt(t10);
    const t12 = f32x4.div(t4, t11);
    const t13 = f32x4.add(t2, t12);
    const t14 = f32x4.sub(t0, t13);
    v128.store(o_w + i, t14);
    v128.store(o_velocity + i, t9);
    v128.store(o_momentum + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param o_average_gradient written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_average_gradient read: n
 * @param cells read: 1
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function rmsprop_step_centered(o_w: usize, o_velocity: usize, o_average_gradient: usize, v_w: usize, v_g: usize, v_velocity: usize, v_average_gradient: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(s_rate, t1);
    const t3 = v128.load(v_velocity + i);
    const t4 = f32x4.mul(t1, t1);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take);
    const t7 = f32x4.add(t3, t6);
    const t8 = v128.load(v_average_gradient + i);
    const t9 = f32x4.sub(t1, t8);
    const t10 = f32x4.mul(t9, s_take);
    const t11 = f32x4.add(t8, t10);
    const t12 = f32x4.mul(t11, t11);
    const t13 = f32x4.sub(t7, t12);
    const t14 = f32x4.max(t13, v128.load32_splat(TABLE, 0));
    const t15 = f32x4.add(t14, s_epsilon);
    const t16 = f32x4.sqrt(t15);
    const t17 = f32x4.div(t2, t16);
    const t18 = f32x4.sub(t0, t17);
    v128.store(o_w + i, t18);
    v128.store(o_velocity + i, t7);
    v128.store(o_average_gradient + i, t11);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_average_gradient written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_momentum read: n
 * @param v_average_gradient read: n
 * @param cells read: 1
 * @param take scalar
 * @param epsilon scalar
 * @param mu scalar
 * @param n count >= 0
 */
export function rmsprop_step_centered_momentum(o_w: usize, o_velocity: usize, o_momentum: usize, o_average_gradient: usize, v_w: usize, v_g: usize, v_velocity: usize, v_momentum: usize, v_average_gradient: usize, cells: usize, take: f32, epsilon: f32, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = f32x4.mul(s_mu, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = v128.load(v_velocity + i);
    const t6 = f32x4.mul(t3, t3);
    const t7 = f32x4.sub(t6, t5);
    const t8 = f32x4.mul(t7, s_take);
    const t9 = f32x4.add(t5, t8);
    const t10 = v128.load(v_average_gradient + i);
    const t11 = f32x4.sub(t3, t10);
    const t12 = f32x4.mul(t11, s_take);
    const t13 = f32x4.add(t10, t12);
    const t14 = f32x4.mul(t13, t13);
    const t15 = f32x4.sub(t9, t14);
    const t16 = f32x4.max(t15, v128.load32_splat(TABLE, 0));
    const t17 = f32x4.add(t16, s_epsilon);
    const t18 = f32x4.sqrt(t17);
    const t19 = f32x4.div(t4, t18);
    const t20 = f32x4.add(t2, t19);
    const t21 = f32x4.sub(t0, t20);
    v128.store(o_w + i, t21);
    v128.store(o_velocity + i, t9);
    v128.store(o_momentum + i, t20);
    v128.store(o_average_gradient + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 1
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adam_step(o_w: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.sub(t2, t1);
    const t4 = f32x4.mul(t3, s_take1);
    const t5 = f32x4.add(t1, t4);
    const t6 = f32x4.mul(t5, s_alpha);
    const t7 = v128.load(v_velocity + i);
    const t8 = f32x4.mul(t2, t2);
    const t9 = f32x4.sub(t8, t7);
    const t10 = f32x4.mul(t9, s_take2);
    const t11 = f32x4.add(t7, t10);
    const t12 = f32x4.sqrt(t11);
    const t13 = f32x4.add(t12, s_epsilon);
    const t14 = f32x4.div(t6, t13);
    const t15 = f32x4.sub(t0, t14);
    v128.store(o_w + i, t15);
    v128.store(o_momentum + i, t5);
    v128.store(o_velocity + i, t11);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_velocity_hat written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param v_velocity_hat read: n
 * @param cells read: 1
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adam_step_amsgrad(o_w: usize, o_momentum: usize, o_velocity: usize, o_velocity_hat: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, v_velocity_hat: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.sub(t2, t1);
    const t4 = f32x4.mul(t3, s_take1);
    const t5 = f32x4.add(t1, t4);
    const t6 = f32x4.mul(t5, s_alpha);
    const t7 = v128.load(v_velocity_hat + i);
    const t8 = v128.load(v_velocity + i);
    const t9 = f32x4.mul(t2, t2);
    const t10 = f32x4.sub(t9, t8);
    const t11 = f32x4.mul(t10, s_take2);
    const t12 = f32x4.add(t8, t11);
    const t13 = f32x4.max(t7, t12);
    const t14 = f32x4.sqrt(t13);
    const t15 = f32x4.add(t14, s_epsilon);
    const t16 = f32x4.div(t6, t15);
    const t17 = f32x4.sub(t0, t16);
    v128.store(o_w + i, t17);
    v128.store(o_momentum + i, t5);
    v128.store(o_velocity + i, t12);
    v128.store(o_velocity_hat + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param o_norm written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_norm read: n
 * @param cells read: 1
 * @param take1 scalar
 * @param keep2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adamax_step(o_w: usize, o_momentum: usize, o_norm: usize, v_w: usize, v_g: usize, v_momentum: usize, v_norm: usize, cells: usize, take1: f32, keep2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_take1 = f32x4.splat(take1);
  const s_keep2 = f32x4.splat(keep2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.sub(t2, t1);
    const t4 = f32x4.mul(t3, s_take1);
    const t5 = f32x4.add(t1, t4);
    const t6 = f32x4.mul(t5, s_alpha);
    const t7 = v128.load(v_norm + i);
    const t8 = f32x4.mul(s_keep2, t7);
    const t9 = f32x4.abs(t2);
    const t10 = f32x4.max(t8, t9);
    const t11 = f32x4.add(t10, s_epsilon);
    const t12 = f32x4.div(t6, t11);
    const t13 = f32x4.sub(t0, t12);
    v128.store(o_w + i, t13);
    v128.store(o_momentum + i, t5);
    v128.store(o_norm + i, t10);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 3
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function nadam_step(o_w: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_gamma = v128.load32_splat(cells, 4);
  const s_correction = v128.load32_splat(cells, 8);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.sub(t2, t1);
    const t4 = f32x4.mul(t3, s_take1);
    const t5 = f32x4.add(t1, t4);
    const t6 = f32x4.mul(s_alpha, t5);
    const t7 = f32x4.mul(s_gamma, t2);
    const t8 = f32x4.add(t6, t7);
    const t9 = v128.load(v_velocity + i);
    const t10 = f32x4.mul(t2, t2);
    const t11 = f32x4.sub(t10, t9);
    const t12 = f32x4.mul(t11, s_take2);
    const t13 = f32x4.add(t9, t12);
    const t14 = f32x4.mul(t13, s_correction);
    const t15 = f32x4.sqrt(t14);
    const t16 = f32x4.add(t15, s_epsilon);
    const t17 = f32x4.div(t8, t16);
    const t18 = f32x4.sub(t0, t17);
    v128.store(o_w + i, t18);
    v128.store(o_momentum + i, t5);
    v128.store(o_velocity + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param cells read: 1
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adagrad_step(o_w: usize, o_accumulator: usize, v_w: usize, v_g: usize, v_accumulator: usize, cells: usize, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(s_rate, t1);
    const t3 = v128.load(v_accumulator + i);
    const t4 = f32x4.mul(t1, t1);
    const t5 = f32x4.add(t3, t4);
    const t6 = f32x4.add(t5, s_epsilon);
    const t7 = f32x4.sqrt(t6);
    const t8 = f32x4.div(t2, t7);
    const t9 = f32x4.sub(t0, t8);
    v128.store(o_w + i, t9);
    v128.store(o_accumulator + i, t5);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param o_accumulated_grad written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param o_accumulated_delta_var written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulated_grad read: n
 * @param v_accumulated_delta_var read: n
 * @param cells read: 1
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adadelta_step(o_w: usize, o_accumulated_grad: usize, o_accumulated_delta_var: usize, v_w: usize, v_g: usize, v_accumulated_grad: usize, v_accumulated_delta_var: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_accumulated_delta_var + i);
    const t2 = f32x4.add(t1, s_epsilon);
    const t3 = v128.load(v_accumulated_grad + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.mul(t4, t4);
    const t6 = f32x4.sub(t5, t3);
    const t7 = f32x4.mul(t6, s_take);
    const t8 = f32x4.add(t3, t7);
    const t9 = f32x4.add(t8, s_epsilon);
    const t10 = f32x4.div(t2, t9);
    const t11 = f32x4.sqrt(t10);
    const t12 = f32x4.mul(t11, t4);
    const t13 = f32x4.mul(s_rate, t12);
    const t14 = f32x4.sub(t0, t13);
    const t15 = f32x4.mul(t12, t12);
    const t16 = f32x4.sub(t15, t1);
    const t17 = f32x4.mul(t16, s_take);
    const t18 = f32x4.add(t1, t17);
    v128.store(o_w + i, t14);
    v128.store(o_accumulated_grad + i, t8);
    v128.store(o_accumulated_delta_var + i, t18);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 1
 * @param take1 scalar
 * @param take2 scalar
 * @param n count >= 0
 */
export function lion_step(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, take1: f32, take2: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.sub(t2, t1);
    const t4 = f32x4.mul(t3, s_take1);
    const t5 = f32x4.add(t1, t4);
    const t6 = f32x4.gt(t5, v128.load32_splat(TABLE, 0));
    const t7 = f32x4.gt(v128.load32_splat(TABLE, 0), t5);
    const t8 = v128.bitselect(v128.load32_splat(TABLE, 8), v128.load32_splat(TABLE, 0), t7);
    const t9 = v128.bitselect(v128.load32_splat(TABLE, 4), t8, t6);
    const t10 = f32x4.mul(s_rate, t9);
    const t11 = f32x4.sub(t0, t10);
    const t12 = f32x4.mul(t3, s_take2);
    const t13 = f32x4.add(t1, t12);
    v128.store(o_w + i, t11);
    v128.store(o_momentum + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 2
 * @param l1 scalar
 * @param shrinkage scalar
 * @param n count >= 0
 */
export function ftrl_step(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.add(t0, t2);
    const t4 = f32x4.sqrt(t3);
    const t5 = f32x4.mul(t4, s_inverse_rate);
    const t6 = f32x4.add(t5, s_stabilizer);
    const t7 = f32x4.eq(t6, v128.load32_splat(TABLE, 0));
    const t8 = v128.load(v_linear + i);
    const t9 = v128.load(v_w + i);
    const t10 = f32x4.mul(s_shrinkage, t9);
    const t11 = f32x4.add(t1, t10);
    const t12 = f32x4.add(t8, t11);
    const t13 = f32x4.sqrt(t0);
    const t14 = f32x4.sub(t4, t13);
    const t15 = f32x4.mul(t14, s_inverse_rate);
    const t16 = f32x4.mul(t15, t9);
    const t17 = f32x4.sub(t12, t16);
    const t18 = f32x4.neg(s_l1);
    const t19 = f32x4.max(t17, t18);
    const t20 = f32x4.min(t19, s_l1);
    const t21 = f32x4.sub(t20, t17);
    const t22 = f32x4.div(t21, t6);
    const t23 = v128.bitselect(v128.load32_splat(TABLE, 0), t22, t7);
    v128.store(o_w + i, t23);
    v128.store(o_accumulator + i, t3);
    v128.store(o_linear + i, t17);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 2
 * @param l1 scalar
 * @param shrinkage scalar
 * @param exponent scalar
 * @param n count >= 0
 */
export function ftrl_step_power(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, exponent: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const s_exponent = f32x4.splat(exponent);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.add(t0, t2);
    const t4 = log(t3);
    const t5 = f32x4.mul(s_exponent, t4);
    const t6 = exp(t5);
    const t7 = f32x4.mul(t6, s_inverse_rate);
    const t8 = f32x4.add(t7, s_stabilizer);
    const t9 = f32x4.eq(t8, v128.load32_splat(TABLE, 0));
    const t10 = v128.load(v_linear + i);
    const t11 = v128.load(v_w + i);
    const t12 = f32x4.mul(s_shrinkage, t11);
    const t13 = f32x4.add(t1, t12);
    const t14 = f32x4.add(t10, t13);
    const t15 = log(t0);
    const t16 = f32x4.mul(s_exponent, t15);
    const t17 = exp(t16);
    const t18 = f32x4.sub(t6, t17);
    const t19 = f32x4.mul(t18, s_inverse_rate);
    const t20 = f32x4.mul(t19, t11);
    const t21 = f32x4.sub(t14, t20);
    const t22 = f32x4.neg(s_l1);
    const t23 = f32x4.max(t21, t22);
    const t24 = f32x4.min(t23, s_l1);
    const t25 = f32x4.sub(t24, t21);
    const t26 = f32x4.div(t25, t8);
    const t27 = v128.bitselect(v128.load32_splat(TABLE, 0), t26, t9);
    v128.store(o_w + i, t27);
    v128.store(o_accumulator + i, t3);
    v128.store(o_linear + i, t21);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 2
 * @param l1 scalar
 * @param shrinkage scalar
 * @param n count >= 0
 */
export function ftrl_step_fixed(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = f32x4.add(s_inverse_rate, s_stabilizer);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 0));
    const t2 = v128.load(v_linear + i);
    const t3 = v128.load(v_g + i);
    const t4 = v128.load(v_w + i);
    const t5 = f32x4.mul(s_shrinkage, t4);
    const t6 = f32x4.add(t3, t5);
    const t7 = f32x4.add(t2, t6);
    const t8 = f32x4.neg(s_l1);
    const t9 = f32x4.max(t7, t8);
    const t10 = f32x4.min(t9, s_l1);
    const t11 = f32x4.sub(t10, t7);
    const t12 = f32x4.div(t11, t0);
    const t13 = v128.bitselect(v128.load32_splat(TABLE, 0), t12, t1);
    const t14 = v128.load(v_accumulator + i);
    const t15 = f32x4.mul(t3, t3);
    const t16 = f32x4.add(t14, t15);
    v128.store(o_w + i, t13);
    v128.store(o_accumulator + i, t16);
    v128.store(o_linear + i, t7);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g
 * @param v_w read: n
 * @param v_g read: n
 * @param cells read: 2
 * @param n count >= 0
 */
export function sgd_step_decay(o_w: usize, v_w: usize, v_g: usize, cells: usize, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = f32x4.sub(t2, t4);
    v128.store(o_w + i, t5);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 2
 * @param mu scalar
 * @param n count >= 0
 */
export function sgd_step_momentum_decay(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = f32x4.mul(s_mu, t3);
    const t5 = v128.load(v_g + i);
    const t6 = f32x4.mul(s_rate, t5);
    const t7 = f32x4.sub(t4, t6);
    const t8 = f32x4.add(t2, t7);
    v128.store(o_w + i, t8);
    v128.store(o_momentum + i, t7);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 2
 * @param mu scalar
 * @param n count >= 0
 */
export function sgd_step_nesterov_decay(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = f32x4.mul(s_mu, t3);
    const t5 = v128.load(v_g + i);
    const t6 = f32x4.mul(s_rate, t5);
    const t7 = f32x4.sub(t4, t6);
    const t8 = f32x4.mul(s_mu, t7);
    const t9 = f32x4.sub(t8, t6);
    const t10 = f32x4.add(t2, t9);
    v128.store(o_w + i, t10);
    v128.store(o_momentum + i, t7);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param cells read: 2
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function rmsprop_step_decay(o_w: usize, o_velocity: usize, v_w: usize, v_g: usize, v_velocity: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = v128.load(v_velocity + i);
    const t6 = f32x4.mul(t3, t3);
    const t7 = f32x4.sub(t6, t5);
    const t8 = f32x4.mul(t7, s_take);
    const t9 = f32x4.add(t5, t8);
    const t10 = f32x4.add(t9, s_epsilon);
    const t11 = f32x4.sqrt(t10);
    const t12 = f32x4.div(t4, t11);
    const t13 = f32x4.sub(t2, t12);
    v128.store(o_w + i, t13);
    v128.store(o_velocity + i, t9);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_momentum read: n
 * @param cells read: 2
 * @param take scalar
 * @param epsilon scalar
 * @param mu scalar
 * @param n count >= 0
 */
export function rmsprop_step_momentum_decay(o_w: usize, o_velocity: usize, o_momentum: usize, v_w: usize, v_g: usize, v_velocity: usize, v_momentum: usize, cells: usize, take: f32, epsilon: f32, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = f32x4.mul(s_mu, t3);
    const t5 = v128.load(v_g + i);
    const t6 = f32x4.mul(s_rate, t5);
    const t7 = v128.load(v_velocity + i);
    const t8 = f32x4.mul(t5, t5);
    const t9 = f32x4.sub(t8, t7);
    const t10 = f32x4.mul(t9, s_take);
    const t11 = f32x4.add(t7, t10);
    const t12 = f32x4.add(t11, s_epsilon);
    const t13 = f32x4.sqrt(t12);
    const t14 = f32x4.div(t6, t13);
    const t15 = f32x4.add(t4, t14);
    const t16 = f32x4.sub(t2, t15);
    v128.store(o_w + i, t16);
    v128.store(o_velocity + i, t11);
    v128.store(o_momentum + i, t15);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param o_average_gradient written: n, whole vectors, may be v_w or v_g or v_velocity or v_average_gradient
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_average_gradient read: n
 * @param cells read: 2
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function rmsprop_step_centered_decay(o_w: usize, o_velocity: usize, o_average_gradient: usize, v_w: usize, v_g: usize, v_velocity: usize, v_average_gradient: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = v128.load(v_velocity + i);
    const t6 = f32x4.mul(t3, t3);
    const t7 = f32x4.sub(t6, t5);
    const t8 = f32x4.mul(t7, s_take);
    const t9 = f32x4.add(t5, t8);
    const t10 = v128.load(v_average_gradient + i);
    const t11 = f32x4.sub(t3, t10);
    const t12 = f32x4.mul(t11, s_take);
    const t13 = f32x4.add(t10, t12);
    const t14 = f32x4.mul(t13, t13);
    const t15 = f32x4.sub(t9, t14);
    const t16 = f32x4.max(t15, v128.load32_splat(TABLE, 0));
    const t17 = f32x4.add(t16, s_epsilon);
    const t18 = f32x4.sqrt(t17);
    const t19 = f32x4.div(t4, t18);
    const t20 = f32x4.sub(t2, t19);
    v128.store(o_w + i, t20);
    v128.store(o_velocity + i, t9);
    v128.store(o_average_gradient + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param o_average_gradient written: n, whole vectors, may be v_w or v_g or v_velocity or v_momentum or v_average_gradient
 * @param v_w read: n
 * @param v_g read: n
 * @param v_velocity read: n
 * @param v_momentum read: n
 * @param v_average_gradient read: n
 * @param cells read: 2
 * @param take scalar
 * @param epsilon scalar
 * @param mu scalar
 * @param n count >= 0
 */
export function rmsprop_step_centered_momentum_decay(o_w: usize, o_velocity: usize, o_momentum: usize, o_average_gradient: usize, v_w: usize, v_g: usize, v_velocity: usize, v_momentum: usize, v_average_gradient: usize, cells: usize, take: f32, epsilon: f32, mu: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const s_mu = f32x4.splat(mu);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = f32x4.mul(s_mu, t3);
    const t5 = v128.load(v_g + i);
    const t6 = f32x4.mul(s_rate, t5);
    const t7 = v128.load(v_velocity + i);
    const t8 = f32x4.mul(t5, t5);
    const t9 = f32x4.sub(t8, t7);
    const t10 = f32x4.mul(t9, s_take);
    const t11 = f32x4.add(t7, t10);
    const t12 = v128.load(v_average_gradient + i);
    const t13 = f32x4.sub(t5, t12);
    const t14 = f32x4.mul(t13, s_take);
    const t15 = f32x4.add(t12, t14);
    const t16 = f32x4.mul(t15, t15);
    const t17 = f32x4.sub(t11, t16);
    const t18 = f32x4.max(t17, v128.load32_splat(TABLE, 0));
    const t19 = f32x4.add(t18, s_epsilon);
    const t20 = f32x4.sqrt(t19);
    const t21 = f32x4.div(t6, t20);
    const t22 = f32x4.add(t4, t21);
    const t23 = f32x4.sub(t2, t22);
    v128.store(o_w + i, t23);
    v128.store(o_velocity + i, t11);
    v128.store(o_momentum + i, t22);
    v128.store(o_average_gradient + i, t15);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 2
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adam_step_decay(o_w: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take1);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.mul(t7, s_alpha);
    const t9 = v128.load(v_velocity + i);
    const t10 = f32x4.mul(t4, t4);
    const t11 = f32x4.sub(t10, t9);
    const t12 = f32x4.mul(t11, s_take2);
    const t13 = f32x4.add(t9, t12);
    const t14 = f32x4.sqrt(t13);
    const t15 = f32x4.add(t14, s_epsilon);
    const t16 = f32x4.div(t8, t15);
    const t17 = f32x4.sub(t2, t16);
    v128.store(o_w + i, t17);
    v128.store(o_momentum + i, t7);
    v128.store(o_velocity + i, t13);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param o_velocity_hat written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity or v_velocity_hat
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param v_velocity_hat read: n
 * @param cells read: 2
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adam_step_amsgrad_decay(o_w: usize, o_momentum: usize, o_velocity: usize, o_velocity_hat: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, v_velocity_hat: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take1);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.mul(t7, s_alpha);
    const t9 = v128.load(v_velocity_hat + i);
    const t10 = v128.load(v_velocity + i);
    const t11 = f32x4.mul(t4, t4);
    const t12 = f32x4.sub(t11, t10);
    const t13 = f32x4.mul(t12, s_take2);
    const t14 = f32x4.add(t10, t13);
    const t15 = f32x4.max(t9, t14);
    const t16 = f32x4.sqrt(t15);
    const t17 = f32x4.add(t16, s_epsilon);
    const t18 = f32x4.div(t8, t17);
    const t19 = f32x4.sub(t2, t18);
    v128.store(o_w + i, t19);
    v128.store(o_momentum + i, t7);
    v128.store(o_velocity + i, t14);
    v128.store(o_velocity_hat + i, t15);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param o_norm written: n, whole vectors, may be v_w or v_g or v_momentum or v_norm
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_norm read: n
 * @param cells read: 2
 * @param take1 scalar
 * @param keep2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adamax_step_decay(o_w: usize, o_momentum: usize, o_norm: usize, v_w: usize, v_g: usize, v_momentum: usize, v_norm: usize, cells: usize, take1: f32, keep2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take1 = f32x4.splat(take1);
  const s_keep2 = f32x4.splat(keep2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take1);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.mul(t7, s_alpha);
    const t9 = v128.load(v_norm + i);
    const t10 = f32x4.mul(s_keep2, t9);
    const t11 = f32x4.abs(t4);
    const t12 = f32x4.max(t10, t11);
    const t13 = f32x4.add(t12, s_epsilon);
    const t14 = f32x4.div(t8, t13);
    const t15 = f32x4.sub(t2, t14);
    v128.store(o_w + i, t15);
    v128.store(o_momentum + i, t7);
    v128.store(o_norm + i, t12);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 4
 * @param take1 scalar
 * @param take2 scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function nadam_step_decay(o_w: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_momentum: usize, v_velocity: usize, cells: usize, take1: f32, take2: f32, epsilon: f32, n: i32): void {
  const s_alpha = v128.load32_splat(cells, 0);
  const s_gamma = v128.load32_splat(cells, 4);
  const s_correction = v128.load32_splat(cells, 8);
  const s_decay = v128.load32_splat(cells, 12);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take1);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.mul(s_alpha, t7);
    const t9 = f32x4.mul(s_gamma, t4);
    const t10 = f32x4.add(t8, t9);
    const t11 = v128.load(v_velocity + i);
    const t12 = f32x4.mul(t4, t4);
    const t13 = f32x4.sub(t12, t11);
    const t14 = f32x4.mul(t13, s_take2);
    const t15 = f32x4.add(t11, t14);
    const t16 = f32x4.mul(t15, s_correction);
    const t17 = f32x4.sqrt(t16);
    const t18 = f32x4.add(t17, s_epsilon);
    const t19 = f32x4.div(t10, t18);
    const t20 = f32x4.sub(t2, t19);
    v128.store(o_w + i, t20);
    v128.store(o_momentum + i, t7);
    v128.store(o_velocity + i, t15);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param cells read: 2
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adagrad_step_decay(o_w: usize, o_accumulator: usize, v_w: usize, v_g: usize, v_accumulator: usize, cells: usize, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_g + i);
    const t4 = f32x4.mul(s_rate, t3);
    const t5 = v128.load(v_accumulator + i);
    const t6 = f32x4.mul(t3, t3);
    const t7 = f32x4.add(t5, t6);
    const t8 = f32x4.add(t7, s_epsilon);
    const t9 = f32x4.sqrt(t8);
    const t10 = f32x4.div(t4, t9);
    const t11 = f32x4.sub(t2, t10);
    v128.store(o_w + i, t11);
    v128.store(o_accumulator + i, t7);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param o_accumulated_grad written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param o_accumulated_delta_var written: n, whole vectors, may be v_w or v_g or v_accumulated_grad or v_accumulated_delta_var
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulated_grad read: n
 * @param v_accumulated_delta_var read: n
 * @param cells read: 2
 * @param take scalar
 * @param epsilon scalar
 * @param n count >= 0
 */
export function adadelta_step_decay(o_w: usize, o_accumulated_grad: usize, o_accumulated_delta_var: usize, v_w: usize, v_g: usize, v_accumulated_grad: usize, v_accumulated_delta_var: usize, cells: usize, take: f32, epsilon: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take = f32x4.splat(take);
  const s_epsilon = f32x4.splat(epsilon);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_accumulated_delta_var + i);
    const t4 = f32x4.add(t3, s_epsilon);
    const t5 = v128.load(v_accumulated_grad + i);
    const t6 = v128.load(v_g + i);
    const t7 = f32x4.mul(t6, t6);
    const t8 = f32x4.sub(t7, t5);
    const t9 = f32x4.mul(t8, s_take);
    const t10 = f32x4.add(t5, t9);
    const t11 = f32x4.add(t10, s_epsilon);
    const t12 = f32x4.div(t4, t11);
    const t13 = f32x4.sqrt(t12);
    const t14 = f32x4.mul(t13, t6);
    const t15 = f32x4.mul(s_rate, t14);
    const t16 = f32x4.sub(t2, t15);
    const t17 = f32x4.mul(t14, t14);
    const t18 = f32x4.sub(t17, t3);
    const t19 = f32x4.mul(t18, s_take);
    const t20 = f32x4.add(t3, t19);
    v128.store(o_w + i, t16);
    v128.store(o_accumulated_grad + i, t10);
    v128.store(o_accumulated_delta_var + i, t20);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_momentum
 * @param v_w read: n
 * @param v_g read: n
 * @param v_momentum read: n
 * @param cells read: 2
 * @param take1 scalar
 * @param take2 scalar
 * @param n count >= 0
 */
export function lion_step_decay(o_w: usize, o_momentum: usize, v_w: usize, v_g: usize, v_momentum: usize, cells: usize, take1: f32, take2: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_decay = v128.load32_splat(cells, 4);
  const s_take1 = f32x4.splat(take1);
  const s_take2 = f32x4.splat(take2);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = f32x4.mul(t0, s_decay);
    const t2 = f32x4.sub(t0, t1);
    const t3 = v128.load(v_momentum + i);
    const t4 = v128.load(v_g + i);
    const t5 = f32x4.sub(t4, t3);
    const t6 = f32x4.mul(t5, s_take1);
    const t7 = f32x4.add(t3, t6);
    const t8 = f32x4.gt(t7, v128.load32_splat(TABLE, 0));
    const t9 = f32x4.gt(v128.load32_splat(TABLE, 0), t7);
    const t10 = v128.bitselect(v128.load32_splat(TABLE, 8), v128.load32_splat(TABLE, 0), t9);
    const t11 = v128.bitselect(v128.load32_splat(TABLE, 4), t10, t8);
    const t12 = f32x4.mul(s_rate, t11);
    const t13 = f32x4.sub(t2, t12);
    const t14 = f32x4.mul(t5, s_take2);
    const t15 = f32x4.add(t3, t14);
    v128.store(o_w + i, t13);
    v128.store(o_momentum + i, t15);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 3
 * @param l1 scalar
 * @param shrinkage scalar
 * @param n count >= 0
 */
export function ftrl_step_decay(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_decay = v128.load32_splat(cells, 8);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.add(t0, t2);
    const t4 = f32x4.sqrt(t3);
    const t5 = f32x4.mul(t4, s_inverse_rate);
    const t6 = f32x4.add(t5, s_stabilizer);
    const t7 = f32x4.eq(t6, v128.load32_splat(TABLE, 0));
    const t8 = v128.load(v_linear + i);
    const t9 = v128.load(v_w + i);
    const t10 = f32x4.mul(t9, s_decay);
    const t11 = f32x4.sub(t9, t10);
    const t12 = f32x4.mul(s_shrinkage, t11);
    const t13 = f32x4.add(t1, t12);
    const t14 = f32x4.add(t8, t13);
    const t15 = f32x4.sqrt(t0);
    const t16 = f32x4.sub(t4, t15);
    const t17 = f32x4.mul(t16, s_inverse_rate);
    const t18 = f32x4.mul(t17, t11);
    const t19 = f32x4.sub(t14, t18);
    const t20 = f32x4.neg(s_l1);
    const t21 = f32x4.max(t19, t20);
    const t22 = f32x4.min(t21, s_l1);
    const t23 = f32x4.sub(t22, t19);
    const t24 = f32x4.div(t23, t6);
    const t25 = v128.bitselect(v128.load32_splat(TABLE, 0), t24, t7);
    v128.store(o_w + i, t25);
    v128.store(o_accumulator + i, t3);
    v128.store(o_linear + i, t19);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 3
 * @param l1 scalar
 * @param shrinkage scalar
 * @param exponent scalar
 * @param n count >= 0
 */
export function ftrl_step_power_decay(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, exponent: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_decay = v128.load32_splat(cells, 8);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const s_exponent = f32x4.splat(exponent);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.mul(t1, t1);
    const t3 = f32x4.add(t0, t2);
    const t4 = log(t3);
    const t5 = f32x4.mul(s_exponent, t4);
    const t6 = exp(t5);
    const t7 = f32x4.mul(t6, s_inverse_rate);
    const t8 = f32x4.add(t7, s_stabilizer);
    const t9 = f32x4.eq(t8, v128.load32_splat(TABLE, 0));
    const t10 = v128.load(v_linear + i);
    const t11 = v128.load(v_w + i);
    const t12 = f32x4.mul(t11, s_decay);
    const t13 = f32x4.sub(t11, t12);
    const t14 = f32x4.mul(s_shrinkage, t13);
    const t15 = f32x4.add(t1, t14);
    const t16 = f32x4.add(t10, t15);
    const t17 = log(t0);
    const t18 = f32x4.mul(s_exponent, t17);
    const t19 = exp(t18);
    const t20 = f32x4.sub(t6, t19);
    const t21 = f32x4.mul(t20, s_inverse_rate);
    const t22 = f32x4.mul(t21, t13);
    const t23 = f32x4.sub(t16, t22);
    const t24 = f32x4.neg(s_l1);
    const t25 = f32x4.max(t23, t24);
    const t26 = f32x4.min(t25, s_l1);
    const t27 = f32x4.sub(t26, t23);
    const t28 = f32x4.div(t27, t8);
    const t29 = v128.bitselect(v128.load32_splat(TABLE, 0), t28, t9);
    v128.store(o_w + i, t29);
    v128.store(o_accumulator + i, t3);
    v128.store(o_linear + i, t23);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_accumulator written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param o_linear written: n, whole vectors, may be v_w or v_g or v_accumulator or v_linear
 * @param v_w read: n
 * @param v_g read: n
 * @param v_accumulator read: n
 * @param v_linear read: n
 * @param cells read: 3
 * @param l1 scalar
 * @param shrinkage scalar
 * @param n count >= 0
 */
export function ftrl_step_fixed_decay(o_w: usize, o_accumulator: usize, o_linear: usize, v_w: usize, v_g: usize, v_accumulator: usize, v_linear: usize, cells: usize, l1: f32, shrinkage: f32, n: i32): void {
  const s_inverse_rate = v128.load32_splat(cells, 0);
  const s_stabilizer = v128.load32_splat(cells, 4);
  const s_decay = v128.load32_splat(cells, 8);
  const s_l1 = f32x4.splat(l1);
  const s_shrinkage = f32x4.splat(shrinkage);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = f32x4.add(s_inverse_rate, s_stabilizer);
    const t1 = f32x4.eq(t0, v128.load32_splat(TABLE, 0));
    const t2 = v128.load(v_linear + i);
    const t3 = v128.load(v_g + i);
    const t4 = v128.load(v_w + i);
    const t5 = f32x4.mul(t4, s_decay);
    const t6 = f32x4.sub(t4, t5);
    const t7 = f32x4.mul(s_shrinkage, t6);
    const t8 = f32x4.add(t3, t7);
    const t9 = f32x4.add(t2, t8);
    const t10 = f32x4.neg(s_l1);
    const t11 = f32x4.max(t9, t10);
    const t12 = f32x4.min(t11, s_l1);
    const t13 = f32x4.sub(t12, t9);
    const t14 = f32x4.div(t13, t0);
    const t15 = v128.bitselect(v128.load32_splat(TABLE, 0), t14, t1);
    const t16 = v128.load(v_accumulator + i);
    const t17 = f32x4.mul(t3, t3);
    const t18 = f32x4.add(t16, t17);
    v128.store(o_w + i, t15);
    v128.store(o_accumulator + i, t18);
    v128.store(o_linear + i, t9);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_point written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_point read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 3
 * @param take2 scalar
 * @param epsilon scalar
 * @param beta1 scalar
 * @param n count >= 0
 */
export function adam_schedule_free_step(o_w: usize, o_point: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_point: usize, v_momentum: usize, v_velocity: usize, cells: usize, take2: f32, epsilon: f32, beta1: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_correction = v128.load32_splat(cells, 4);
  const s_weight = v128.load32_splat(cells, 8);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const s_beta1 = f32x4.splat(beta1);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.mul(s_rate, t2);
    const t4 = v128.load(v_velocity + i);
    const t5 = f32x4.mul(t2, t2);
    const t6 = f32x4.sub(t5, t4);
    const t7 = f32x4.mul(t6, s_take2);
    const t8 = f32x4.add(t4, t7);
    const t9 = f32x4.mul(t8, s_correction);
    const t10 = f32x4.sqrt(t9);
    const t11 = f32x4.add(t10, s_epsilon);
    const t12 = f32x4.div(t3, t11);
    const t13 = f32x4.sub(t1, t12);
    const t14 = f32x4.sub(t13, t0);
    const t15 = f32x4.mul(t14, s_weight);
    const t16 = f32x4.add(t0, t15);
    const t17 = f32x4.sub(t16, t13);
    const t18 = f32x4.mul(t17, s_beta1);
    const t19 = f32x4.add(t13, t18);
    v128.store(o_w + i, t16);
    v128.store(o_point + i, t19);
    v128.store(o_momentum + i, t13);
    v128.store(o_velocity + i, t8);
  }
}

/**
 * @param o_w written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_point written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_momentum written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param o_velocity written: n, whole vectors, may be v_w or v_g or v_point or v_momentum or v_velocity
 * @param v_w read: n
 * @param v_g read: n
 * @param v_point read: n
 * @param v_momentum read: n
 * @param v_velocity read: n
 * @param cells read: 4
 * @param take2 scalar
 * @param epsilon scalar
 * @param beta1 scalar
 * @param n count >= 0
 */
export function adam_schedule_free_step_decay(o_w: usize, o_point: usize, o_momentum: usize, o_velocity: usize, v_w: usize, v_g: usize, v_point: usize, v_momentum: usize, v_velocity: usize, cells: usize, take2: f32, epsilon: f32, beta1: f32, n: i32): void {
  const s_rate = v128.load32_splat(cells, 0);
  const s_correction = v128.load32_splat(cells, 4);
  const s_weight = v128.load32_splat(cells, 8);
  const s_decay = v128.load32_splat(cells, 12);
  const s_take2 = f32x4.splat(take2);
  const s_epsilon = f32x4.splat(epsilon);
  const s_beta1 = f32x4.splat(beta1);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_w + i);
    const t1 = v128.load(v_momentum + i);
    const t2 = v128.load(v_g + i);
    const t3 = f32x4.mul(s_rate, t2);
    const t4 = v128.load(v_velocity + i);
    const t5 = f32x4.mul(t2, t2);
    const t6 = f32x4.sub(t5, t4);
    const t7 = f32x4.mul(t6, s_take2);
    const t8 = f32x4.add(t4, t7);
    const t9 = f32x4.mul(t8, s_correction);
    const t10 = f32x4.sqrt(t9);
    const t11 = f32x4.add(t10, s_epsilon);
    const t12 = f32x4.div(t3, t11);
    const t13 = f32x4.sub(t1, t12);
    const t14 = v128.load(v_point + i);
    const t15 = f32x4.mul(t14, s_decay);
    const t16 = f32x4.sub(t13, t15);
    const t17 = f32x4.sub(t16, t0);
    const t18 = f32x4.mul(t17, s_weight);
    const t19 = f32x4.add(t0, t18);
    const t20 = f32x4.sub(t19, t16);
    const t21 = f32x4.mul(t20, s_beta1);
    const t22 = f32x4.add(t16, t21);
    v128.store(o_w + i, t19);
    v128.store(o_point + i, t22);
    v128.store(o_momentum + i, t16);
    v128.store(o_velocity + i, t8);
  }
}

/**
 * @param o_y written: n, whole vectors, may be v_g
 * @param v_g read: n
 * @param limit scalar
 * @param n count >= 0
 */
export function clip_value(o_y: usize, v_g: usize, limit: f32, n: i32): void {
  const s_limit = f32x4.splat(limit);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_g + i);
    const t1 = f32x4.neg(s_limit);
    const t2 = f32x4.max(t0, t1);
    const t3 = f32x4.min(t2, s_limit);
    v128.store(o_y + i, t3);
  }
}

/**
 * @param o_accumulator written: n, whole vectors, may be v_accumulator or v_g
 * @param v_accumulator read: n
 * @param v_g read: n
 * @param n count >= 0
 */
export function accumulate(o_accumulator: usize, v_accumulator: usize, v_g: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.add(t0, t1);
    v128.store(o_accumulator + i, t2);
  }
}

/**
 * @param o_accumulator written: n, whole vectors, may be v_accumulator or v_g
 * @param o_g written: n, whole vectors, may be v_accumulator or v_g
 * @param v_accumulator read: n
 * @param v_g read: n
 * @param share scalar
 * @param n count >= 0
 */
export function take_accumulated(o_accumulator: usize, o_g: usize, v_accumulator: usize, v_g: usize, share: f32, n: i32): void {
  const s_share = f32x4.splat(share);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_accumulator + i);
    const t1 = v128.load(v_g + i);
    const t2 = f32x4.add(t0, t1);
    const t3 = f32x4.mul(t2, s_share);
    v128.store(o_accumulator + i, v128.load32_splat(TABLE, 0));
    v128.store(o_g + i, t3);
  }
}

/**
 * @param o_average written: n, whole vectors, may be v_average or v_w
 * @param v_average read: n
 * @param v_w read: n
 * @param cells read: 2
 * @param n count >= 0
 */
export function average_weights(o_average: usize, v_average: usize, v_w: usize, cells: usize, n: i32): void {
  const s_keep = v128.load32_splat(cells, 0);
  const s_take = v128.load32_splat(cells, 4);
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_average + i);
    const t1 = f32x4.mul(s_keep, t0);
    const t2 = v128.load(v_w + i);
    const t3 = f32x4.mul(s_take, t2);
    const t4 = f32x4.add(t1, t3);
    v128.store(o_average + i, t4);
  }
}

/**
 * @param o_slot written: n, whole vectors, may be v_slot
 * @param v_slot read: n
 * @param n count >= 0
 */
export function flush_slot(o_slot: usize, v_slot: usize, n: i32): void {
  const end: usize = (<usize>((n + 3) >> 2)) << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(v_slot + i);
    const t1 = f32x4.abs(t0);
    const t2 = f32x4.gt(v128.load32_splat(TABLE, 12), t1);
    const t3 = v128.bitselect(v128.load32_splat(TABLE, 0), t0, t2);
    v128.store(o_slot + i, t3);
  }
}
