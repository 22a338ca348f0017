import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import fc from "fast-check";
import { FileFormatError, readImage } from "../../src/image/image.ts";
import { crc32 } from "../../src/image/crc32.ts";
import { goldenImage, goldenImages } from "./golden_images.ts";

const readable = goldenImages.filter(({ name }) => name !== "jpeg CMYK");

for (const { name, bytes, shape, ...wanted } of readable) {
  Deno.test(`readImage: ${name}`, async () => {
    for (const [colorMode, channels] of [["rgb", 3], ["rgba", 4], ["grayscale", 1]] as const) {
      const image = await readImage(bytes, { colorMode });
      assertEquals(image.shape, [...shape, channels]);
      assertEquals(Array.from(image.data), Array.from(wanted[colorMode]), colorMode);
    }
    assertEquals((await readImage(bytes)).shape, [...shape, 3]);
  });
}

/** A PNG file whose header, of 13 bytes, is changed, with the right checksum. */
function withHeader(bytes: Uint8Array<ArrayBuffer>, change: (view: DataView) => void): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice();
  change(new DataView(changed.buffer, 16, 13));
  new DataView(changed.buffer).setUint32(29, crc32(changed.subarray(12, 29)));
  return changed;
}

const png = goldenImage("png color 2 depth 8").bytes;
const jpeg = goldenImage("jpeg baseline 4:2:0").bytes;
const progressive = goldenImage("jpeg progressive 4:4:4").bytes;

Deno.test("readImage: what is no image, damaged or too large is refused, and says why", async () => {
  const frame = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xc0);
  const data = png.findIndex((_, i) => String.fromCharCode(...png.subarray(i, i + 4)) === "IDAT");
  const cases: [Uint8Array<ArrayBuffer>, string][] = [
    [new Uint8Array(0), "must be a PNG or JPEG file, got one that begins with the bytes []"],
    [Uint8Array.of(0x47, 0x49, 0x46, 0x38), "begins with the bytes [71, 73, 70, 56]"],
    [png.slice(0, -1), "must go on to the chunk IEND, but it ends after"],
    [png.slice(0, -12), "must go on to the chunk IEND"],
    [png.slice(0, 20), "has a chunk of 13 bytes at 8, but ends after 20 bytes"],
    [png.with(data + 6, png[data + 6] ^ 1), "the checksum of the chunk IDAT"],
    [withHeader(png, (v) => v.setUint32(0, 0)), "must have at least one pixel, got 0 ×"],
    [withHeader(png, (v) => v.setUint32(0, 5000)), "which"],
    [withHeader(png, (v) => v.setUint32(4, 2)), "but more are packed in it"],
    [withHeader(png, (v) => v.setUint32(4, 50)), "are packed in it"],
    [withHeader(png, (v) => v.setUint8(8, 4)), "colour type and bits a sample of the format, got 2 and 4"],
    [withHeader(png, (v) => v.setUint8(9, 3)), "has indices of colours, but no palette"],
    [withHeader(png, (v) => v.setUint8(12, 2)), "as the format says, got [0,0,2]"],
    [
      withHeader(goldenImage("png color 0 depth 1").bytes, (v) => v.setUint8(12, 1)),
      "is interlaced and has 1 bits a sample, which is not read",
    ],
    [jpeg.slice(0, -2), "must go on to its end marker"],
    [jpeg.slice(0, 300), "ends after 300 bytes"],
    [jpeg.with(frame + 1, 0xc3), "must be baseline or progressive by Huffman codes, got a frame of kind 3"],
    [jpeg.with(frame + 4, 12), "must have 8 bits a sample, got 12"],
    [jpeg.with(frame + 7, 0).with(frame + 8, 0), "at least one pixel, got 0 × 21"],
    [jpeg.with(frame + 5, 0x40).with(frame + 7, 0x40), "at most 16777216 pixels, got 16421 × 16405"],
    [jpeg.with(frame + 5, 0x08).with(frame + 7, 0x08), "bytes cannot hold"],
    [goldenImage("jpeg CMYK").bytes, "got 4 components (CMYK)"],
  ];
  for (const [bytes, message] of cases) await assertRejects(() => readImage(bytes), FileFormatError, message);
  // A refused file does not spoil what comes after it.
  assertEquals((await readImage(jpeg)).shape, [21, 37, 3]);
  await assertRejects(() => readImage(jpeg, { maxPixels: 776 }), FileFormatError, "set maxPixels for a larger one");
  await assertRejects(() => readImage("cat.png" as never), TypeError, "the bytes of a file, a Uint8Array");
  await assertRejects(
    () => readImage(png, { colorMode: "grey" as never }),
    RangeError,
    'grayscale, rgb or rgba, got "grey"',
  );
  await assertRejects(() => readImage(png, { colourMode: "rgb" } as never), TypeError, "colorMode");
});

Deno.test("readImage: a small file that unpacks to much is refused before it is", async () => {
  // 64 MB of zeros as the pixels of a small image.
  const zeros = new Blob([new Uint8Array(64 * 2 ** 20)]).stream().pipeThrough(new CompressionStream("deflate"));
  const packed = new Uint8Array(await new Response(zeros).arrayBuffer());
  const at = png.findIndex((_, i) => String.fromCharCode(...png.subarray(i, i + 4)) === "IDAT") - 4;
  const chunk = new Uint8Array(12 + packed.length);
  new DataView(chunk.buffer).setUint32(0, packed.length);
  chunk.set([0x49, 0x44, 0x41, 0x54], 4);
  chunk.set(packed, 8);
  new DataView(chunk.buffer).setUint32(8 + packed.length, crc32(chunk.subarray(4, 8 + packed.length)));
  const bomb = new Uint8Array([...png.subarray(0, at), ...chunk, ...png.subarray(-12)]);
  await assertRejects(() => readImage(bomb), FileFormatError, "but more are packed in it");
});

Deno.test("readImage: 1,000 damaged files each of PNG and JPEG give an image or a FileFormatError", async () => {
  const edits = fc.array(fc.tuple(fc.nat(4000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 5 });
  const kinds: readonly (readonly Uint8Array[])[] = [
    [png, goldenImage("png color 3 depth 4").bytes, goldenImage("png color 4 depth 8 interlaced").bytes],
    [jpeg, progressive, goldenImage("jpeg grey").bytes],
  ];
  for (const files of kinds) {
    const outcomes = { images: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        edits,
        fc.nat(9),
        fc.boolean(),
        async (file, changes, cut, isDeep) => {
          const bytes = new Uint8Array(cut === 0 ? file.subarray(0, changes[0][0] % file.length) : file);
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
          try {
            const { data, shape } = await readImage(isDeep && files === kinds[0] ? repair(bytes) : bytes, {
              maxPixels: 1e6,
            });
            assertEquals(data.length, shape[0] * shape[1] * 3);
            assert(data.every((value) => value >= 0 && value <= 255));
            outcomes.images++;
          } catch (error) {
            assertInstanceOf(error, FileFormatError, String(error));
            outcomes.refused++;
          }
        },
      ),
      { numRuns: 1000 },
    );
    assert(outcomes.images > 20 && outcomes.refused > 20, JSON.stringify(outcomes));
  }
});

/** A PNG file whose chunks have the right checksums again, as far as there are chunks. */
function repair(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    view.setUint32(end - 4, crc32(bytes.subarray(at + 4, end - 4)));
    at = end;
  }
  return bytes;
}
