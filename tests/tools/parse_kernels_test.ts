import { assertEquals, assertThrows } from "@std/assert";
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
     export function scale_forward(
       y: usize, // written
       x: usize,
       factor: f32,
       n: i32,
     ): void { }
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

Deno.test("parseKernels rejects a name used twice", () => {
  const source = "export function f(): void {}";
  assertThrows(() => parse(source, source), TypeError, "asm/kernel/file0.ts and asm/kernel/file1.ts");
});
