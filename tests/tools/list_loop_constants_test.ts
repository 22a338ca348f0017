import { assertEquals } from "@std/assert";
import { listLoopConstants } from "../../tools/list_loop_constants.ts";

Deno.test("listLoopConstants counts vector constants in loops only", () => {
  const text = `(module
 (func $slow (param $0 i32)
  (loop $for-loop|0
   (v128.store
    (local.get $0)
    (v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000)
   )
   (loop $inner
    (v128.const i32x4 0x40000000 0x40000000 0x40000000 0x40000000)
    (v128.const i32x4 0x00000000 0x00000000 0x00000000 0x00000000)
    (v128.const i32x4 0xffffffff 0xffffffff 0xffffffff 0xffffffff)
   )
  )
 )
 (func $quick (param $0 i32)
  (local.set $1
   (v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000)
  )
  (loop $for-loop|0
   (br_if $for-loop|0)
  )
  (v128.const i32x4 0x3f800000 0x3f800000 0x3f800000 0x3f800000)
 )
)`;
  assertEquals([...listLoopConstants(text)], [["slow", 2]]);
});
