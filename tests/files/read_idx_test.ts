import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import fc from "fast-check";
import { FileFormatError, readIdx } from "../../mod.ts";

/** The bytes of an IDX file. */
function writeIdx(type: number, shape: readonly number[], elements: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * shape.length + elements.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0, 0, type, shape.length]);
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  bytes.set(elements, 4 + 4 * shape.length);
  return bytes;
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

Deno.test("readIdx: every type, big-endian, plain and packed", async () => {
  const big = (width: number, set: (view: DataView, at: number, value: number) => void, values: number[]) => {
    const bytes = new Uint8Array(values.length * width);
    values.forEach((value, i) => set(new DataView(bytes.buffer), i * width, value));
    return bytes;
  };
  const cases = [
    [0x08, Uint8Array, big(1, (v, at, x) => v.setUint8(at, x), [0, 1, 2, 127, 128, 255])],
    [0x09, Int8Array, big(1, (v, at, x) => v.setInt8(at, x), [0, 1, -2, 127, -128, -1])],
    [0x0b, Int16Array, big(2, (v, at, x) => v.setInt16(at, x), [0, 1, -2, 258, -32768, 32767])],
    [0x0c, Int32Array, big(4, (v, at, x) => v.setInt32(at, x), [0, 1, -2, 16909060, -2147483648, 5])],
    [0x0d, Float32Array, big(4, (v, at, x) => v.setFloat32(at, x), [0, 1, -2.5, 1e30, -0.1, NaN])],
    [0x0e, Float64Array, big(8, (v, at, x) => v.setFloat64(at, x), [0, 1, -2.5, 1e300, -0.1, Infinity])],
  ] as const;
  const wanted: readonly (readonly number[])[] = [
    [0, 1, 2, 127, 128, 255],
    [0, 1, -2, 127, -128, -1],
    [0, 1, -2, 258, -32768, 32767],
    [0, 1, -2, 16909060, -2147483648, 5],
    [0, 1, -2.5, 1e30, -0.1, NaN].map(Math.fround),
    [0, 1, -2.5, 1e300, -0.1, Infinity],
  ];
  for (const [i, [type, Type, elements]] of cases.entries()) {
    const bytes = writeIdx(type, [3, 2], elements);
    for (const file of [bytes, bytes.buffer, await gzip(bytes)]) {
      const { data, shape } = await readIdx(file);
      assertInstanceOf(data, Type);
      assertEquals(Array.from(data), wanted[i]);
      assertEquals(shape, [3, 2]);
    }
  }
});

Deno.test("readIdx: bytes are not copied, and may lie within a larger buffer", async () => {
  const file = writeIdx(8, [4], Uint8Array.of(9, 8, 7, 6));
  const around = new Uint8Array(file.length + 10).fill(77);
  around.set(file, 5);
  const { data } = await readIdx(around.subarray(5, 5 + file.length));
  assertEquals(data, Uint8Array.of(9, 8, 7, 6));
  assertEquals(data.buffer, around.buffer);
});

Deno.test("readIdx: what is no such file is refused, and says why", async () => {
  const good = writeIdx(8, [2, 3], new Uint8Array(6));
  const changed = (at: number, value: number) => good.with(at, value);
  const cases: [Uint8Array<ArrayBuffer>, string][] = [
    [new Uint8Array(0), "must begin with two bytes 0, a type and a number of axes, got []"],
    [changed(0, 1), "must begin with two bytes 0"],
    [changed(2, 0x0a), "must be one of 0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e, got 0xa"],
    [changed(3, 0), "1 to 16 axes, got 0"],
    [changed(3, 17), "1 to 16 axes, got 17"],
    [good.slice(0, 9), "need a header of 12 bytes, got 9"],
    [changed(11, 0), "axis 1 has none"],
    [good.slice(0, -1), "[2, 3] elements of Uint8Array, so it must have 18 bytes, got 17"],
    [writeIdx(8, [2, 3], new Uint8Array(7)), "must have 18 bytes, got 19"],
    [changed(4, 255), "must have 12834570258 bytes, got 18"],
  ];
  for (const [file, message] of cases) {
    await assertRejects(() => readIdx(file), FileFormatError, message);
    if (!message.includes("12834570258")) {
      await assertRejects(async () => readIdx(await gzip(file)), FileFormatError, message);
    }
  }
  const long = writeIdx(8, [100], new Uint8Array(100)).with(4, 255);
  await assertRejects(async () => readIdx(await gzip(long)), FileFormatError, "bytes of gzip cannot be unpacked to");
  await assertRejects(() => readIdx("images.idx" as never), TypeError, "takes the bytes of the file");
});

Deno.test("readIdx: a packed file is unpacked no further than its header says", async () => {
  // 64 MB of zeros in 65 kB; the header says one element.
  const file = new Uint8Array(64 * 2 ** 20);
  file.set([0, 0, 8, 1, 0, 0, 0, 1]);
  await assertRejects(async () => readIdx(await gzip(file)), FileFormatError, "must have 9 bytes, got 10");
});

Deno.test("readIdx: damaged files give numbers or a FileFormatError", async () => {
  const plain = writeIdx(0x0b, [5, 3, 2], Uint8Array.from({ length: 60 }, (_, i) => i * 7));
  const packed = await gzip(plain);
  const edits = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  let read = 0;
  await fc.assert(
    fc.asyncProperty(fc.boolean(), edits, fc.nat(100), async (isPacked, changes, cut) => {
      const bytes = (isPacked ? packed : plain).slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        const { data, shape } = await readIdx(cut < 30 ? bytes.subarray(0, bytes.length - cut) : bytes);
        assertEquals(data.length, shape.reduce((product, length) => product * length, 1));
        read++;
      } catch (error) {
        assertInstanceOf(error, FileFormatError);
      }
    }),
    { numRuns: 1000 },
  );
  assert(read > 0);
});
