import { assert, assertEquals, assertThrows } from "@std/assert";
import { FileFormatError, load } from "../../src/edge/edge.ts";
import { edgeRuntime } from "../../src/edge/edge_runtime.ts";
import { COMPILED_KEY, type Description } from "../../src/files/compiled_format.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { describeCompiled } from "../../src/export/describe_compiled.ts";
import {
  changeBytes,
  changeValues,
  createDice,
  type Entry,
  HOSTILE_VALUES,
  tryFile,
  withDescription,
} from "./hostile_files.ts";
import { sampleModels } from "./sample_models.ts";

const CHECKED = compileModel(sampleModels.normalized());
/** The same without a checksum, as earlier versions wrote it: with it, hardly any change would get beyond the checksum. */
const GOOD = withDescription(CHECKED, () => {});
const MODULE = new WebAssembly.Module(await Deno.readFile(new URL("../../src/edge/kernels.wasm", import.meta.url)));

const ENTRY: Entry = { runtime: edgeRuntime, module: MODULE, load };
const tryIt = (bytes: Uint8Array): boolean => tryFile(bytes, ENTRY);

Deno.test("the file that the hostile ones are made from is good", () => assert(tryIt(GOOD)));

Deno.test("every truncation is refused, and so are bytes behind the data", () => {
  for (let length = 0; length < GOOD.length; length++) {
    assertEquals(tryIt(GOOD.subarray(0, length)), false, `${length} bytes`);
  }
  for (const more of [1, 4, 100]) {
    const longer = new Uint8Array(GOOD.length + more);
    longer.set(GOOD);
    assertThrows(() => load(longer), FileFormatError, `must have all ${GOOD.length + more - dataStart(GOOD)} bytes`);
  }
});

