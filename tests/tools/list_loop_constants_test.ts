import { assertEquals } from "@std/assert";
import { compileMarked, SHARED_MEMORY } from "../../tools/compile_marked.ts";
import { listLoopConstants } from "../../tools/list_loop_constants.ts";

Deno.test("listLoopConstants counts vector constants in loops only", () => {
  const text = `(module
 (func $slow (param $0 i32)
  loop $for-loop|0
   local.get $0
   v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000
   v128.store
   loop $inner
    v128.const i32x4 0x40000000 0x40000000 0x40000000 0x40000000
    v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000
    v128.const i32x4 0xffffffff 0xffffffff 0xffffffff 0xffffffff
   end
  end
 )
 (func $quick (param $0 i32)
  v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000
  local.set $1
  loop $for-loop|0
   br $for-loop|0
  end
  v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000
  drop
 )
)`;
  assertEquals([...listLoopConstants(text)], [["slow", 2]]);
});

Deno.test("listLoopConstants reads what asc writes", async () => {
  const loop = (body: string): string => `for (let i = 0; i < n; i += 4) { const at = y + (i << 2); ${body} }`;
  const kernel = `export function slow_forward(y: usize, n: i32): void { ${
    loop("v128.store(at, f32x4.add(v128.load(at), f32x4.splat(1.5)));")
  } }
export function quick_forward(y: usize, n: i32): void { ${
    loop("v128.store(at, f32x4.max(v128.load(at), f32x4.splat(0)));")
  } }`;
  const index = 'export { slow_forward, quick_forward } from "./kernel/trial";';
  const sources = new Map([["asm/index.ts", index], ["asm/kernel/trial.ts", kernel]]);
  const { text } = await compileMarked("asm/index.ts", sources, 0, SHARED_MEMORY);
  assertEquals([...listLoopConstants(text)], [["asm/kernel/trial/slow_forward", 1]]);
});
