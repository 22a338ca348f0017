import { assert, assertEquals } from "@std/assert";
import { compileKernels, type KernelModule } from "../../tools/compile_kernels.ts";

const paths = ["asm/kernel/matmul.ts", "asm/kernel/matmul_small.ts", "asm/kernel/pack.ts"];
const bytes = 16 << 20;
const builds = {
  fast: await compileKernels({ paths, numerics: "fast", bytes }),
  portable: await compileKernels({ paths, numerics: "portable", bytes }),
};

type Form = "nn" | "nt" | "tn";
const FORMS: readonly Form[] = ["nn", "nt", "tn"];

/** Where a problem's parts lie, in bytes. Each part has room for the largest problem here and a guard. */
const A = 1 << 16, B = A + (3 << 20), PACKED = B + (3 << 20), C = PACKED + (3 << 20), BIAS = C + (3 << 20);
const STRIPS = BIAS + (1 << 20);
const GUARD = 64;
const UNTOUCHED = -12345.5;

interface Problem {
  form: Form;
  m: number;
  n: number;
  k: number;
  /** What rows of A, B and C are longer by. */
  gap: [number, number, number];
  bias: boolean;
  a: Float32Array;
  b: Float32Array;
  biasValues: Float32Array;
}

/** A repeatable stream of numbers in [0, 1) (Lehmer's generator, modulus 2^31 - 1). */
function stream(seed: number): () => number {
  let state = seed;
  return () => (state = state * 48271 % 2147483647) / 2147483647;
}

function makeProblem(next: () => number, form: Form, m: number, n: number, k: number): Problem {
  const draw = (length: number): Float32Array => Float32Array.from({ length }, () => next() * 2 - 1);
  const extra = (): number => next() < 0.5 ? 0 : Math.floor(next() * 9);
  const gap: [number, number, number] = [extra(), extra(), extra()];
  const a = draw(form === "tn" ? k * (m + gap[0]) : m * (k + gap[0]));
  const b = draw(form === "nt" ? n * (k + gap[1]) : k * (n + gap[1]));
  return { form, m, n, k, gap, bias: next() < 0.5, a, b, biasValues: draw(n) };
}

function strides({ form, m, n, k, gap }: Problem): { lda: number; ldb: number; ldc: number } {
  return { lda: (form === "tn" ? m : k) + gap[0], ldb: (form === "nt" ? k : n) + gap[1], ldc: n + gap[2] };
}

/** Writes A, B and bias, NaN around them, and the untouched mark over all of C. */
function load({ memory }: KernelModule, problem: Problem): void {
  const f = new Float32Array(memory.buffer);
  for (const [address, values] of [[A, problem.a], [B, problem.b], [BIAS, problem.biasValues]] as const) {
    f.fill(NaN, address / 4 - GUARD, address / 4 + values.length + GUARD);
    f.set(values, address / 4);
  }
  const { m, n, k } = problem;
  f.fill(NaN, PACKED / 4, PACKED / 4 + 8 * Math.ceil(n / 8) * k + GUARD);
  f.fill(NaN, STRIPS / 4, STRIPS / 4 + (m + 3) * k + GUARD);
  f.fill(UNTOUCHED, C / 4 - GUARD, C / 4 + m * strides(problem).ldc + GUARD);
}

interface Share {
  rows: [number, number];
  columns: [number, number];
}

/** Runs one variant on a share of the rows and columns of C. */
function run(module: KernelModule, problem: Problem, variant: "packed" | "small", share?: Share, relu = ""): void {
  const { call } = module;
  const { form, m, n, k } = problem;
  const { lda, ldb, ldc } = strides(problem);
  const [r0, r1] = share?.rows ?? [0, m], [j0, j1] = share?.columns ?? [0, n];
  const a = A + 4 * (form === "tn" ? r0 : r0 * lda), b = B + 4 * (form === "nt" ? j0 * ldb : j0);
  const c = C + 4 * (r0 * ldc + j0), bias = problem.bias ? BIAS + 4 * j0 : 0;
  if (variant === "small") {
    const name = { nn: "n", nt: "nt", tn: "t" }[form];
    call[`matmul_small_${name}${relu}`](c, a, b, bias, r1 - r0, j1 - j0, k, lda, ldb, ldc);
    return;
  }
  const packed = PACKED + 4 * k * j0, strips = STRIPS + 4 * k * r0;
  call[form === "nt" ? "pack_t" : "pack_n"](packed, b, k, j1 - j0, ldb);
  call[form === "tn" ? "pack_columns" : "pack_rows"](strips, a, r1 - r0, k, lda);
  call[`matmul${relu}`](c, strips, packed, bias, r1 - r0, j1 - j0, k, ldc);
}

