/**
 * Measures the largest error of the functions in asm/simd/, in ulp, over all float32 values or every n-th of them.
 *
 * Usage: `deno run --allow-read --allow-env=CI tools/measure_ulp.ts [--step N] [--first K] [name...]`: bit patterns K,
 * K + N, K + 2N and so on; by default every pattern. Prints a row per function: for both builds the largest error and
 * its argument, and how many results had the wrong sign of zero.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { compileSimd } from "./compile_simd.ts";
import { type SimdFunction, simdFunctions } from "./simd_functions.ts";
import { ulpError } from "./ulp_error.ts";

const CHUNK = 1 << 16;

/** The worst case of one function in one build. */
interface Worst {
  error: number;
  argument: number;
  wrongZeros: number;
}

/** Runs every `step`-th bit pattern through both builds and compares the results with the float64 reference. */
function measure(
  name: SimdFunction,
  builds: Awaited<ReturnType<typeof compileSimd>>[],
  step: number,
  first: number,
): Worst[] {
  const reference = simdFunctions[name];
  const worst = builds.map(() => ({ error: 0, argument: 0, wrongZeros: 0 }));
  const [{ x }] = builds;
  const patterns = new Uint32Array(x.buffer, x.byteOffset, CHUNK);
  for (let pattern = first; pattern < 2 ** 32;) {
    let count = 0;
    for (; count < CHUNK && pattern < 2 ** 32; pattern += step) patterns[count++] = pattern;
    builds.forEach((build, i) => {
      if (i > 0) new Uint32Array(build.x.buffer, build.x.byteOffset, CHUNK).set(patterns);
      build.run(name, count);
    });
    for (let i = 0; i < count; i++) {
      const exact = reference(x[i]);
      const rounded = Math.fround(exact);
      for (let b = 0; b < builds.length; b++) {
        const actual = builds[b].y[i];
        if (actual === rounded && actual !== 0) continue;
        const error = ulpError(actual, exact);
        if (error > worst[b].error) Object.assign(worst[b], { error, argument: x[i] });
        if (actual === 0 && rounded === 0 && !Object.is(actual, rounded)) worst[b].wrongZeros++;
      }
    }
  }
  return worst;
}

const options = parseArgs(Deno.args, { string: ["step", "first"] });
const names = options._.length > 0 ? options._.map(String) : Object.keys(simdFunctions);
const builds = [await compileSimd("fast", CHUNK), await compileSimd("portable", CHUNK)];
console.log("function   fast: max ulp at argument (wrong zeros)        portable: max ulp at argument (wrong zeros)");
for (const name of names) {
  if (!(name in simdFunctions)) {
    throw new RangeError(`Cannot measure: the function must be one of ${Object.keys(simdFunctions)}, got "${name}"`);
  }
  const worst = measure(name as SimdFunction, builds, Number(options.step ?? 1), Number(options.first ?? 0));
  const columns = worst.map(({ error, argument, wrongZeros }) =>
    `${error.toFixed(3)} at ${argument} (${wrongZeros})`.padEnd(48)
  );
  console.log(`${name.padEnd(10)} ${columns.join(" ")}`);
}
