import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FileFormatError } from "../../src/files/file_format_error.ts";
import { readSafetensors, type SafetensorsContent } from "../../src/files/read_safetensors.ts";
import { countLookups } from "./count_lookups.ts";
import { observeAllocation } from "./observe_allocation.ts";
import { buildFile, describeTensor } from "./safetensors_fixture.ts";

const GOOD_HEADER = '{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},' +
  '"b":{"dtype":"U8","shape":[3,1],"data_offsets":[8,11]},"c\\u00e9":{"dtype":"I16","shape":[],"data_offsets":[11,13]}}';
const GOOD = buildFile(GOOD_HEADER, 13);

/**
 * Reads hostile bytes within the limits of work and memory; gives the content, or undefined if they were refused.
 * The heap also moves when the engine compiles or sweeps, so only what is too much three times counts as too much.
 */
function readHostile(bytes: Uint8Array): SafetensorsContent | undefined {
  let content: SafetensorsContent | undefined;
  const read = () => {
    try {
      content = readSafetensors(bytes);
    } catch (error) {
      if (!(error instanceof FileFormatError)) throw error;
      assert(error.message.startsWith("Cannot read safetensors file: "), error.message);
      assert(error.message.length < 1000, "the message must stay readable");
    }
  };
  const limitBytes = bytes.length + 2 ** 20;
  const steps = countLookups(read);
  assert(steps <= 1000 + 4 * bytes.length, `${steps} steps of lookups for a file of ${bytes.length} bytes`);
  let allocatedBytes = observeAllocation(read);
  for (let again = 0; again < 2 && allocatedBytes > limitBytes; again++) allocatedBytes = observeAllocation(read);
  assert(allocatedBytes <= limitBytes, `allocated ${allocatedBytes} bytes for a file of ${bytes.length}`);
  return content;
}

/** What was accepted must agree with JSON.parse and cover the data exactly. */
function checkAccepted(content: SafetensorsContent, bytes: Uint8Array): void {
  const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
  assertEquals(Object.fromEntries(content.metadata), header.__metadata__ ?? {});
  delete header.__metadata__;
  assertEquals([...content.tensors.keys()], Object.keys(header));
  let total = 0;
  for (const { name, dtype, shape, data } of content.tensors.values()) {
    assertEquals([dtype, shape], [header[name].dtype, header[name].shape]);
    const [begin, end] = header[name].data_offsets;
    const found = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    assertEquals(found, bytes.subarray(8 + headerBytes + begin, 8 + headerBytes + end));
    total += data.byteLength;
  }
  assertEquals(total, bytes.length - 8 - headerBytes);
}

Deno.test("the file that the malformed ones are made from is good", () => {
  const content = readHostile(GOOD)!;
  checkAccepted(content, GOOD);
  assertEquals(content.tensors.size, 3);
});

Deno.test("every truncation of a file is refused", () => {
  for (let length = 0; length < GOOD.length; length++) {
    assertEquals(readHostile(GOOD.slice(0, length)), undefined, `cut to ${length} bytes`);
  }
  assertEquals(readHostile(Uint8Array.of(...GOOD, 0)), undefined, "a byte too many");
});

Deno.test("every flipped bit of the header is refused or read as JSON.parse reads it", () => {
  let refused = 0;
  for (let index = 0; index < 8 + GOOD_HEADER.length; index++) {
    for (let bit = 0; bit < 8; bit++) {
      const bytes = GOOD.slice();
      bytes[index] ^= 1 << bit;
      const content = readHostile(bytes);
      if (content === undefined) refused++;
      else checkAccepted(content, bytes);
    }
  }
  assert(refused > 1000, `refused ${refused}`);
});

Deno.test("random bytes, and random edits of a header, are refused or read as JSON.parse reads them", () => {
  const edit = fc.record({
    at: fc.nat(GOOD_HEADER.length),
    remove: fc.nat(12),
    insert: fc.constantFrom(
      "",
      '"',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "0",
      "-1",
      "1e9",
      "\\",
      "\u0000",
      "null",
      "€",
      '"a":',
      "[[[[",
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let header = GOOD_HEADER;
      for (const { at, remove, insert } of edits) header = header.slice(0, at) + insert + header.slice(at + remove);
      const bytes = buildFile(header, 13);
      const content = readHostile(bytes);
      if (content !== undefined) checkAccepted(content, bytes);
    }),
    { numRuns: 1000, seed: 1 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (tail) => {
      readHostile(tail);
      readHostile(buildFile(tail));
      readHostile(buildFile(Uint8Array.of(0x7b, ...tail)));
    }),
    { numRuns: 300, seed: 2 },
  );
});