/** C's words, the bits of the floats, with the guards before and behind. */
function readBits({ memory }: KernelModule, problem: Problem): Uint32Array {
  return new Uint32Array(memory.buffer).slice(C / 4 - GUARD, C / 4 + problem.m * strides(problem).ldc + GUARD);
}

/**
 * Compares C with a float64 product, and everything around it with the untouched mark.
 *
 * Any order of k + 1 roundings stays within gamma = k * u / (1 - k * u) of sum |a * b| + |bias|, u = 2^-24 (Higham, Accuracy and
 * Stability of Numerical Algorithms, section 3.1); k + 1 for the bias, and 2^-149 * k for products that are subnormal.
 */
function check(bits: Uint32Array, problem: Problem, what: string): void {
  const { form, m, n, k, a, b, biasValues } = problem;
  const { lda, ldb, ldc } = strides(problem);
  const found = new Float32Array(bits.buffer);
  const rounding = (k + 1) * 2 ** -24 / (1 - (k + 1) * 2 ** -24);
  let inside = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = problem.bias ? biasValues[j] : 0, size = Math.abs(sum);
      for (let l = 0; l < k; l++) {
        const term = a[form === "tn" ? l * lda + i : i * lda + l] * b[form === "nt" ? j * ldb + l : l * ldb + j];
        sum += term;
        size += Math.abs(term);
      }
      const value = found[GUARD + i * ldc + j];
      inside++;
      if (!(Math.abs(value - sum) <= rounding * size + k * 2 ** -149)) {
        assert(false, `${what}: C[${i}, ${j}] is ${value}, must be ${sum} within ${rounding * size}`);
      }
    }
  }
  let marks = 0;
  for (let i = 0; i < found.length; i++) {
    const at = i - GUARD, outside = at < 0 || at >= m * ldc || at % ldc >= n;
    if (!outside) continue;
    marks++;
    if (found[i] !== UNTOUCHED) assert(false, `${what}: wrote ${found[i]} outside C, at element ${at}`);
  }
  assertEquals(inside + marks, found.length);
}

const SHAPES: readonly [number, number, number][] = [
  ...[[4, 7, 2], [4, 1, 7], [4, 7, 1], [1, 1, 1], [1, 70, 9], [5, 8, 16], [7, 3, 65], [32, 64, 20], [13, 40, 66]],
  ...[[50, 9, 513], [97, 24, 1030], [6, 265, 40], [11, 300, 520], [1, 100, 600], [49, 5, 512]],
  ...Array.from({ length: 24 }, (_, i) => [i + 1, 9, 5]),
] as [number, number, number][];

function* problems(): Generator<Problem> {
  const next = stream(20231);
  for (const form of FORMS) {
    for (const [m, n, k] of SHAPES) yield makeProblem(next, form, m, n, k);
    for (let i = 0; i < 60; i++) {
      const size = (): number => 1 + Math.floor(next() * 70);
      yield makeProblem(next, form, size(), size(), size());
    }
  }
}

const describe = ({ form, m, n, k, gap, bias }: Problem): string => `${form} ${m}x${n}x${k} gaps ${gap} bias ${bias}`;