function dataStart(bytes: Uint8Array): number {
  return 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

Deno.test("a file with one flipped bit is refused, by load and by describeCompiled", () => {
  const wanted = load(CHECKED).predict([0.5, 1, -2, 3, 0]);
  const described = describeCompiled(CHECKED);
  const dice = createDice(3);
  let same = 0;
  for (let at = 0; at < CHECKED.length; at++) {
    const bytes = CHECKED.slice();
    bytes[at] ^= 1 << dice(8);
    for (
      const [read, good] of [[() => load(bytes).predict([0.5, 1, -2, 3, 0]), wanted], [
        () => describeCompiled(bytes),
        described,
      ]] as const
    ) {
      try {
        assertEquals(read(), good, `byte ${at}`); // white space, or the name of the checksum's key
        assert(at < dataStart(CHECKED), `byte ${at}`);
        same++;
      } catch (error) {
        if (!(error instanceof FileFormatError)) throw error;
      }
    }
  }
  assert(same < 100, `${same} were not refused`);
});

Deno.test("10,000 files with changed bytes are refused or run", () => {
  const dice = createDice(1);
  let ran = 0;
  for (let i = 0; i < 10_000; i++) {
    if (tryIt(changeBytes(GOOD, dice))) ran++;
  }
  assert(ran > 500 && ran < 9500, `${ran} ran: the changes should do both`);
});

Deno.test("4,000 programs with other numbers, names and arguments are refused or run within their arena", () => {
  const dice = createDice(7);
  const values = [...HOSTILE_VALUES, { weight: "dense/kernel" }, { weight: "dense/bias" }, "matmul", "softmax"];
  let ran = 0;
  for (let i = 0; i < 4000; i++) if (tryIt(changeValues(CHECKED, values, dice))) ran++;
  assert(ran > 100, `${ran} ran`);
});

const HOSTILE: Readonly<Record<string, (d: { -readonly [K in keyof Description]: Description[K] }) => void>> = {
  "an address beyond the arena": (d) => d.calls = [["sigmoid", { at: d.arenaElements }, { at: 0 }, { rows: 4 }]],
  "a count beyond the arena": (d) => d.calls = [["sigmoid", { at: 0 }, { at: 0 }, { rows: d.arenaElements + 4 }]],
  "counts whose product is": (d) =>
    d.calls = [["softmax", { at: 0 }, { at: 0 }, { rows: d.arenaElements }, { rows: 1 }]],
  "counts that overflow": (d) => d.calls = [["softmax", { at: 0 }, { at: 0 }, 2 ** 30, 2 ** 30]],
  "a write to a weight": (d) => d.calls = [["sigmoid", { weight: "dense/kernel" }, { at: 0 }, 4]],
  "a read beyond a weight": (d) => d.calls = [["sigmoid", { at: 0 }, { weight: "dense/bias" }, 64]],
  "a matrix of another shape": (d) =>
    d.calls = [["matmul", { at: 0 }, { at: 0 }, { weight: "dense/kernel" }, null, 1, 5, 6]],
  "a factor that is no weight": (d) => d.calls = [["matmul", { at: 0 }, { at: 0 }, { at: 0 }, null, 1, 1, 1]],
  "a null address": (d) => d.calls = [["sigmoid", { at: 0 }, null, 4]],
  "a null array that is not optional": (d) =>
    d.calls = [["normalize_columns", { at: 0 }, { at: 0 }, { weight: "dense/bias" }, null, 1, 1]],
  "an offset that is null": (d) =>
    d.calls = [[
      "normalize_columns_offset",
      { at: 0 },
      { at: 0 },
      { weight: "dense/bias" },
      {
        weight: "dense/bias",
      },
      null,
      1,
      1,
    ]],
  "an unknown operation": (d) => d.calls = [["constructor", { at: 0 }, { at: 0 }, 4]],
  "a kernel for the loader only": (d) => d.calls = [["edge_pack", { at: 0 }, { at: 0 }, 4, 4]],
  "an arena of 2 GiB": (d) => d.arenaElements = 2 ** 29,
  "too many calls": (d) => d.calls = new Array(5000).fill(["x"]),
  "an output outside the arena": (d) => d.outputs = [{ ...d.outputs[0], at: d.arenaElements }],
  "a shape without end": (d) => d.inputs = [{ ...d.inputs[0], shape: [2 ** 20, 2 ** 20] }],
  "no input": (d) => d.inputs = [],
  "another version": (d) => (d as { version: number }).version = 2,
  "a version that is no number": (d) => (d as { version: unknown }).version = { toString: 1 },
  "an arena that is no number": (d) => (d as { arenaElements: unknown }).arenaElements = { toString: 1, valueOf: 2 },
  "an unknown key": (d) => (d as { more?: unknown }).more = 1,
  "a name with a terminal's commands": (d) => (d as { name: string }).name = "m\u001b[31m",
  "a name with a one-byte command": (d) => (d as { name: string }).name = "m\u009b31m",
  "a name that is no text": (d) => (d as { name: unknown }).name = { toString: 1 },
  "inputs that are no array": (d) => (d as { inputs: unknown }).inputs = 5,
  "an input that is null": (d) => (d as { inputs: unknown }).inputs = [null],
  "a normalization that is no object": (d) => d.inputs = [{ ...d.inputs[0], normalization: 7 as never }],
  "a normalization without numbers": (d) =>
    d.inputs = [{ ...d.inputs[0], normalization: { scale: [1], offset: ["1"] } as never }],
  "labels that are no texts": (d) => d.outputs = [{ ...d.outputs[0], labels: [1, 2] as never }],
  "calls that are null": (d) => (d as { calls: unknown }).calls = null,
  "a call that is null": (d) => (d as { calls: unknown }).calls = [null],
  "a call that is an object": (d) => (d as { calls: unknown }).calls = [{ 0: "sigmoid", length: 1 }],
  "a call without a name": (d) => (d as { calls: unknown }).calls = [[]],
  "a call of a list": (d) => (d as { calls: unknown }).calls = [[[["sigmoid"]], { at: 0 }, { at: 0 }, 4]],
  "weights of no kind": (d) => (d as { weights: unknown }).weights = "float64",
};

for (const [what, change] of Object.entries(HOSTILE)) {
  Deno.test(`a program is refused for ${what}`, () => {
    const bytes = withDescription(CHECKED, (d) => change(d as never));
    assertThrows(() => load(bytes), FileFormatError, "Cannot load compiled model: ");
    try {
      describeCompiled(bytes); // what calls reach is not its matter
    } catch (error) {
      if (!(error instanceof FileFormatError)) throw error;
    }
  });
}

Deno.test("describeCompiled refuses a report that is none, which the loader does not read", () => {
  for (const report of ["good", null, {}, [], { samples: 1, maxError: 0, meanError: 0, agreement: "1" }]) {
    const bytes = withDescription(CHECKED, (d) => d.report = report);
    assertThrows(() => describeCompiled(bytes), FileFormatError, "report must have samples, maxError");
  }
});

/** A file with another header. */
function withHeader(header: string): Uint8Array {
  const text = new TextEncoder().encode(header);
  const data = GOOD.subarray(dataStart(GOOD));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

Deno.test("headers and programs that engines stumble over are refused with a FileFormatError", () => {
  const deep = (n: number): string => "[".repeat(n) + "]".repeat(n);
  const { metadata } = readSafetensors(GOOD);
  const program = metadata.get(COMPILED_KEY)!;
  const meta = (text: string): string => `{"__metadata__":{"${COMPILED_KEY}":${JSON.stringify(text)}}}`;
  const headers = [
    deep(200_000),
    `{"__metadata__":${deep(100_000)}}`,
    '{"__metadata__":null}',
    '{"__metadata__":7}',
    `{"__metadata__":{"${COMPILED_KEY}":{"toString":1}}}`,
    meta(deep(100_000)),
    meta(program.replace(/"calls":\[/, `"calls":[${deep(100_000)},`)),
    meta(program.replace(/"calls":\[/, `"calls":[[${deep(100_000)}],`)),
    meta(program.replace(/"calls":\[/, `"calls":[["sigmoid",${deep(100_000)},1,2],`)),
    meta(program.replace('"name":"', `"name":${deep(100_000)},"nam":"`)),
    meta(program).replace("}}", '},"t":{"dtype":{"toString":1},"shape":[1],"data_offsets":[0,4]}}'),
    meta(program).replace("}}", '},"t":null}'),
    meta(program).replace("}}", '},"t":{"dtype":"F32","shape":[1],"data_offsets":{"0":0}}}'),
    meta(program).replace("}}", '},"__proto__":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}'),
  ];
  for (const header of headers) {
    for (const read of [load, describeCompiled]) {
      const error = assertThrows(() => read(withHeader(header)), FileFormatError);
      assert(error.message.length < 400, error.message);
    }
  }
});

Deno.test("a module with other kernels is refused", () => {
  const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  assertThrows(() => load(GOOD, { module: empty }), TypeError, "module must be kernels.wasm");
});
