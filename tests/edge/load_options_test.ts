import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { load } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { sampleModels } from "./sample_models.ts";

const GOOD = compileModel(sampleModels.xor());
const WANTED = load(GOOD).predict([0, 1]);

// deno-lint-ignore no-explicit-any
const open = (options: any) => () => load(GOOD, options);

Deno.test("load refuses options that do not exist, and values that an option cannot have", () => {
  const cases: [options: unknown, message: string][] = [
    [{ modul: 1 }, 'unknown option "modul"; options are module, numerics, engine, maxBytes'],
    [{ __proto__x: 1 }, 'unknown option "__proto__x"'],
    [{ constructor: 1 }, 'unknown option "constructor"'],
    [{ numerics: "quick" }, "numerics must be fast or portable"],
    [{ numerics: null }, "numerics must be fast or portable"],
    [{ engine: "wasm" }, "engine must be auto or javascript"],
    [{ engine: ["auto"] }, "engine must be auto or javascript"],
    [{ module: new Uint8Array(8) }, "module must be a WebAssembly.Module"],
    [{ module: null }, "module must be a WebAssembly.Module"],
    [{ maxBytes: 0 }, "maxBytes must be a number > 0"],
    [{ maxBytes: NaN }, "maxBytes must be a number > 0"],
  ];
  for (const other of [null, 5, "javascript", [], new Map([["engine", "javascript"]]), Promise.resolve({}), () => {}]) {
    cases.push([other, "options must be a plain object"]);
  }
  for (const [options, message] of cases) {
    assertThrows(open(options), TypeError, `Cannot load compiled model: ${message}`);
  }
  // An asynchronous source is not read before its options are known to be good.
  assertThrows(() => load(new Response(GOOD), { maxByte: 5 } as never), TypeError, 'unknown option "maxByte"');
});

Deno.test("load takes good options, those that are undefined and objects without a prototype included", () => {
  for (
    const options of [
      {},
      undefined,
      { module: undefined, numerics: undefined, engine: undefined, maxBytes: undefined },
      { numerics: "portable", engine: "auto", maxBytes: 1e9 },
      Object.assign(Object.create(null), { engine: "auto" }),
    ]
  ) {
    assertEquals(open(options)().predict([0, 1]), WANTED);
  }
});

Deno.test("load refuses a stream of anything but bytes", async () => {
  for (const chunk of ["text", 5, [1, 2], {}]) {
    // deno-lint-ignore no-explicit-any
    const stream: any = ReadableStream.from([chunk]);
    await assertRejects(() => load(stream), TypeError, "a stream must give Uint8Arrays");
  }
});
