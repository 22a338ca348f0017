import { assert, assertEquals, assertThrows } from "@std/assert";
import { input, layers, model, sequential, type Tensor, tensor } from "../../mod.ts";

/** An image as a canvas gives it, whose byte i is `byteAt(i)`. */
function imageOf(width: number, height: number, byteAt: (i: number) => number) {
  return { width, height, data: Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => byteAt(i)) };
}

const first = imageOf(3, 2, (i) => i * 10);
const second = imageOf(3, 2, (i) => 255 - i);

/** A model that gives back what it is given. */
function echo(inputShape: readonly number[]) {
  return sequential([layers.reshape({ targetShape: [...inputShape], inputShape: [...inputShape] })]);
}

Deno.test("images: RGBA as it is, without alpha, and as grey, as the model's inputs say", () => {
  const rgba = echo([2, 3, 4]).predict([first, second]) as Tensor;
  assertEquals(rgba.shape, [2, 2, 3, 4]);
  assertEquals(Array.from(rgba.data), [...first.data, ...second.data]);
  const rgb = echo([2, 3, 3]).predict([first, second]) as Tensor;
  assertEquals(Array.from(rgb.data), [...first.data, ...second.data].filter((_, i) => i % 4 !== 3));
  const luma = (data: Uint8ClampedArray) =>
    Array.from({ length: 6 }, (_, i) => {
      const [r, g, b] = data.subarray(4 * i);
      return Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    });
  for (const shape of [[2, 3, 1], [2, 3]]) {
    const grey = echo(shape).predict([first, second]) as Tensor;
    assertEquals(Array.from(grey.data), [...luma(first.data), ...luma(second.data)]);
  }
  // Grey stays what it is, for each of 256 values.
  const ramp = imageOf(16, 16, (i) => Math.floor(i / 4));
  assertEquals(
    Array.from((echo([16, 16, 1]).predict([ramp]) as Tensor).data),
    Array.from({ length: 256 }, (_, i) => i),
  );
});

Deno.test("images: tensor() takes them, alone and in lists", () => {
  assertEquals(tensor(first).shape, [2, 3, 4]);
  assertEquals(tensor(first).data, Float32Array.from(first.data));
  assertEquals(tensor(first, [2, 3, 3]).shape, [2, 3, 3]);
  assertEquals(tensor([first, second]).shape, [2, 2, 3, 4]);
  assertEquals(tensor([tensor([1, 2]), { data: Uint8Array.of(3, 4), shape: [2] }]).toArray(), [[1, 2], [3, 4]]);
  assertEquals(tensor({ ...first, data: new Uint8Array(first.data) }).data, tensor(first).data);
  const bytes = Uint8Array.of(1, 2, 250);
  assertEquals(tensor(bytes).toArray(), [1, 2, 250]);
});

Deno.test("images: fit, evaluate, streams and inputs by name take them", async () => {
  const images = Array.from({ length: 8 }, (_, k) => imageOf(3, 2, (i) => (i * 31 + k * 17) % 256));
  const plain = tensor(images).data.filter((_, i) => i % 4 !== 3);
  const labels = images.map((_, k) => k % 2);
  const build = () => {
    const classifier = sequential([
      layers.flatten({ inputShape: [2, 3, 3] }),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ], { seed: 1 });
    classifier.compile({ optimizer: "adam", loss: "binary_crossentropy" });
    return classifier;
  };
  const [ofImages, ofTensor, ofBytes, ofStream] = [build(), build(), build(), build()];
  const options = { epochs: 2, batchSize: 4, verbose: 0, shuffle: false } as const;
  const shape = [8, 2, 3, 3];
  await ofImages.fit(images, labels, options);
  await ofTensor.fit(tensor(plain, shape), labels, options);
  await ofBytes.fit({ data: Uint8ClampedArray.from(plain), shape }, Uint8Array.from(labels), options);
  const batches = [0, 4].map((from) => ({ x: images.slice(from, from + 4), y: labels.slice(from, from + 4) }));
  await ofStream.fit(batches, { epochs: 2, verbose: 0 });
  const wanted = ofTensor.predict(tensor(plain, shape)).data;
  for (const trained of [ofImages, ofBytes, ofStream]) {
    assertEquals(trained.predict(images).data, wanted);
    assertEquals(trained.evaluate(images, labels), ofTensor.evaluate(tensor(plain, shape), labels));
  }
  const picture = input({ shape: [2, 3, 1], name: "picture" });
  const size = input({ shape: [1], name: "size" });
  const two = model({
    inputs: { picture, size },
    outputs: layers.concatenate().apply([layers.flatten().apply(picture), size]),
  });
  assertEquals(two.predict({ picture: [first], size: [7] }).shape, [1, 7]);
});

Deno.test("images: the last axis may be left out where it is 1", () => {
  const bytes = Uint8Array.from({ length: 12 }, (_, i) => i);
  const found = echo([2, 3, 1]).predict({ data: bytes, shape: [2, 2, 3] }) as Tensor;
  assertEquals([found.shape, Array.from(found.data)], [[2, 2, 3, 1], Array.from(bytes)]);
});

Deno.test("images: a tensor in a list is a sample, or the data of the only input, as its shape says", () => {
  const pixels = echo([2, 3, 4]);
  const wanted = tensor([first]).data;
  for (const x of [[tensor(first)], [tensor([first])], tensor([first])]) {
    const { shape, data } = pixels.predict(x) as Tensor;
    assertEquals([shape, data], [[1, 2, 3, 4], wanted]);
  }
  assertEquals(pixels.predict([tensor(first), tensor(second)]).shape, [2, 2, 3, 4]);
});

Deno.test("images: what does not fit is named", () => {
  const pixels = echo([2, 3, 3]);
  const wide = imageOf(4, 2, () => 0);
  const cases: [unknown, string][] = [
    [first, "got [2, 3, 3]; for one sample write [x]"],
    [[first, wide], "x[1] has shape [2, 4, 3], but x[0] has [2, 3, 3]"],
    [[wide], "takes samples of shape [2, 3, 3]"],
    [[first, 3], "Cannot read x[1]: it must be a tensor or an image, as the first is, got 3"],
    [
      [{ ...first, width: 4 }],
      "must have width * height * 4 bytes, red, green, blue and alpha of every pixel, got 4 * 2 and 24 bytes",
    ],
    [[{ ...first, data: new Float32Array(24) }], "width * height * 4 bytes"],
    [[{ ...first, height: -2 }], "got 3 * -2"],
  ];
  for (const [x, message] of cases) {
    const error = assertThrows(() => pixels.predict(x as never), TypeError);
    assert(error.message.includes(message), error.message);
  }
});
