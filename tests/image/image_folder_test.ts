import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { layers, sequential, type Tensor, tensor } from "../../mod.ts";
import { FileFormatError, type ImageFolder, imageFolder, type ImageFolderOptions } from "../../src/image/image.ts";
import { ReadingProgress } from "../../src/image/reading_progress.ts";
import { inFolder } from "../files/in_folder.ts";
import { encode } from "../../tools/packages/fast_png.ts";

/** Makes a folder of PNG files, path → size and first byte, and calls `use` with it. */
async function withImages(
  images: Readonly<Record<string, readonly [height: number, width: number, first: number]>>,
  use: (path: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const [path, [height, width, first]] of Object.entries(images)) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      const data = pixelsOf(height, width, first);
      await Deno.writeFile(`${folder}/${path}`, encode({ width, height, channels: 3, data }));
    }
    await use(folder);
  });
}

function pixelsOf(height: number, width: number, first: number): Uint8Array {
  return Uint8Array.from({ length: height * width * 3 }, (_, i) => i === 0 ? first : first * 13 + i * 7);
}

/** Ten images of 3 × 4 in three classes; the first byte of each is its number. */
const TEN: Record<string, readonly [number, number, number]> = Object.fromEntries(
  ["ant", "ant", "ant", "ant", "bee", "bee", "bee", "cat", "cat", "cat"].map((
    name,
    i,
  ) => [`${name}/${i}.png`, [3, 4, i]]),
);
const CLASSES = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];

/** The numbers of the images of an epoch, in their order, and their labels. */
async function readEpoch(folder: ImageFolder): Promise<{ numbers: number[]; labels: number[]; sizes: number[] }> {
  const numbers: number[] = [];
  const labels: number[] = [];
  const sizes: number[] = [];
  for await (const { x, y } of folder) {
    sizes.push(x.shape[0]);
    labels.push(...y.data);
    for (let i = 0; i < x.shape[0]; i++) numbers.push(x.data[i * x.size / x.shape[0]]);
  }
  return { numbers, labels, sizes };
}

Deno.test("imageFolder: classes are folders, images come in their order, with all their pixels", async () => {
  await withImages(TEN, async (path) => {
    await Deno.writeTextFile(`${path}/bee/notes.txt`, "no image");
    await Deno.writeTextFile(`${path}/readme.md`, "no class");
    await Deno.mkdir(`${path}/.hidden`);
    for (const source of [path, `${path}/`, new URL(`file://${path}`)]) {
      const folder = await imageFolder(source, { shuffle: false, batchSize: 4 });
      assertEquals(folder.classNames, ["ant", "bee", "cat"]);
      assertEquals([folder.size, folder.length, folder.imageShape], [10, 3, [3, 4, 3]]);
      assertEquals(folder.filePaths.map((file) => String(file).slice(-9)), Object.keys(TEN));
      assertEquals(Array.from(folder.labels), CLASSES);
      const { numbers, labels, sizes } = await readEpoch(folder);
      assertEquals([numbers, labels, sizes], [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], CLASSES, [4, 4, 2]]);
    }
    const [{ x }] = await Array.fromAsync(await imageFolder(path, { shuffle: false }));
    assertEquals(x.data.slice(36, 72), Float32Array.from(pixelsOf(3, 4, 1)));
    const grey = await Array.fromAsync(await imageFolder(path, { colorMode: "grayscale" }));
    assertEquals(grey[0].x.shape, [10, 3, 4, 1]);
    const named = await imageFolder(path, { classNames: ["cat", "ant", "bee"], shuffle: false });
    assertEquals((await readEpoch(named)).labels, [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]);
  });
});

Deno.test("imageFolder: labels as numbers, rows of one and of 0 and 1", async () => {
  await withImages({ "a/0.png": [2, 2, 0], "b/1.png": [2, 2, 1], "b/2.png": [2, 2, 2] }, async (path) => {
    const labelsFor = async (labelMode: ImageFolderOptions["labelMode"]) => {
      const [{ y }] = await Array.fromAsync(await imageFolder(path, { labelMode, shuffle: false }));
      return y.toArray();
    };
    assertEquals(await labelsFor("int"), [0, 1, 1]);
    assertEquals(await labelsFor("binary"), [[0], [1], [1]]);
    assertEquals(await labelsFor("categorical"), [[1, 0], [0, 1], [0, 1]]);
  });
});

