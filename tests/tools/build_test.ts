import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { build, listDrift } from "../../tools/build.ts";
import { compileMarked, SHARED_MEMORY } from "../../tools/compile_marked.ts";
import { emitConstants } from "../../tools/emit_constants.ts";
import { emitDispatch } from "../../tools/emit_dispatch.ts";
import { parseKernels } from "../../tools/parse_kernels.ts";

/** What the entry needs besides kernels. */
const BASE = await Promise.all(
  ["asm/index.ts", "asm/team.ts", "asm/simd/control.ts", "asm/simd/heap_base.ts", "asm/kernel/team.ts"].map(async (
    path,
  ) => [path, await Deno.readTextFile(new URL(`../../${path}`, import.meta.url))] as const),
);

const TRIAL = `
/**
 * @param y written: n
 * @param value scalar
 * @param n count >= 0
 */
export function fill_forward(y: usize, value: f32, n: i32): void {
  for (let i = 0; i < n; ++i) store<f32>(y + (i << 2), value);
}
export function nothing_forward(): void {}
/**
 * @param y updated: n
 * @param x read: n
 * @param a scalar
 * @param n count >= 0
 */
export function axpy_forward(y: usize, x: usize, a: f32, n: i32): void {
  for (let i = 0; i < n; ++i) store<f32>(y + (i << 2), load<f32>(y + (i << 2)) + a * load<f32>(x + (i << 2)));
}
`;

interface Exports {
  run(code: number): void;
  heapBase(): number;
}

async function compileTrial(source: string, numerics: "fast" | "portable"): Promise<Uint8Array<ArrayBuffer>> {
  const sources = new Map([...BASE, ["asm/kernel/trial.ts", source]]);
  const kernels = parseKernels(new Map([...sources].filter(([path]) => path.startsWith("asm/kernel/"))));
  sources.set("asm/gen/dispatch.ts", emitDispatch(kernels));
  return (await compileMarked("asm/index.ts", sources, kernels.length, SHARED_MEMORY))[numerics];
}

for (const numerics of ["fast", "portable"] as const) {
  Deno.test(`run executes records in order until opcode 0 (${numerics})`, async () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
    const module = new WebAssembly.Module(await compileTrial(TRIAL, numerics));
    const { run, heapBase } = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
    const x = (heapBase() + 15) & ~15;
    const [y, code] = [x + 64, x + 128];
    assert(heapBase() > 0 && code + 256 <= 65536);
    const floats = new Float32Array(memory.buffer);
    const words = new Uint32Array(memory.buffer);
    let at = code >> 2;
    const put = (...record: (number | { float: number })[]): void => {
      for (const word of record) {
        if (typeof word === "number") words[at++] = word;
        else floats[at++] = word.float;
      }
    };
    // axpy_forward is 1, fill_forward 2, nothing_forward 3.
    put(2, x, { float: 3 }, 5, 3, 2, y, { float: 0.5 }, 4, 1, y, x, { float: -2 }, 3, 0, 2, y, { float: 9 }, 4);
    run(code);
    assertEquals([...floats.subarray(x >> 2, (x >> 2) + 6)], [3, 3, 3, 3, 3, 0]);
    assertEquals([...floats.subarray(y >> 2, (y >> 2) + 5)], [-5.5, -5.5, -5.5, 0.5, 0]);
    words[code >> 2] = 5; // team_barrier is 4, the last
    assertThrows(() => run(code), WebAssembly.RuntimeError);
  });
}

Deno.test("compileMarked refuses kernels that put other functions into the table", async () => {
  const source =
    "/**\n * @param n count >= 0\n */\nexport function f(n: i32): void { g(n > 0 ? () => {} : () => { unreachable(); }); }\n" +
    "function g(h: () => void): void { h(); }";
  await assertRejects(() => compileTrial(source, "fast"), Error, "table indices");
});

Deno.test("compileMarked passes on what AssemblyScript finds wrong", async () => {
  await assertRejects(
    () => compileTrial("/**\n * @param n count >= 0\n */\nexport function f(n: i32): void { n = missing; }", "fast"),
    Error,
    "missing",
  );
});

Deno.test("constants of kernels that are marked as shared are there for TypeScript", () => {
  const text = `
/** So many at a time. @shared BLOCK_SIZE */
// @ts-ignore: decorator
@inline const BLOCK: i32 = 4096;
/** Its own. */
const OTHER: i32 = 3;
/** More. @shared ROWS */
const ROWS: i32 = 7;
`;
  const emitted = emitConstants(new Map([["asm/kernel/a.ts", text]]));
  assertEquals(emitted.match(/export.*/g), [
    "export const BLOCK_SIZE: number = 4096;",
    "export const ROWS: number = 7;",
  ]);
  assertStringIncludes(emitted, "/** So many at a time. From asm/kernel/a.ts. */\nexport const BLOCK_SIZE");
  const twice = new Map([["asm/kernel/a.ts", text], ["asm/kernel/b.ts", text]]);
  assertThrows(() => emitConstants(twice), TypeError, "names must be unique, got BLOCK_SIZE");
});

Deno.test("a kernel without a row is refused, and it is said what is missing and where", async () => {
  const bare = TRIAL.replace(" * @param value scalar\n", "");
  const sources = new Map<string, string>([...BASE, ["asm/kernel/trial.ts", bare]]);
  await assertRejects(
    () => build(sources, {}),
    TypeError,
    "Cannot read the row of kernel fill_forward at asm/kernel/trial.ts:6: the comment before it must have the lines " +
      "@param y …, @param value …, @param n … (see tools/kernel_row.ts), got y, n",
  );
});

Deno.test("build is deterministic and listDrift names what changed", async () => {
  const generated = {
    "more.ts": "/**\n * @param y written: 1\n */\nexport function more_forward(y: usize): void { store<f32>(y, 1); }\n",
  };
  const sources = new Map<string, string>([...BASE, ["asm/kernel/trial.ts", TRIAL]]);
  const first = await build(sources, generated);
  assertEquals([...first.keys()].sort(), [
    "asm/gen/dispatch.ts",
    "asm/gen/more.ts",
    "src/kernels/gen/constants.ts",
    "src/kernels/gen/kernels.ts",
    "src/kernels/gen/wasm.ts",
  ]);
  assertStringIncludes(first.get("src/kernels/gen/kernels.ts") ?? "", '  more_forward: [3, "p"],\n');
  assertEquals(listDrift(await build(sources, generated), first), []);
  const changed = TRIAL.replace("+ a *", "- a *");
  const other = await build(new Map([...sources, ["asm/kernel/trial.ts", changed]]), generated);
  assertEquals(listDrift(other, first), ["src/kernels/gen/wasm.ts: differs"]);
  assertEquals(listDrift(new Map([["a", ""]]), new Map([["b", ""]])), ["a: missing", "b: nothing generates it"]);
});
