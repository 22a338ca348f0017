import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import golden from "../golden/safetensors_files.json" with { type: "json" };
import { FileFormatError } from "../../src/files/file_format_error.ts";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { buildFile, describeTensor } from "./safetensors_fixture.ts";

Deno.test("readSafetensors reads the file that the reference's documentation shows", () => {
  // The example of SafeTensors::deserialize, byte for byte: "<" is 60, the length of the header.
  const text = '<\0\0\0\0\0\0\0{"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}}';
  const bytes = new Uint8Array([
    ...new TextEncoder().encode(text),
    1,
    0,
    0,
    0,
    254,
    255,
    255,
    255,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    128,
  ]);
  const { tensors, metadata } = readSafetensors(bytes);
  const expected = { name: "test", dtype: "I32" as const, shape: [2, 2], data: Int32Array.of(1, -2, 256, -(2 ** 31)) };
  assertEquals([...tensors], [["test", expected]]);
  assertEquals(metadata.size, 0);
});

Deno.test("readSafetensors reads files that the reference implementation wrote", () => {
  const { tensors, metadata } = readSafetensors(decodeHex(golden.mixed));
  const data = (name: string) => tensors.get(name)!.data;
  assertEquals(data("steps"), Int32Array.of(3, -7));
  assertEquals(data("kernel"), Float32Array.of(0.5, -1.25, 3, 2, 1e-7, -0));
  assertEquals(tensors.get("kernel")!.shape, [2, 3]);
  assertEquals(data("mask"), Uint8Array.of(1, 0, 255));
  assertEquals(data("half"), Uint16Array.of(0x3c00, 0xc000, 0x7bff)); // 1, -2, 65504 in binary16
  assertEquals(data("double"), Float64Array.of(Math.PI));
  assertEquals(tensors.get("double")!.shape, []);
  assertEquals(tensors.get("empty")!.shape, [0, 4]);
  assertEquals(data("empty").byteLength, 0);
  assertEquals(data('quote"back\\slash'), Int8Array.of(-128, 127));
  assertEquals([...metadata], [["retroprop", '{"version":1,"name":"grüß € 😀"}']]);
  assertEquals(readSafetensors(decodeHex(golden.nothing)).tensors.size, 0);
});

Deno.test("readSafetensors gives views where data are aligned and copies where they are not", () => {
  const header = `{"a":${describeTensor()}}`;
  const file = buildFile(header + " ".repeat(64 - header.length), Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64));
  assertStrictEquals(readSafetensors(file).tensors.get("a")!.data.buffer, file.buffer);
  for (let shift = 0; shift < 9; shift++) {
    const buffer = new Uint8Array(file.length + shift);
    buffer.set(file, shift);
    const { data } = readSafetensors(buffer.subarray(shift)).tensors.get("a")!;
    assertEquals(data, Float32Array.of(1, 2));
    assertEquals(data.buffer === buffer.buffer, shift % 4 === 0);
  }
});

Deno.test("readSafetensors makes no copy of a tensor without elements", () => {
  const file = buildFile(`{"a":${describeTensor({ shape: "[0]", offsets: "[0,0]" })}} `);
  assertEquals(file.length % 4 !== 0, true);
  assertStrictEquals(readSafetensors(file).tensors.get("a")!.data.buffer, file.buffer);
});

Deno.test("readSafetensors reads from shared memory", () => {
  const file = buildFile(`{"a":${describeTensor()}}`, 8);
  const shared = new Uint8Array(new SharedArrayBuffer(file.length));
  shared.set(file);
  assertEquals(readSafetensors(shared).tensors.get("a")!.shape, [2]);
});

Deno.test("readSafetensors keeps the order of the header, not of the data", () => {
  const header = `{"b":${describeTensor({ offsets: "[8,16]" })},"a":${describeTensor()},"e":${
    describeTensor({ shape: "[0]", offsets: "[8,8]" })
  }}`;
  const { tensors } = readSafetensors(buildFile(header, 16));
  assertEquals([...tensors.keys()], ["b", "a", "e"]);
  assertEquals(new Uint8Array(tensors.get("b")!.data.buffer, tensors.get("b")!.data.byteOffset)[0], 8);
});

