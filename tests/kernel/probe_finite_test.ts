import { assertEquals } from "@std/assert";
import { compileKernels } from "../../tools/compile_kernels.ts";

const X = 1 << 16, Y = X + 4096;

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`probe_finite is 0 for finite numbers, NaN if any other is among them, wherever it is (${numerics})`, async () => {
    const { call, memory } = await compileKernels({ paths: ["asm/kernel/reduce.ts"], numerics, bytes: 1 << 16 });
    const f = new Float32Array(memory.buffer);
    const probe = (values: readonly number[]): number => {
      f.fill(NaN, X / 4 - 32, X / 4 + 200); // what lies around must not matter
      f.set(values, X / 4);
      f[Y / 4] = 7;
      call.probe_finite(Y, X, values.length);
      return f[Y / 4];
    };
    for (let n = 0; n <= 70; n++) {
      // The largest numbers, of one sign: their sum is not finite, but each of them is.
      const values = Array.from({ length: n }, (_, i): number => i % 3 === 0 ? 1e-45 : 3.4e38);
      assertEquals(probe(values), 0, `${n} numbers`);
      for (const bad of [NaN, Infinity, -Infinity]) {
        for (let at = 0; at < n; at++) assertEquals(probe(values.with(at, bad)), NaN, `${bad} at ${at} of ${n}`);
      }
    }
  });
}
