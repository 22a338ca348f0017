import { assert, assertEquals, assertThrows } from "@std/assert";
import { kernels } from "../../src/kernels/gen/kernels.ts";
import { kernelsWasm } from "../../src/kernels/gen/wasm.ts";
import { unmarkModule } from "../../src/kernels/unmark_module.ts";
import { dropFunctionObjects } from "../../tools/drop_function_objects.ts";

/** A module with a memory and these pieces of data, each 32-bit words, every hundred bytes. */
function moduleOf(...pieces: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const data = pieces.flatMap((words, i) => [
    ...[0, 0x41, 0xe4, i, 0x0b, 4 * words.length],
    ...words.flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255, (word >> 24) & 255]),
  ]);
  return Uint8Array.of(
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[5, 3, 1, 0, 1],
    ...[7, 5, 1, 1, 0x6d, 2, 0],
    ...[12, 1, pieces.length],
    ...[11, 1 + data.length, pieces.length, ...data],
  );
}

const CONSTANTS = [28, 1, 2, 3];
const object = (index: number): number[] => [28, 0, 0, 5, 8, index, 0, 0];

Deno.test("dropFunctionObjects drops the objects of functions and nothing else", () => {
  const binary = dropFunctionObjects(moduleOf(object(2), CONSTANTS, object(1)), 2);
  assert(WebAssembly.validate(binary));
  const { m } = new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as { m: WebAssembly.Memory };
  const words = [...new Uint32Array(m.buffer)].filter((word) => word !== 0);
  assertEquals(words, CONSTANTS);
});

Deno.test("dropFunctionObjects refuses a module with other objects than it is told of", () => {
  assertThrows(() => dropFunctionObjects(moduleOf(object(1), CONSTANTS), 2), Error, "there must be 2, found 1");
  assertThrows(() => dropFunctionObjects(moduleOf(object(3), object(1)), 2), Error, "there must be 2, found 1");
});

Deno.test("the library's kernels hold no objects of functions, and take less than 150 kB for each numerics", () => {
  for (const isFast of [false, true]) {
    const binary = unmarkModule(kernelsWasm, isFast);
    assertThrows(() => dropFunctionObjects(binary, Object.keys(kernels).length), Error, "found 0");
    assert(binary.length < 150_000, `${binary.length} bytes`);
  }
});