Deno.test("readSafetensors takes the names of built-in properties as plain names", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", ""];
  const header = names.map((name, i) => `"${name}":${describeTensor({ offsets: `[${8 * i},${8 * i + 8}]` })}`);
  const file = buildFile(`{"__metadata__":{"__proto__":"x","constructor":"y"},${header.join(",")}}`, 40);
  const { tensors, metadata } = readSafetensors(file);
  assertEquals([...tensors.keys()], names);
  assertEquals([...metadata], [["__proto__", "x"], ["constructor", "y"]]);
  assertEquals(Object.getPrototypeOf({}), Object.prototype);
  assert(!("dtype" in {}) && !("x" in Object.prototype));
});

Deno.test("readSafetensors reads escapes, white space, and a name with a byte order mark", () => {
  const header =
    `{ "\\u0061\\n\\ud83d\\ude00" :\t{\r\n"data_offsets" : [ 0 , 8 ], "shape": [ 2 ] , "\\u0064type":"F32"} ,` +
    `"\ufeffb":${describeTensor({ shape: "[0]", offsets: "[8,8]" })}}  \n`;
  assertEquals([...readSafetensors(buildFile(header, 8)).tensors.keys()], ["a\n😀", "\ufeffb"]);
});

Deno.test("readSafetensors shows every published dtype in a typed array of the right size", () => {
  const sizes: Record<string, [bytes: number, view: number]> = {
    ...{ BOOL: [1, 1], U8: [1, 1], I8: [1, 1], I16: [2, 2], U16: [2, 2], F16: [2, 2], BF16: [2, 2], I32: [4, 4] },
    ...{
      U32: [4, 4],
      F32: [4, 4],
      C64: [8, 4],
      F64: [8, 8],
      I64: [8, 8],
      U64: [8, 8],
      F8_E5M2: [1, 1],
      F8_E4M3: [1, 1],
    },
    ...{
      F8_E8M0: [1, 1],
      F8_E4M3FNUZ: [1, 1],
      F8_E5M2FNUZ: [1, 1],
      F4: [0.5, 1],
      F6_E2M3: [0.75, 1],
      F6_E3M2: [0.75, 1],
    },
  };
  for (const [dtype, [bytes, view]] of Object.entries(sizes)) {
    const size = 8 * bytes;
    const header = `{"a":${describeTensor({ dtype: `"${dtype}"`, shape: "[2,4]", offsets: `[0,${size}]` })}}`;
    const { data } = readSafetensors(buildFile(header, size)).tensors.get("a")!;
    assertEquals([data.byteLength, (data as Uint8Array).BYTES_PER_ELEMENT], [size, view], dtype);
  }
});

Deno.test("readSafetensors names the tensor, the rule and what it found", () => {
  const header = `{"dense/kernel":${describeTensor({ shape: "[3]" })}}`;
  const error = assertThrows(() => readSafetensors(buildFile(header, 8)), FileFormatError);
  assertEquals(
    error.message,
    'Cannot read safetensors file: tensor "dense/kernel": data must have the 12 bytes of shape [3] and dtype F32, got 8',
  );
  assertEquals(error.name, "FileFormatError");
  const negative = buildFile(`{"dense/kernel":${describeTensor({ shape: "[-2]" })}}`, 8);
  assertThrows(
    () => readSafetensors(negative),
    FileFormatError,
    'tensor "dense/kernel": an integer from 0 to 9007199254740991 must come next, got "-2],\\"data_offsets\\":[0,8]}}" at character',
  );
});

Deno.test("readSafetensors takes bytes only", () => {
  // deno-lint-ignore no-explicit-any
  assertThrows(() => readSafetensors(new ArrayBuffer(8) as any), TypeError, "must be a Uint8Array");
});

function decodeHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g)!, (pair) => parseInt(pair, 16));
}
