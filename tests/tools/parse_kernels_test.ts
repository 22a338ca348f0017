import { assertEquals, assertThrows } from "@std/assert";
import { evaluateExpression, reachOf } from "../../tools/kernel_expression.ts";
import type { KernelArray, KernelCount } from "../../tools/kernel_row.ts";
import { parseKernels } from "../../tools/parse_kernels.ts";

function parse(...sources: string[]): ReturnType<typeof parseKernels> {
  return parseKernels(new Map(sources.map((source, index) => [`asm/kernel/file${index}.ts`, source])));
}

Deno.test("parseKernels reads signatures and numbers them by name from 1", () => {
  const found = parse(
    `import { madd } from "../simd/madd";
     // export function old(): void {}
     /* export const X = 1; */
     @inline function helper(a: v128): v128 { return a; }
     /**
      * y = x · factor
      *
      * @param y written: n, whole vectors, may be x
      * @param x read: n
      * @param factor scalar
      * @param n count >= 0
      */
     export function scale_forward(
       y: usize, // written
       x: usize,
       factor: f32,
       n: i32,
     ): void { }
     /** @param y written: 1 */
     @unsafe
     export function fill_forward(y: usize): void { }`,
    "export function adam_step(): void {}",
  );
  assertEquals(found.map(({ name, signature, opcode, path }) => [name, signature, opcode, path]), [
    ["adam_step", "", 1, "asm/kernel/file1.ts"],
    ["fill_forward", "p", 2, "asm/kernel/file0.ts"],
    ["scale_forward", "ppfi", 3, "asm/kernel/file0.ts"],
  ]);
});

Deno.test("parseKernels rejects exports that are not kernels", () => {
  const others = [
    "export const X: i32 = 1;",
    "export { a } from './b';",
    "export class A {}",
    "export function f(): i32 { return 1; }",
    "export function f<T>(p: usize): void {}",
    "@inline export function f(x: v128): v128 { return x; }",
  ];
  for (const source of others) assertThrows(() => parse("\n" + source), TypeError, "file0.ts:2");
});

Deno.test("parseKernels rejects parameters of other types", () => {
  for (const parameter of ["x: f64", "x: u32", "x: v128", "x: usize = 0", "x"]) {
    assertThrows(() => parse(`export function f(y: usize, ${parameter}): void {}`), TypeError, `got \`${parameter}\``);
  }
});

Deno.test("parseKernels reads the row that stands before a kernel", () => {
  const [kernel] = parse(
    `const BLOCK: i32 = 64;
     /**
      * @param y written: rows(m, n, by)
      * @param a read: up(m, 4) * BLOCK
      * @param b read: min(m * n, 3) + 1, optional
      * @param c work: m, optional with b
      * @param m count >= 0
      * @param n count 1 .. m, divides m
      * @param by count >= n, multiple of 4
      * @param f scalar
      * @param on flag
      * @check (n - 1) * by + 1 <= 2 * m
      * @edge one: f = 0
      * @edge blocks two
      * @edge sequences three
      */
     // @ts-ignore: decorator
     export function k(y: usize, a: usize, b: usize, c: usize, m: i32, n: i32, by: i32, f: f32, on: i32): void {}`,
  );
  const values = { m: 6, n: 3, by: 4 };
  const [y, a, b, c] = kernel.parameters as KernelArray[];
  const [m, n, by] = kernel.parameters.slice(4) as KernelCount[];
  assertEquals(
    kernel.parameters.map(({ kind }) => kind),
    ["array", "array", "array", "array", "count", "count", "count", "scalar", "flag"],
  );
  assertEquals(reachOf(y.extent, values), { offset: 0, axes: [[6, 4], [3, 1]] });
  assertEquals([a, b].map(({ extent }) => evaluateExpression(extent, values)), [512, 4]);
  assertEquals([y, a, b, c].map(({ access }) => access), ["written", "read", "read", "work"]);
  assertEquals([a.isOptional, b.isOptional, c.isOptional, c.goesWith], [false, true, true, "b"]);
  assertEquals([m.most, n.divides, by.multipleOf], [null, "m", 4]);
  assertEquals(kernel.operations, [
    { name: "one", fixed: { f: 0 }, entry: "edge" },
    { name: "two", fixed: {}, entry: "blocks" },
    { name: "three", fixed: {}, entry: "sequences" },
  ]);
  const [{ left, right }] = kernel.checks;
  assertEquals([left, right].map((e) => evaluateExpression(e, values)), [9, 12]);
});

Deno.test("parseKernels refuses rows that do not fit", () => {
  const kernel = "export function f(y: usize, n: i32, s: f32): void {}";
  for (
    const [lines, message] of [
      [[], "must have the lines @param y …, @param n …, @param s … (see tools/kernel_row.ts), got none"],
      [["y written: n", "s scalar", "n count >= 0"], "got y, s, n"],
      [["y count >= 0", "n count >= 0", "s scalar"], "@param y must be written, updated, read or work"],
      [["y written: n", "n read: 3", "s scalar"], "@param n must be a count, scalar or flag"],
      [["y written: n", "n count >= 0", "s count >= 0"], "@param s must be a count, scalar or flag"],
      [["y written: s", "n count >= 0", "s scalar"], "an expression must name counts or constants"],
      [["y written: n, whole", "n count >= 0", "s scalar"], "options that there are, got `whole`"],
      [["y written: n, may be x", "n count >= 0", "s scalar"], "options that there are, got `x`"],
      [["y written: n *", "n count >= 0", "s scalar"], "Cannot read `n *`"],
      [["y written: half(n)", "n count >= 0", "s scalar"], "Cannot read `half(n)`"],
    ] as const
  ) {
    const comment = `/**\n${lines.map((line) => ` * @param ${line}\n`).join("")} */\n`;
    assertThrows(() => parse(comment + kernel), Error, message);
  }
  assertThrows(
    () => parse("/** @edges */\nexport function f(): void {}"),
    TypeError,
    "must be @param, @check or @edge",
  );
});

Deno.test("parseKernels rejects a name used twice", () => {
  const source = "export function f(): void {}";
  assertThrows(() => parse(source, source), TypeError, "asm/kernel/file0.ts and asm/kernel/file1.ts");
});
