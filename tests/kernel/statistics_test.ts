import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compileKernels } from "../../tools/compile_kernels.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";

const X = 1 << 16, Y = X + 8192;

/** What the kernel says, straight from its definition. */
function reference(x: Float32Array, low: number, up: number): number[] {
  const first = x[0];
  return [
    first,
    x.reduce((sum, v) => sum + (v - first), 0),
    x.reduce((sum, v) => sum + (v - first) ** 2, 0),
    x.reduce((least, v) => Math.min(least, v), Infinity),
    x.reduce((most, v) => Math.max(most, v), -Infinity),
    x.filter((v) => v === 0).length,
    x.filter((v) => v < low || v > up).length,
  ];
}

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`statistics are those of a float64 computation (${numerics})`, async () => {
    const { call, memory } = await compileKernels({ paths: ["asm/kernel/statistics.ts"], numerics, bytes: 1 << 16 });
    const random = new RandomStream(7, 0);
    const measure = (x: Float32Array, low: number, up: number, all = 1): number[] => {
      const f = new Float32Array(memory.buffer);
      f.fill(NaN, X / 4 - 32, X / 4 + 1700); // what lies around must not matter
      f.set(x, X / 4);
      call.statistics(Y, X, all, low, up, x.length);
      return [...new Float64Array(memory.buffer, Y, 7)];
    };
    for (let n = 1; n < 1600; n = n < 40 ? n + 1 : n * 3) {
      const draws: Record<string, (i: number) => number> = {
        relu: () => Math.max(0, random.nextNormal()),
        // The outputs of ten sigmoid layers: a spread of 3e-8 about 0.5.
        narrow: () => 0.5 + 3e-8 * random.nextNormal(),
        // The largest numbers, whose squares float32 does not hold.
        large: (i) => i % 2 === 0 ? 3e38 : -3e38,
        zeros: () => 0,
      };
      for (const [name, draw] of Object.entries(draws)) {
        const x = Float32Array.from({ length: n }, (_, i) => draw(i));
        const [found, wanted] = [measure(x, -0.5, 1), reference(x, -0.5, 1)];
        const spread = Math.sqrt(n * wanted[2]); // Σ |x − x[0]| is at most this
        found.forEach((value, i) => {
          // Sums of float64 in another order.
          const limit = i === 1 ? 1e-13 * spread : i === 2 ? 1e-13 * wanted[2] : 0;
          assert(Math.abs(value - wanted[i]) <= limit, `${name}, ${n} numbers: ${found} for ${wanted}`);
        });
      }
      const x = Float32Array.from({ length: n }, draws.relu);
      const [zero, none, squares, ...rest] = measure(x, -0.5, 1, 0);
      assertEquals([zero, none, ...rest], [0, 0, 0, 0, 0, 0]);
      assertAlmostEquals(squares, x.reduce((sum, v) => sum + v * v, 0), 1e-13 * squares);
      for (let at = 0; at < Math.min(n, 30); at++) {
        const x = new Float32Array(n).fill(2);
        x[at] = NaN;
        const found = measure(x, 0, 1);
        assertEquals(found.slice(1, 3), [NaN, NaN], `NaN at ${at} of ${n}`);
        if (at > 0) assertEquals(found.slice(3), [2, 2, 0, n - 1], `NaN at ${at} of ${n}`);
      }
    }
  });
}
