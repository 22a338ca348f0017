import { assert, assertEquals, assertRejects } from "@std/assert";
import { readDigits } from "../../examples/digits/read_digits.ts";
import { toDigit } from "../../examples/digits/to_digit.ts";
import { main } from "../../examples/digits_cnn.ts";
import { loadModel, type Tensor } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { inFolder } from "../files/in_folder.ts";

Deno.test("digits: 1,797 images of 8 × 8 pixels from 0 to 16", async () => {
  const { images, labels } = await readDigits();
  assertEquals([images.length, labels.length], [1797 * 64, 1797]);
  // The first digit of scikit-learn's load_digits().
  assertEquals(Array.from(images.subarray(0, 16)), [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]);
  assertEquals([images.reduce((a, b) => Math.max(a, b)), Array.from(labels.subarray(0, 12))], [
    16,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1],
  ]);
  const counts = Array.from({ length: 10 }, (_, digit) => labels.filter((label) => label === digit).length);
  assertEquals(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

Deno.test("digits: the network learns, shows its mistakes, and its file reads digits", async () => {
  await inFolder(async (folder) => {
    const lines: string[] = [];
    const path = `${folder}/digits.safetensors`;
    const compiled = `${folder}/compiled.safetensors`;
    const flags = ["--epochs=2", `--save=${path}`, `--compile=${compiled}`];
    const accuracies = await main(flags, (text) => lines.push(text));
    assert(accuracies !== null && accuracies.length === 1 && accuracies[0] > 0.8, lines.join("\n"));
    assert(/seed 1: held-out accuracy \d\d\.\d\d %, \d+ wrong/.test(lines[0]), lines[0]);
    const count = Number(/(\d+) wrong/.exec(lines[0])![1]);
    assertEquals(lines[1].match(/\d, not \d/g)?.length, Math.min(12, count));
    const { images, labels } = await readDigits();
    const model = await loadModel(path);
    const guesses = (model.predict({ data: images, shape: [1797, 8, 8] }) as Tensor).argMax(-1).data;
    assert(guesses.filter((guess, i) => guess === labels[i]).length > 1500);
    const served = load(await Deno.readFile(compiled)).predictBatch(images);
    guesses.forEach((guess, i) => {
      const shares = served.subarray(10 * i, 10 * i + 10);
      assertEquals(shares.indexOf(Math.max(...shares)), guess, `digit ${i}`);
    });
  });
  await assertRejects(() => main(["--epoch=2"]), Error, "there is no flag --epoch");
});

Deno.test("digits: a drawing becomes what the data are", () => {
  const width = 64;
  const draw = (isInk: (x: number, y: number) => boolean) =>
    Uint8Array.from({ length: width * width }, (_, i) => isInk(i % width, Math.floor(i / width)) ? 255 : 0);
  assertEquals(toDigit(draw(() => false), width), null);
  // All of a square, wherever it is and however large.
  assertEquals(toDigit(draw((x, y) => x >= 5 && x < 13 && y >= 50 && y < 58), width), new Float32Array(64).fill(16));
  // A stroke that is four times as high as wide is in the middle two columns of eight.
  const stroke = toDigit(draw((x, y) => x >= 10 && x < 20 && y >= 10 && y < 50), width)!;
  assertEquals(Array.from(stroke), Array.from({ length: 64 }, (_, i) => i % 8 === 3 || i % 8 === 4 ? 16 : 0));
  // Half of the blocks' pixels: every other row of the bitmap of 32.
  const lines = toDigit(draw((_, y) => y % 4 < 2), width)!;
  assert(lines.every((value) => value === 8 || value === 12 || value === 4), lines.join());
});
