import { compileKernels } from "../../tools/compile_kernels.ts";

const CHAINS = Array.from({ length: 12 }, (_, i) => `a${i}`);
const PEAK = `
import { madd } from "./asm/simd/madd";
export function peak(count: i32, u: f32, v: f32): f32 {
  const x = f32x4.splat(u), y = f32x4.splat(v);
  let ${CHAINS.map((name, i) => `${name} = ${i % 2 ? "x" : "y"}`).join(", ")};
  for (let i = 0; i < count; i++) { ${CHAINS.map((name) => `${name} = madd(${name}, x, y);`).join(" ")} }
  return f32x4.extract_lane(${CHAINS.reduce((sum, name) => `f32x4.add(${sum}, ${name})`)}, 0);
}`;

/**
 * Makes a function that measures the peak of one core in GFLOP/s, over about half a millisecond: a loop of 12 independent chains of
 * fused multiply-adds in registers, with arguments known only at run time. It is warm when it is returned.
 */
export async function createPeakMeter(): Promise<() => number> {
  const { call } = await compileKernels({ paths: [], numerics: "fast", bytes: 0, extra: PEAK });
  const measure = (): number => {
    const count = 75_000;
    const start = performance.now();
    call.peak(count, 1e-3, 1e-3);
    return count * 96 / 1e6 / (performance.now() - start);
  };
  for (let pass = 0; pass < 2; pass++) {
    for (const end = performance.now() + 200; performance.now() < end;) call.peak(2000, 1e-3, 1e-3);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return measure;
}