Deno.test("imageFolder: an order is a function of seed and epoch", async () => {
  await withImages(TEN, async (path) => {
    const [one, same, other] = [
      await imageFolder(path, { seed: 3, batchSize: 3 }),
      await imageFolder(path, { seed: 3, cache: true }),
      await imageFolder(path, { seed: 4 }),
    ];
    const epochs = [await readEpoch(one), await readEpoch(one)];
    assertNotEquals(epochs[0].numbers, epochs[1].numbers);
    assertNotEquals(epochs[0].numbers, (await readEpoch(other)).numbers);
    for (const { numbers, labels } of epochs) {
      assertEquals(numbers.toSorted((a, b) => a - b), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      assertEquals(labels, numbers.map((number) => CLASSES[number]));
      assertEquals((await readEpoch(same)).numbers, numbers);
    }
    one.setEpoch(1);
    assertEquals((await readEpoch(one)).numbers, epochs[1].numbers);
  });
});

Deno.test("imageFolder: a split is one for both parts, shuffled or not", async () => {
  await withImages(TEN, async (path) => {
    const part = async (subset: "training" | "validation", shuffle: boolean, seed = 5) => {
      return (await readEpoch(await imageFolder(path, { validationSplit: 0.35, subset, shuffle, seed }))).numbers;
    };
    const [training, validation] = [await part("training", true), await part("validation", false)];
    assertEquals([training.length, validation.length], [7, 3]);
    assertEquals([...training, ...validation].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assertEquals((await part("validation", true)).sort(), validation);
    assertNotEquals(await part("validation", false, 6), validation);
  });
});

Deno.test("imageFolder: images of several sizes are refused, or resized as the layer resizes them", async () => {
  await withImages({ "a/0.png": [3, 4, 0], "a/1.png": [6, 5, 1], "b/2.png": [9, 2, 2] }, async (path) => {
    for (const cache of [false, true]) {
      await assertRejects(
        async () => Array.fromAsync(await imageFolder(path, { shuffle: false, cache })),
        TypeError,
        `all must have one size, but "${path}/a/1.png" has 6 × 5 pixels and "${path}/a/0.png" 3 × 4; set imageSize`,
      );
      for (const interpolation of ["bilinear", "nearest"] as const) {
        for (const cropToAspectRatio of [false, true]) {
          const size = { height: 4, width: 5 };
          const options = { interpolation, cropToAspectRatio, imageSize: [4, 5] as const, shuffle: false, cache };
          const folder = await imageFolder(path, options);
          assertEquals(folder.imageShape, [4, 5, 3]);
          const [{ x }] = await Array.fromAsync(folder);
          for (const [i, [height, width]] of [[3, 4], [6, 5], [9, 2]].entries()) {
            const layer = sequential([
              layers.resizing({ ...size, interpolation, cropToAspectRatio, inputShape: [height, width, 3] }),
            ]);
            const wanted = layer.predict(tensor(pixelsOf(height, width, i), [1, height, width, 3])) as Tensor;
            const found = x.data.subarray(i * 60, (i + 1) * 60);
            const most = Math.max(...found.map((value, k) => Math.abs(value - wanted.data[k])));
            // Two roundings of numbers up to 255 in float32.
            assert(most <= 4e-5, `${interpolation}, ${cropToAspectRatio}, image ${i}: ${most}`);
          }
        }
      }
    }
  });
});

Deno.test("imageFolder: what is wrong with a folder, a file or an option is named", async () => {
  await withImages({ "a/0.png": [2, 2, 0], "b/1.png": [2, 2, 1], "c/2.png": [2, 2, 2] }, async (path) => {
    await Deno.mkdir(`${path}/empty`);
    await assertRejects(() => imageFolder(path), Error, 'the class folder "empty" has no images, .png, .jpg or .jpeg');
    await Deno.remove(`${path}/empty`);
    await assertRejects(() => imageFolder(`${path}/a`), Error, "it must have a folder for each class, found none");
    await assertRejects(() => imageFolder(`${path}/none`), Error, `"${path}/none": there is no such file or folder`);
    await Deno.writeTextFile(`${path}/b/3.jpg`, "not an image");
    await assertRejects(
      async () => Array.fromAsync(await imageFolder(path)),
      FileFormatError,
      `Cannot read image "${path}/b/3.jpg": it must be a PNG or JPEG file`,
    );
    await assertRejects(() => imageFolder(path, { cache: true }), FileFormatError, `"${path}/b/3.jpg"`);
    await Deno.remove(`${path}/b/3.jpg`);
    await Deno.mkdir(`${path}/b/4.png`);
    await assertRejects(async () => Array.fromAsync(await imageFolder(path)), Error, `b/4.png": it is a directory`);
    await Deno.remove(`${path}/b/4.png`);
    const cases: [ImageFolderOptions, string][] = [
      [{ labelMode: "binary" }, 'labelMode "binary" needs two classes, got 3'],
      [{ classNames: ["a", "b"] }, 'must be the names of its folders, ["a", "b", "c"], got ["a", "b"]'],
      [{ validationSplit: 0.2 }, "validationSplit and subset go together, got 0.2 and undefined"],
      [{ validationSplit: 0.2, subset: "training" }, "of 3 images leaves 3 to train on and 0 to validate with"],
      [{ validationSplit: 0.5, subset: "both" as never }, 'subset must be one of "training", "validation", got "both"'],
      [{ interpolation: "nearest" }, "interpolation goes with imageSize only"],
      [{ imageSize: 32 as never }, "imageSize must be [height, width], got 32"],
      [{ batchSize: 0 }, "batchSize must be an integer >= 1, got 0"],
      [{ colourMode: "rgb" } as never, "colorMode"],
    ];
    for (const [options, message] of cases) await assertRejects(() => imageFolder(path, options), Error, message);
    await assertRejects(() => imageFolder(path, { maxPixels: 3 }), FileFormatError, "at most 3 pixels, got 2 × 2");
  });
});

Deno.test("imageFolder: a fit that goes on at an epoch has the bits of one that did not stop", async () => {
  await withImages(TEN, async (path) => {
    const build = () => {
      const model = sequential([
        layers.rescaling({ scale: 1 / 255, inputShape: [3, 4, 3] }),
        layers.flatten(),
        layers.dense({ units: 3, activation: "softmax" }),
      ], { seed: 1 });
      model.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
      return model;
    };
    const [whole, twice] = [build(), build()];
    await whole.fit(await imageFolder(path, { batchSize: 3 }), { epochs: 4, verbose: 0 });
    await twice.fit(await imageFolder(path, { batchSize: 3 }), { epochs: 2, verbose: 0 });
    const again = await imageFolder(path, { batchSize: 3, cache: true });
    const validationData = await imageFolder(path, { shuffle: false });
    const { history } = await twice.fit(again, { epochs: 4, initialEpoch: 2, verbose: 0, validationData });
    const weights = (model: typeof whole) => model.getWeights().map(({ data }) => Array.from(data));
    assertEquals(weights(twice), weights(whole));
    assertEquals(history.val_loss.length, 2);
    assertEquals((await whole.predict(validationData)).shape, [10, 3]);
  });
});

Deno.test("reading progress: nothing for a second, then a line that is rewritten", () => {
  let text = "";
  let now = 0;
  const sink = { isTerminal: true, columns: 80, write: (part: string) => void (text += part) };
  const progress = new ReadingProgress(1000, sink, () => now);
  const at = (ms: number, done: number): string => {
    [text, now] = ["", ms];
    progress.update(done);
    return text;
  };
  assertEquals(at(900, 300), "");
  assertEquals(at(1200, 400), "\rReading images 400/1000 ━━━━━━━━──────────── 1s\x1b[K");
  assertEquals(at(1250, 410), "");
  assertEquals(at(3000, 1000), "\rReading images 1000/1000 ━━━━━━━━━━━━━━━━━━━━ 3s\x1b[K\n");
  const quick = new ReadingProgress(5, sink, () => 10);
  text = "";
  quick.update(5);
  assertEquals(text, "");
});
