import { erf } from "../src/formula/erf.ts";

/** The float64 reference of each function in asm/simd/, by file name. */
export const simdFunctions = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sigmoid: referSigmoid,
  softplus: referSoftplus,
  tanh: Math.tanh,
  erf,
  sin: Math.sin,
  cos: Math.cos,
} satisfies Record<string, (x: number) => number>;

/** The name of a function in {@link simdFunctions}. */
export type SimdFunction = keyof typeof simdFunctions;

/** `1 / (1 + exp(-x))`, written so that neither sign of x overflows or cancels. */
function referSigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const t = Math.exp(x);
  return t / (1 + t);
}

/** `log1p(exp(x))`, written so that it does not overflow. */
function referSoftplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
