import { assert, assertEquals } from "@std/assert";
import { compileSimd } from "../../tools/compile_simd.ts";
import { listLoopConstants } from "../../tools/list_loop_constants.ts";
import { type SimdFunction, simdFunctions } from "../../tools/simd_functions.ts";
import { ulpError } from "../../tools/ulp_error.ts";

// The bound the kernels promise over all floats; tools/measure_ulp.ts measures it there.
const MAX_ULP = 2.5;
const STEP = 4099;
const CHUNK = 1 << 16;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Results that must be exact, the sign of zero included: [argument, result]. */
const exactValues: Record<SimdFunction, [number, number][]> = {
  exp: [[-inf, 0], [-104, 0], [-1e30, 0], [-0, 1], [0, 1], [89, inf], [3e38, inf], [inf, inf]],
  expm1: [[-inf, -1], [-20, -1], [-0, -0], [0, 0], [1e-40, Math.fround(1e-40)], [89, inf], [inf, inf]],
  log: [[-inf, nan], [-1, nan], [-1e-40, nan], [-0, -inf], [0, -inf], [1, 0], [inf, inf]],
  log1p: [[-inf, nan], [-1.0000001, nan], [-1, -inf], [-0, -0], [0, 0], [1e-40, Math.fround(1e-40)], [inf, inf]],
  sigmoid: [[-inf, 0], [-104, 0], [-0, 0.5], [0, 0.5], [20, 1], [3e38, 1], [inf, 1]],
  softplus: [[-inf, 0], [-104, 0], [100, 100], [3e38, Math.fround(3e38)], [inf, inf]],
  tanh: [[-inf, -1], [-3e38, -1], [-0, -0], [0, 0], [1e-40, Math.fround(1e-40)], [10, 1], [inf, 1]],
  erf: [[-inf, -1], [-3e38, -1], [-0, -0], [0, 0], [4, 1], [3e38, 1], [inf, 1]],
  sin: [[-inf, nan], [-0, -0], [0, 0], [1e-40, Math.fround(1e-40)], [inf, nan]],
  cos: [[-inf, nan], [-0, 1], [0, 1], [1e-40, 1], [inf, nan]],
};

/** Points where a formula changes range, overflows, underflows or loses digits. */
const edges = [
  ...[2 ** -149, 2 ** -126, 2 ** -24, 1e-9, 0.125, 0.25, 0.5, Math.SQRT1_2, 1, Math.SQRT2, 2, 3.92, 2 ** 24, 2 ** 127],
  ...[1, 3, 5, 7, 25, 49, 51, 251, 255, 257, 299].map((k) => k * Math.LN2 / 2),
  // Near multiples of π/2, and where another reduction begins.
  ...[1, 2, 3, 4, 7, 8, 101, 1e6, 85445659].map((k) => k * Math.PI / 2),
  ...[16367173 * 2 ** 72, 2 ** 27, 2 ** 28, 2 ** 64, 3.4e38],
  ...[10, 17.33, 20, 30, 87.336544, 88.02969, 88.72284, 89, 103.27893, 103.97208, 105, Math.SQRT2 * 2 ** 127],
];

const builds = { fast: await compileSimd("fast", CHUNK), portable: await compileSimd("portable", CHUNK) };
const names = Object.keys(simdFunctions) as SimdFunction[];

/** Fails if the first `count` results differ from the reference by more than the bound, or in the sign of a zero. */
function checkResults(name: SimdFunction, x: Float32Array, y: Float32Array, count: number): void {
  const reference = simdFunctions[name];
  for (let i = 0; i < count; i++) {
    const exact = reference(x[i]);
    if (y[i] === Math.fround(exact) && y[i] !== 0) continue;
    const error = ulpError(y[i], exact);
    if (error > MAX_ULP) throw new Error(`${name}(${x[i]}) = ${y[i]}, must be ${exact}: ${error} ulp`);
    if (y[i] === 0 && exact === 0 && !Object.is(y[i], exact)) throw new Error(`${name}(${x[i]}) must be ${exact}`);
  }
}

for (const [numerics, { x, y, run, text }] of Object.entries(builds)) {
  const patterns = new Uint32Array(x.buffer, x.byteOffset, CHUNK);

  for (const name of names) {
    Deno.test(`${name}, ${numerics}: within ${MAX_ULP} ulp over every ${STEP}th float`, () => {
      // Each function and build starts elsewhere, so that together they see more bit patterns.
      for (let pattern = names.indexOf(name) * 512 + text.length % 512; pattern < 2 ** 32;) {
        let count = 0;
        for (; count < CHUNK && pattern < 2 ** 32; pattern += STEP) patterns[count++] = pattern;
        run(name, count);
        checkResults(name, x, y, count);
      }
    });

    Deno.test(`${name}, ${numerics}: within ${MAX_ULP} ulp beside the edges`, () => {
      for (const edge of edges) {
        x[0] = edge;
        const middle = patterns[0];
        const count = 2 * 1024;
        for (let i = 0; i < 1024; i++) {
          // Both signs. Below the smallest float there are only zeros.
          patterns[2 * i] = Math.max(middle + i - 512, 0);
          patterns[2 * i + 1] = patterns[2 * i] | 0x80000000;
        }
        run(name, count);
        checkResults(name, x, y, count);
      }
    });

    Deno.test(`${name}, ${numerics}: special values are exact`, () => {
      const cases = [...exactValues[name], [nan, nan]];
      cases.forEach(([argument], i) => x[i] = argument);
      run(name, cases.length);
      cases.forEach(([argument, result], i) =>
        assert(Object.is(y[i], result), `${name}(${argument}) = ${y[i]}, must be ${result}`)
      );
    });

    Deno.test(`${name}, ${numerics}: a lane does not depend on the others`, () => {
      const values = [-inf, -103.5, -3, -1, -0.3, -0, 1e-40, 0.2, 0.9, 1.7, 5, 88.5, 1e30, inf, nan];
      const alone = values.map((value) => {
        x.fill(value, 0, 4);
        run(name, 4);
        return y[0];
      });
      const mixed = Array.from({ length: CHUNK }, (_, i) => (i * 7919 + (i >> 4) * 31) % values.length);
      mixed.forEach((index, i) => x[i] = values[index]);
      run(name, CHUNK);
      mixed.forEach((index, i) => assert(Object.is(y[i], alone[index]), `${name}(${values[index]}) in lane ${i % 4}`));
    });
  }

  Deno.test(`asm/simd, ${numerics}: no vector constant is built inside a loop`, () => {
    assertEquals(listLoopConstants(text), new Map());
  });
}

Deno.test("asm/simd: the fast build multiplies and adds in one instruction, the portable build never does", () => {
  assert(builds.fast.text.includes("f32x4.relaxed_madd") && builds.fast.text.includes("f32x4.relaxed_nmadd"));
  assert(!builds.portable.text.includes("relaxed"));
});
