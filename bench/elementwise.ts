/**
 * Throughput of the functions in asm/simd/, in elements per nanosecond, beside `Math.*` over the same 65,536 elements.
 *
 * Usage: `deno run --allow-read --allow-env=CI bench/elementwise.ts`. Each figure is the median of 15 timed runs.
 *
 * @module
 */
import { compileSimd } from "../tools/compile_simd.ts";
import { type SimdFunction, simdFunctions } from "../tools/simd_functions.ts";
import { printReport } from "./lib/print_report.ts";

const LENGTH = 65536;
const RUNS = 15;

/** Median nanoseconds of one call, over runs of at least about 2 ms each. */
function time(call: () => void): number {
  // Long enough for the optimizing compiler, which works in the background (seen: 350 ms), to have replaced the first code.
  for (const end = performance.now() + 500; performance.now() < end;) call();
  const begin = performance.now();
  call();
  const calls = Math.max(1, Math.round(2 / Math.max(performance.now() - begin, 1e-3)));
  const samples = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call();
    return (performance.now() - start) * 1e6 / calls;
  });
  return samples.sort((a, b) => a - b)[RUNS >> 1];
}

/** A loop over one function alone, so that it is compiled for that function. */
function loop(name: SimdFunction): (y: Float32Array, x: Float32Array) => void {
  const source = name in Math ? `Math.${name}` : "reference";
  return new Function("reference", `return (y, x) => { for (let i = 0; i < x.length; i++) y[i] = ${source}(x[i]); }`)(
    simdFunctions[name],
  );
}

const builds = { fast: await compileSimd("fast", LENGTH), portable: await compileSimd("portable", LENGTH) };
const figures: Record<string, number> = {};
const rows: string[][] = [];
for (const name of Object.keys(simdFunctions) as SimdFunction[]) {
  const positive = name.startsWith("log");
  for (const { x } of Object.values(builds)) {
    for (let i = 0; i < LENGTH; i++) x[i] = positive ? 1e-3 + i / 4096 : (i * 40503 % LENGTH) / 4096 - 8;
  }
  const rate = (call: () => void): number => LENGTH / time(call);
  const fast = rate(() => builds.fast.run(name, LENGTH));
  const portable = rate(() => builds.portable.run(name, LENGTH));
  const { x, y } = builds.fast;
  const run = loop(name);
  const math = rate(() => run(y, x));
  const reference = name in Math ? `Math.${name}` : "float64 formula";
  rows.push([name, fast.toFixed(2), portable.toFixed(2), reference, math.toFixed(3), (fast / math).toFixed(0)]);
  figures[`${name} elements/ns`] = fast;
}
printReport({
  benchmark: "elementwise",
  tables: [{
    title: "Functions over 65,536 elements, elements a nanosecond",
    header: ["function", "fast", "portable", "beside", "its elements/ns", "fast / it"],
    rows,
  }],
  figures,
});
