import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { readSafetensors } from "../../src/files/read_safetensors.ts";
import { SAFETENSORS_DTYPES, type SafetensorsDtype } from "../../src/files/safetensors_dtypes.ts";
import { type NamedTensor, writeSafetensors } from "../../src/files/write_safetensors.ts";

Deno.test("writeSafetensors writes the format byte for byte", () => {
  const bytes = writeSafetensors([
    { name: "m", dtype: "U8", shape: [3], data: Uint8Array.of(7, 8, 9) },
    { name: "w", dtype: "F32", shape: [1, 2], data: Float32Array.of(1, -2) },
    { name: "d", dtype: "F64", shape: [], data: Float64Array.of(0.5) },
    { name: "v", dtype: "F32", shape: [0], data: new Float32Array(0) },
  ], { k: 'a"b' });
  // 8 bytes of length, 246 of header, 2 spaces: data begin at 256, a multiple of 64. So the length is 248 = 0xf8.
  const header = '{"__metadata__":{"k":"a\\"b"},"d":{"dtype":"F64","shape":[],"data_offsets":[0,8]},' +
    '"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]},"v":{"dtype":"F32","shape":[0],"data_offsets":[16,16]},' +
    '"m":{"dtype":"U8","shape":[3],"data_offsets":[16,19]}}';
  assertEquals(header.length, 246);
  assertEquals(
    bytes,
    Uint8Array.of(
      ...[0xf8, 0, 0, 0, 0, 0, 0, 0],
      ...new TextEncoder().encode(header),
      ...[0x20, 0x20],
      ...[0, 0, 0, 0, 0, 0, 0xe0, 0x3f], // 0.5 in binary64
      ...[0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], // 1 and -2 in binary32
      ...[7, 8, 9],
    ),
  );
});

Deno.test("writeSafetensors writes a file without tensors", () => {
  assertEquals(new TextDecoder().decode(writeSafetensors([], {})), `8${"\0".repeat(7)}{}${" ".repeat(54)}`);
});

Deno.test("writeSafetensors takes views of parts of buffers, shared ones too", () => {
  const shared = new Float32Array(new SharedArrayBuffer(16), 4, 2);
  shared.set([3, 4]);
  const bytes = writeSafetensors([
    { name: "a", dtype: "F32", shape: [2], data: shared },
    { name: "b", dtype: "F16", shape: [1], data: new DataView(Uint8Array.of(1, 2, 3, 4).buffer, 1, 2) },
  ], {});
  assertEquals([...bytes.slice(-10)], [0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40, 2, 3]);
});

Deno.test("what writeSafetensors writes, readSafetensors reads: any tensors, aligned, without a copy", () => {
  const dtypes = Object.keys(SAFETENSORS_DTYPES) as SafetensorsDtype[];
  const tensor = fc.record({
    name: fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("__proto__", "constructor", "toString", "0")),
    dtype: fc.constantFrom(...dtypes),
    // An axis of 4 fills the bytes of 4-bit and 6-bit elements.
    shape: fc.array(fc.nat(3), { maxLength: 3 }).map((shape) => [...shape, 4]),
    fill: fc.nat(255),
    start: fc.nat(9),
  }).map(({ name, dtype, shape, fill, start }): NamedTensor => {
    const size = shape.reduce((a, b) => a * b, 1) * SAFETENSORS_DTYPES[dtype].bits / 8;
    return { name, dtype, shape, data: new Uint8Array(size + start).fill(fill).subarray(start) };
  });
  const tensors = fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 12 });
  const metadata = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(tensors, metadata, (tensors, metadata) => {
      const bytes = writeSafetensors(tensors, metadata);
      assertEquals(bytes, writeSafetensors(tensors, metadata));
      assertEquals(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 64, 56);
      const content = readSafetensors(bytes);
      assertEquals(Object.fromEntries(content.metadata), metadata);
      assertEquals(content.tensors.size, tensors.length);
      for (const { name, dtype, shape, data } of tensors) {
        const found = content.tensors.get(name)!;
        assertEquals([found.name, found.dtype, found.shape], [name, dtype, shape]);
        assertEquals(toBytes(found.data), toBytes(data));
        assert(found.data.buffer === bytes.buffer, "must be a view, not a copy");
      }
    }),
    { numRuns: 300, seed: 3 },
  );
});

Deno.test("writeSafetensors keeps the bits of NaN, infinities and minus zero", () => {
  const data = new Float32Array(Uint32Array.of(0x7fc00001, 0xffc12345, 0x7f800000, 0xff800000, 0x80000000).buffer);
  const { tensors } = readSafetensors(writeSafetensors([{ name: "a", dtype: "F32", shape: [5], data }], {}));
  assertEquals(toBytes(tensors.get("a")!.data), toBytes(data));
});

Deno.test("writeSafetensors refuses what it could not read again", () => {
  const good: NamedTensor = { name: "a", dtype: "F32", shape: [2], data: new Float32Array(2) };
  const refuse = (
    parts: Partial<Record<keyof NamedTensor, unknown>>,
    kind: typeof TypeError | typeof RangeError,
    message: string,
  ) => assertThrows(() => writeSafetensors([{ ...good, ...parts } as NamedTensor], {}), kind, message);
  refuse({ shape: [3] }, TypeError, 'tensor "a": data must have the 12 bytes of shape [3] and dtype F32, got 8');
  refuse({ data: [1, 2] }, TypeError, "data must be a typed array");
  refuse({ dtype: "F33" }, RangeError, "dtype must be one of F64, I64, U64, C64, F32");
  refuse({ dtype: "toString" }, RangeError, "dtype must be one of");
  refuse({ shape: [-2] }, RangeError, "shape must be integers >= 0, got [-2]");
  refuse({ shape: [2.5] }, RangeError, "shape must be integers >= 0, got [2.5]");
  refuse({ shape: [2 ** 53] }, RangeError, "shape must be integers >= 0");
  refuse({ shape: [2 ** 40, 2 ** 40] }, TypeError, "(too many) bytes");
  refuse({ shape: [2, ...new Array(64).fill(1)] }, RangeError, "at most 64 axes");
  refuse({ name: "__metadata__" }, RangeError, "unique");
  refuse({ name: "\ud800" }, RangeError, "well-formed");
  refuse({ name: 7 }, TypeError, "name must be a string, got number");
  assertThrows(() => writeSafetensors([good, good], {}), RangeError, 'tensor "a": the name must be unique');
  // deno-lint-ignore no-explicit-any
  assertThrows(() => writeSafetensors([], { k: 1 as any }), TypeError, 'metadata "k" must be a string, got number');
  assertThrows(() => writeSafetensors([], { k: "\udc00" }), RangeError, "well-formed");
  const tiny = Array.from(
    { length: 5000 },
    (_, i): NamedTensor => ({ ...good, name: `${i}`, shape: [0], data: new Float32Array(0) }),
  );
  assertThrows(() => writeSafetensors(tiny, {}), RangeError, "must be readable");
});

function toBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
