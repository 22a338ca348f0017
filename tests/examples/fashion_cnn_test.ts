import { assert, assertEquals, assertRejects } from "@std/assert";
import { main } from "../../examples/fashion_cnn.ts";
import { inFolder } from "../files/in_folder.ts";

/** An IDX file of bytes, packed. */
async function writeIdx(path: string, shape: readonly number[], valueAt: (i: number) => number): Promise<void> {
  const size = shape.reduce((product, length) => product * length, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + size);
  bytes.set([0, 0, 8, shape.length]);
  shape.forEach((length, axis) => new DataView(bytes.buffer).setUint32(4 + 4 * axis, length));
  for (let i = 0; i < size; i++) bytes[4 + 4 * shape.length + i] = valueAt(i);
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  await Deno.writeFile(path, new Uint8Array(await new Response(packed).arrayBuffer()));
}

Deno.test("fashion: learns from IDX files, as many as wanted, and shows a confusion matrix", async () => {
  await inFolder(async (folder) => {
    for (const [part, count] of [["train", 400], ["t10k", 50]] as const) {
      // Class k is a bright band at height 2 k; the other classes differ by 10 of 255.
      await writeIdx(`${folder}/${part}-images-idx3-ubyte.gz`, [count, 28, 28], (i) => {
        const [image, row] = [Math.floor(i / 784), Math.floor(i / 28) % 28];
        return Math.abs(row - 4 - 2 * (image % 10)) < 2 ? 245 - i % 10 : i % 10;
      });
      await writeIdx(`${folder}/${part}-labels-idx1-ubyte.gz`, [count], (i) => i % 10);
    }
    const lines: string[] = [];
    const print = (text: string): void => void lines.push(text);
    const accuracy = await main([folder, "--epochs=4", "--limit=300", "--batch=20", "--quiet", "--lr=0.01"], print);
    assert(accuracy !== null && accuracy > 0.8, lines.join("\n"));
    assert(/^test accuracy [\d.]+ % of 50 images/.test(lines[0]), lines[0]);
    await assertRejects(() => main([`${folder}/none`]), Error, "there is neither");
    await writeIdx(`${folder}/t10k-images-idx3-ubyte.gz`, [50, 27, 28], () => 0);
    await assertRejects(() => main([folder, "--limit=60"], print), Error, "must have images of 28 × 28 bytes");
    assertEquals(await main(["--help"], print), null);
  });
});