const tensor = (parts: Parameters<typeof describeTensor>[0]) => `{"a":${describeTensor(parts)}}`;
const two = (first: string, second: string) =>
  `{"a":${describeTensor({ offsets: first })},"b":${describeTensor({ offsets: second })}}`;

/** Headers, the number of data bytes after them, and what the message must say. */
const TARGETED: [what: string, header: string, dataBytes: number, message: string][] = [
  ["an empty header", "", 0, 'must begin with "{"'],
  ["a list", "[]", 0, 'must begin with "{"'],
  ["null", "null", 0, 'must begin with "{"'],
  ["a space before the header", " {}", 0, 'must begin with "{"'],
  ["a byte order mark", "\ufeff{}", 0, 'must begin with "{"'],
  ["text after the header", "{}x", 0, "only white space may follow"],
  ["a zero byte after the header", "{}\0", 0, "only white space may follow"],
  ["two headers", "{}{}", 0, "only white space may follow"],
  ["data without a tensor", "{}", 4, "must cover the 4 bytes"],
  ["a comma at the end", `{"a":${describeTensor()},}`, 8, "a string must come next"],
  ["no comma", `{"a":${describeTensor()} "b":1}`, 8, '"," or "}" must come next'],
  ["a comment", `{/**/}`, 0, "a string must come next"],
  ["single quotes", `{'a':1}`, 0, "a string must come next"],
  ["a line end in a name", `{"a\n":${describeTensor()}}`, 8, "bare control characters"],
  ["a bad escape", `{"a\\x":${describeTensor()}}`, 8, "valid JSON"],
  ["an escape cut short", `{"a\\u12":${describeTensor()}}`, 8, "valid JSON"],
  ["a bare control character after a backslash", `{"a\\\n":${describeTensor()}}`, 8, "bare control characters"],
  ["half a surrogate pair", `{"a\\ud800":${describeTensor()}}`, 8, "well-formed Unicode"],
  ["a name without an end", '{"a', 0, "must have an end"],
  ["a name that ends in a backslash", '{"a\\', 0, "must have an end"],
  ["the same tensor twice", `{"a":${describeTensor()},"a":${describeTensor()}}`, 8, '"a" stands twice'],
  ["the same name, once escaped", `{"a":${describeTensor()},"\\u0061":${describeTensor()}}`, 8, '"a" stands twice'],
  ["__proto__ twice", `{"__proto__":${describeTensor()},"__proto__":${describeTensor()}}`, 8, "stands twice"],
  ["metadata twice", '{"__metadata__":{},"__metadata__":{}}', 0, '"__metadata__" stands twice'],
  ["a metadata key twice", '{"__metadata__":{"k":"","k":""}}', 0, '"k" stands twice'],
  ["metadata that is a number", '{"__metadata__":{"k":1}}', 0, "a string must come next"],
  ["metadata that is an object", '{"__metadata__":{"k":{}}}', 0, "a string must come next"],
  ["metadata that is null", '{"__metadata__":null}', 0, '"{" must come next'],
  ["metadata that is a list", '{"__metadata__":[]}', 0, '"{" must come next'],
  ["a tensor that is null", '{"a":null}', 0, 'tensor "a": "{" must come next'],
  ["a tensor that is a list", '{"a":[]}', 0, 'tensor "a": "{" must come next'],
  ["a tensor that is empty", '{"a":{}}', 0, "must all be there"],
  ["no dtype", '{"a":{"shape":[2],"data_offsets":[0,8]}}', 8, "must all be there"],
  ["no shape", '{"a":{"dtype":"F32","data_offsets":[0,8]}}', 8, "must all be there"],
  ["no offsets", '{"a":{"dtype":"F32","shape":[2]}}', 8, "must all be there"],
  ["dtype twice", '{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8, "each once"],
  ["shape twice", '{"a":{"shape":[2],"shape":[2],"dtype":"F32","data_offsets":[0,8]}}', 8, "each once"],
  ["offsets twice", '{"a":{"data_offsets":[0,8],"data_offsets":[0,8],"dtype":"F32","shape":[2]}}', 8, "each once"],
  ["an unknown key", '{"a":{"stride":[1],"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', 8, "each once"],
  ["an unknown dtype", tensor({ dtype: '"F33"' }), 8, "dtype must be one of F64, I64"],
  ["a dtype in lower case", tensor({ dtype: '"f32"' }), 8, "dtype must be one of"],
  ["a dtype named after a property", tensor({ dtype: '"constructor"' }), 8, "dtype must be one of"],
  ["a dtype named __proto__", tensor({ dtype: '"__proto__"' }), 8, "dtype must be one of"],
  ["a dtype that is a number", tensor({ dtype: "32" }), 8, "a string must come next"],
  ["a negative axis", tensor({ shape: "[-2]" }), 8, "an integer from 0"],
  ["minus zero", tensor({ shape: "[-0]" }), 8, "an integer from 0"],
  ["a fractional axis", tensor({ shape: "[2.5]" }), 8, "an integer from 0"],
  ["an axis with a point", tensor({ shape: "[2.0]" }), 8, "an integer from 0"],
  ["an axis with an exponent", tensor({ shape: "[2e0]" }), 8, "an integer from 0"],
  ["an axis with a capital exponent", tensor({ shape: "[2E0]" }), 8, "an integer from 0"],
  ["an axis with a leading zero", tensor({ shape: "[02]" }), 8, "an integer from 0"],
  ["an axis with a plus", tensor({ shape: "[+2]" }), 8, "an integer from 0"],
  ["a hexadecimal axis", tensor({ shape: "[0x2]" }), 8, '"," or "]" must come next'],
  ["an axis of 2^53", tensor({ shape: "[9007199254740992]" }), 8, "an integer from 0"],
  ["an axis of 400 digits", tensor({ shape: `[${"9".repeat(400)}]` }), 8, "an integer from 0"],
  ["an axis that is a string", tensor({ shape: '["2"]' }), 8, "an integer from 0"],
  ["an axis that is null", tensor({ shape: "[null]" }), 8, "an integer from 0"],
  ["an axis that is NaN", tensor({ shape: "[NaN]" }), 8, "an integer from 0"],
  ["a shape within a shape", tensor({ shape: "[[2]]" }), 8, "an integer from 0"],
  ["a shape that is an object", tensor({ shape: "{}" }), 8, '"[" must come next'],
  ["a shape with a comma at the end", tensor({ shape: "[2,]" }), 8, "an integer from 0"],
  ["a shape whose product overflows", tensor({ shape: "[4294967296,4294967296]" }), 8, "below 2^50"],
  [
    "a product that wraps to the right size in 64 bits",
    tensor({ shape: "[4611686018427387906]" }),
    8,
    "an integer from 0",
  ],
  [
    "factors that wrap to the right size in 64 bits",
    tensor({ shape: "[2147483648,2147483648,2,2]", offsets: "[0,0]" }),
    0,
    "below 2^50",
  ],
  ["an overflow before a zero", tensor({ shape: "[4294967296,4294967296,0]", offsets: "[0,0]" }), 0, "below 2^50"],
  ["65 axes", tensor({ shape: `[2${",1".repeat(64)}]` }), 8, "at most 64 axes"],
  ["half a byte", tensor({ dtype: '"F4"', shape: "[3]", offsets: "[0,1]" }), 1, "whole number of bytes"],
  ["a shape smaller than the data", tensor({ shape: "[1]" }), 8, "must have the 4 bytes"],
  ["a shape larger than the data", tensor({ shape: "[2,2]" }), 8, "must have the 16 bytes"],
  ["a scalar with data of two", tensor({ shape: "[]" }), 8, "must have the 4 bytes"],
  ["an empty tensor with data", tensor({ shape: "[0]" }), 8, "must have the 0 bytes"],
  ["offsets past the end", tensor({ offsets: "[0,12]", shape: "[3]" }), 8, "end <= 8, got [0, 12]"],
  ["offsets far past the end", tensor({ offsets: "[9007199254740983,9007199254740991]" }), 8, "end <= 8"],
  ["begin after end", tensor({ offsets: "[8,0]" }), 8, "got [8, 0]"],
  ["a negative offset", tensor({ offsets: "[-8,0]" }), 8, "an integer from 0"],
  ["a fractional offset", tensor({ offsets: "[0,8.0]" }), 8, "an integer from 0"],
  ["an offset of 2^64 + 8", tensor({ offsets: "[0,18446744073709551624]" }), 8, "an integer from 0"],
  ["one offset", tensor({ offsets: "[0]" }), 8, '"," must come next'],
  ["three offsets", tensor({ offsets: "[0,8,8]" }), 8, '"]" must come next'],
  ["no offsets in the list", tensor({ offsets: "[]" }), 8, "an integer from 0"],
  ["overlap", two("[0,8]", "[4,12]"), 16, "(byte 8), got 4: the tensors overlap"],
  ["overlap that fills the length", two("[0,8]", "[0,8]"), 16, "overlap"],
  ["overlap of more than the data", two("[0,8]", "[0,8]"), 8, "must not overlap"],
  ["overlap out of order", two("[8,16]", "[4,12]"), 16, "leave a hole"],
  ["a hole at the start", tensor({ offsets: "[8,16]" }), 16, "leave a hole"],
  ["a hole in the middle", two("[0,8]", "[12,20]"), 20, "leave a hole"],
  ["a hole at the end", tensor({}), 9, "must cover the 9 bytes"],
  ["an empty tensor in the middle of another", two("[0,8]", "[4,4]").replace(/\[2\](?=[^[]*\[4)/, "[0]"), 8, "overlap"],
];

for (const [what, header, dataBytes, message] of TARGETED) {
  Deno.test(`readSafetensors refuses ${what}`, () => {
    const bytes = buildFile(header, dataBytes);
    assertThrows(() => readSafetensors(bytes), FileFormatError, message);
    assertEquals(readHostile(bytes), undefined);
  });
}

Deno.test("header lengths that do not fit are refused before anything is allocated", () => {
  const lengths = [3n, 1n << 31n, (1n << 31n) - 1n, 1n << 32n, (1n << 32n) + 2n, 1n << 63n, (1n << 64n) - 1n];
  for (const length of [...lengths, 100_000_000n, 100_000_001n, 2n ** 53n + 2n]) {
    const bytes = buildFile("{}", 0, length);
    const rule = length > 100_000_000n ? "the header must have at most 100000000 bytes" : "as long as its header says";
    const error = assertThrows(() => readSafetensors(bytes), FileFormatError, rule);
    assert(error.message.includes(`${length}`), error.message);
    assert(observeAllocation(() => assertThrows(() => readSafetensors(bytes))) < 2 ** 18);
  }
});

Deno.test("invalid UTF-8 is refused", () => {
  for (const bad of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80], [0x80]]) {
    const name = Uint8Array.of(0x7b, 0x22, ...bad, 0x22, 0x3a);
    const bytes = buildFile(Uint8Array.of(...name, ...new TextEncoder().encode(`${describeTensor()}}`)), 8);
    assertThrows(() => readSafetensors(bytes), FileFormatError, "valid UTF-8");
  }
});

Deno.test("large hostile headers stay within the size of the file plus 1 MiB", () => {
  const size = 4_000_000;
  const empty = describeTensor({ shape: "[0]", offsets: "[0,0]" });
  const list = (count: number, item: (index: number) => string) =>
    Array.from({ length: count }, (_, i) => item(i)).join(",");
  const headers = {
    "deep lists": "[".repeat(size),
    "deep lists in a shape": `{"a":{"shape":${"[".repeat(size)}`,
    "deep objects": '{"a":'.repeat(size / 5),
    "many tensors": `{${list(size / 60, (i) => `"${i}":${empty}`)}}`,
    "many tensors, out of order and overlapping": `{${
      list(size / 60, (i) => `"${i}":${describeTensor({ offsets: i % 2 ? "[0,8]" : "[8,16]" })}`)
    }}`,
    "many unaligned tensors": `{${
      list(size / 100, (i) =>
        `"ab${i}":${describeTensor({ dtype: '"F64"', shape: "[1]", offsets: `[${8 * i},${8 * i + 8}]` })}`)
    }}`,
    "a long shape": `{"a":{"shape":[${"1,".repeat(size / 2)}1]}}`,
    "a long number": `{"a":{"shape":[${"1".repeat(size)}]}}`,
    "a long name": `{"${"n".repeat(size)}":{}}`,
    "a long name in Greek": `{"${"ω".repeat(size / 2)}":{}}`,
    "a Greek letter and much text": `{"ω${"n".repeat(size)}":{}}`,
    "a long name of escapes": `{"${"\\u03c9".repeat(size / 6)}":{}}`,
    "a long name of short escapes": `{"${"\\n".repeat(size / 2)}":{}}`,
    "a long dtype": `{"a":{"dtype":"${"F".repeat(size)}"}}`,
    "a long key": `{"a":{"${"k".repeat(size)}":1}}`,
    "much metadata": `{"__metadata__":{${list(size / 12, (i) => `"${i}":""`)}}}`,
    "white space": `{${" ".repeat(size)}`,
    "quotes": '{"' + '""'.repeat(size / 2),
    "backslashes": '{"' + "\\".repeat(size),
  };
  for (const [what, header] of Object.entries(headers)) {
    assertEquals(readHostile(buildFile(header, 16)), undefined, what);
    assertEquals(readHostile(buildFile(header, 400_001)), undefined, what);
  }
});