for (const [numerics, module] of Object.entries(builds)) {
  Deno.test(`products, packed and small, agree with float64 and with each other's bits (${numerics})`, () => {
    for (const problem of problems()) {
      load(module, problem);
      run(module, problem, "packed");
      const packed = readBits(module, problem);
      check(packed, problem, `packed ${describe(problem)}`);
      load(module, problem);
      run(module, problem, "small");
      assertEquals(readBits(module, problem), packed, `small and packed differ: ${describe(problem)}`);
    }
  });

  Deno.test(`cuts by rows and by columns leave the bits as they are (${numerics})`, () => {
    for (const problem of problems()) {
      const { m, n } = problem;
      load(module, problem);
      run(module, problem, "packed");
      const whole = readBits(module, problem);
      for (const variant of ["packed", "small"] as const) {
        for (const cut of [4, 8, 20]) {
          load(module, problem);
          for (const rows of [[0, Math.min(cut, m)], [cut, m]] as [number, number][]) {
            if (rows[1] > rows[0]) run(module, problem, variant, { rows, columns: [0, n] });
          }
          assertEquals(readBits(module, problem), whole, `${variant} cut at row ${cut}: ${describe(problem)}`);
        }
        for (const cut of [8, 32]) {
          load(module, problem);
          for (const columns of [[cut, n], [0, Math.min(cut, n)]] as [number, number][]) {
            if (columns[1] > columns[0]) run(module, problem, variant, { rows: [0, m], columns });
          }
          assertEquals(readBits(module, problem), whole, `${variant} cut at column ${cut}: ${describe(problem)}`);
        }
      }
    }
  });

  Deno.test(`relu is max(x, 0) of the product, bit for bit (${numerics})`, () => {
    for (const problem of problems()) {
      if (problem.form !== "nn") continue;
      load(module, problem);
      run(module, problem, "packed");
      const { m, n } = problem, { ldc } = strides(problem);
      const expected = new Float32Array(readBits(module, problem).buffer);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const at = GUARD + i * ldc + j;
          if (expected[at] < 0) expected[at] = 0;
        }
      }
      for (const variant of ["packed", "small"] as const) {
        load(module, problem);
        run(module, problem, variant, undefined, "_relu");
        assertEquals(readBits(module, problem), new Uint32Array(expected.buffer), `${variant} ${describe(problem)}`);
      }
    }
  });

  Deno.test(`NaN and Infinity reach exactly the elements they belong to (${numerics})`, () => {
    const next = stream(77);
    const rows = 10, inner = 13;
    for (const form of FORMS) {
      for (const columns of [3, 11]) {
        for (let row = 0; row < 2 * rows; row++) {
          const problem = makeProblem(next, form, rows, columns, inner);
          const { lda, ldc } = strides(problem);
          const nanRow = row % rows, infinityRow = (row + 3) % rows;
          problem.bias = false;
          problem.b.fill(0.5);
          problem.a[form === "tn" ? 3 * lda + nanRow : nanRow * lda + 3] = NaN;
          problem.a[form === "tn" ? 12 * lda + infinityRow : infinityRow * lda + 12] = Infinity;
          const relu = form === "nn" && row >= rows ? "_relu" : "";
          for (const variant of ["packed", "small"] as const) {
            load(module, problem);
            run(module, problem, variant, undefined, relu);
            const found = new Float32Array(readBits(module, problem).buffer);
            const wrong = Array.from({ length: rows * columns }, (_, at) => {
              const i = Math.floor(at / columns), value = found[GUARD + i * ldc + at % columns];
              if (i === nanRow) return !Number.isNaN(value);
              return i === infinityRow ? value !== Infinity : !Number.isFinite(value);
            }).indexOf(true);
            assertEquals(
              wrong,
              -1,
              `${form} ${variant}${relu}: element ${wrong} of ${rows}x${columns}, NaN in row ${nanRow}`,
            );
          }
        }
      }
    }
  });

  Deno.test(`relu leaves -0 as it is (${numerics})`, () => {
    for (const columns of [3, 11, 40]) {
      for (const variant of ["packed", "small"] as const) {
        for (const rows of [1, 10]) {
          const problem = makeProblem(stream(3), "nn", rows, columns, 5);
          problem.bias = true;
          problem.a.fill(-0);
          problem.b.fill(0.5);
          problem.biasValues.fill(-0);
          load(module, problem);
          run(module, problem, variant, undefined, "_relu");
          const found = new Float32Array(readBits(module, problem).buffer), { ldc } = strides(problem);
          for (let i = 0; i < rows * columns; i++) {
            const value = found[GUARD + Math.floor(i / columns) * ldc + i % columns];
            assert(Object.is(value, -0), `${variant} element ${i} of ${rows}x${columns}: must be -0, got ${value}`);
          }
        }
      }
    }
  });

  Deno.test(`k = 0 gives the bias (${numerics})`, () => {
    for (const variant of ["packed", "small"] as const) {
      const problem = makeProblem(stream(5), "nn", 7, 13, 0);
      problem.bias = true;
      load(module, problem);
      run(module, problem, variant);
      check(readBits(module, problem), problem, variant);
    }
  });
}

Deno.test("the portable build rounds twice a step, the fast build once where the machine can", () => {
  // (1 + 2^-12)^2 = 1 + 2^-11 + 2^-24; less (1 + 2^-11) that leaves 2^-24 only if the product was not rounded.
  // Relaxed SIMD may round twice on a processor without fused multiply-add.
  const x = 1 + 2 ** -12;
  for (const [numerics, expected] of [["fast", [0, 2 ** -24]], ["portable", [0]]] as const) {
    for (const variant of ["packed", "small"] as const) {
      const problem = makeProblem(stream(9), "nn", 1, 1, 1);
      Object.assign(problem, { gap: [0, 0, 0], bias: true });
      problem.a = Float32Array.of(x);
      problem.b = Float32Array.of(x);
      problem.biasValues = Float32Array.of(-(1 + 2 ** -11));
      load(builds[numerics], problem);
      run(builds[numerics], problem, variant);
      const found = new Float32Array(readBits(builds[numerics], problem).buffer)[GUARD];
      assert((expected as readonly number[]).includes(found), `${numerics} ${variant}: got ${found}`);
    }
  }
});
