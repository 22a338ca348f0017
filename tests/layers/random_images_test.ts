import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { input, layers, sequential } from "../../mod.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import { streamOf } from "../../src/tensor/streams.ts";
import { traceTraining } from "./trace_training.ts";

// Geometry is held against PyTorch by images_test.ts, bits of threads and resumes by the suites over the samples: here stands what is drawn.

const SEED = 2 ** 33 + 5, INDEX = 3, STEP = 7;

/** What a layer gives for images in a training step, in float64. */
const train = (layer: layers.Layer, shape: readonly number[], x: ArrayLike<number>, step = STEP): Float64Array =>
  traceTraining(layer, { shape, x }, { seed: SEED, index: INDEX, step }).y;

const drawn = (seed = SEED, step = STEP): RandomStream => new RandomStream(seed, streamOf("augment", INDEX), step);
const counted = (shape: readonly number[]): Float64Array =>
  Float64Array.from({ length: sizeOf(shape) }, (_, i) => i + 1);
/** Pixel by pixel: the image of sample n at row i and column j. */
const pixels = (
  [samples, height, width, channels]: readonly number[],
  f: (n: number, i: number, j: number, c: number) => number,
): Float64Array =>
  Float64Array.from({ length: samples * height * width * channels }, (_, at) => {
    const pixel = Math.floor(at / channels);
    return f(Math.floor(pixel / (height * width)), Math.floor(pixel / width) % height, pixel % width, at % channels);
  });

Deno.test("images are mirrored where their number is below ½", () => {
  const shape = [9, 3, 4, 2];
  const x = counted(shape);
  const at = (n: number, i: number, j: number, c: number): number => x[((n * 3 + i) * 4 + j) * 2 + c];
  for (const mode of ["horizontal", "vertical", "horizontalAndVertical"] as const) {
    const random = drawn();
    const flips = Array.from({ length: 9 }, () => random.nextUniform() < 0.5);
    assert(new Set(flips).size === 2);
    const wanted = pixels(shape, (n, i, j, c) => {
      if (!flips[n]) return at(n, i, j, c);
      return at(n, mode === "horizontal" ? i : 2 - i, mode === "vertical" ? j : 3 - j, c);
    });
    assertEquals(train(layers.randomFlip({ mode }), shape, x), wanted);
  }
  assertEquals(train(layers.randomFlip({ seed: 4 }), shape, x), train(layers.randomFlip({ seed: 4 }), shape, x));
  assert(train(layers.randomFlip({ seed: 5 }), shape, x).some((v, i) => v !== train(layers.randomFlip(), shape, x)[i]));
});

Deno.test("a quarter of a turn is exact, and counter-clockwise", () => {
  const shape = [1, 3, 3, 1];
  const turned = train(layers.randomRotation({ factor: [0.25, 0.25] }), shape, counted(shape));
  [3, 6, 9, 2, 5, 8, 1, 4, 7].forEach((v, i) => assertAlmostEquals(turned[i], v, 1e-12));
});

Deno.test("a positive translation goes down and to the right, a negative zoom comes nearer", () => {
  const shape = [1, 2, 4, 1];
  const shifted = layers.randomTranslation({
    heightFactor: [0.5, 0.5],
    widthFactor: [0.25, 0.25],
    fillMode: "constant",
  });
  assertEquals([...train(shifted, shape, counted(shape))], [0, 0, 0, 0, 0, 1, 2, 3]);
  const zoomed = layers.randomZoom({ heightFactor: [0, 0], widthFactor: [-0.5, -0.5] });
  assertEquals([...train(zoomed, shape, counted(shape))], [1.75, 2.25, 2.75, 3.25, 5.75, 6.25, 6.75, 7.25]);
});

Deno.test("a crop is a window of whole pixels, of its own for each image", () => {
  const shape = [40, 5, 6, 2];
  const x = counted(shape);
  const random = drawn();
  const places = Array.from(
    { length: 40 },
    () => [Math.floor(random.nextUniform() * 4), Math.floor(random.nextUniform() * 3)],
  );
  assertEquals(new Set(places.map(String)).size, 12, "all places occur");
  const wanted = pixels([40, 2, 4, 2], (n, i, j, c) => x[((n * 5 + i + places[n][0]) * 6 + j + places[n][1]) * 2 + c]);
  assertEquals(train(layers.randomCrop({ height: 2, width: 4 }), shape, x), wanted);
  const whole = [2, 5, 6, 1];
  assertEquals(train(layers.randomCrop({ height: 5, width: 6 }), whole, counted(whole)), counted(whole));
  const model = sequential([layers.randomCrop({ height: 2, width: 4, inputShape: [5, 6, 1] })]);
  const resized = sequential([
    layers.resizing({ height: 2, width: 4, cropToAspectRatio: true, inputShape: [5, 6, 1] }),
  ]);
  const images = [0, 1, 2].map((n) =>
    [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4, 5].map((j) => [Math.sin(9 * n + 7 * i + j)]))
  );
  assertEquals(model.predict(images).data, resized.predict(images).data);
});

Deno.test("contrast and brightness follow their formulas, within the range of values", () => {
  const shape = [7, 2, 3, 2];
  const x = counted(shape).map((v) => 100 + 40 * Math.sin(v));
  const mean = (n: number, c: number): number =>
    [0, 1, 2, 3, 4, 5].reduce((sum, p) => sum + x[(n * 6 + p) * 2 + c], 0) / 6;
  const contrast = train(layers.randomContrast({ factor: [0.5, 0.2], valueRange: [80, 130] }), shape, x);
  let random = drawn();
  const factors = Array.from({ length: 7 }, () => 0.5 + 0.7 * random.nextUniform());
  pixels(shape, (n, _i, _j, c) => mean(n, c)).forEach((m, i) => {
    const y = (x[i] - m) * factors[Math.floor(i / 12)] + m;
    assertAlmostEquals(contrast[i], Math.min(130, Math.max(80, y)), 1e-10);
  });
  const brightness = train(layers.randomBrightness({ factor: 0.4, valueRange: [50, 150], seed: 8 }), shape, x);
  random = drawn(8);
  const added = Array.from({ length: 7 }, () => 100 * (0.8 * random.nextUniform() - 0.4));
  x.forEach((v, i) => {
    assertAlmostEquals(brightness[i], Math.min(150, Math.max(50, v + added[Math.floor(i / 12)])), 1e-10);
  });
});

Deno.test("what is drawn is spread as it should be, and another step draws anew", () => {
  const n = 4000;
  const shape = [n, 1, 2, 1];
  const x = pixels(shape, (_n, _i, j) => j);
  const flipped = train(layers.randomFlip({ mode: "horizontal" }), shape, x).filter((v, i) => i % 2 === 0 && v === 1);
  // Five standard deviations of a binomial count.
  assert(Math.abs(flipped.length - n / 2) < 5 * Math.sqrt(n / 4), `${flipped.length} of ${n} are mirrored`);
  // The left pixel, 0, of an image shifted by s of its width 2 to the left, between pixels: 2 s.
  const shifts = (step: number): Float64Array =>
    train(layers.randomTranslation({ heightFactor: 0, widthFactor: [-0.5, 0] }), shape, x, step)
      .filter((_, i) => i % 2 === 0);
  const found = shifts(STEP);
  assert(found.every((v) => v >= 0 && v <= 1));
  const mean = found.reduce((a, b) => a + b, 0) / n;
  const variance = found.reduce((a, b) => a + (b - mean) ** 2, 0) / n;
  // Five standard deviations of the mean of uniform numbers, and of their variance, 1/12 (their fourth moment is 1/80).
  assert(Math.abs(mean - 0.5) < 5 * Math.sqrt(1 / 12 / n), `mean ${mean}`);
  assert(Math.abs(variance - 1 / 12) < 5 * Math.sqrt((1 / 80 - 1 / 144) / n), `variance ${variance}`);
  assert(shifts(STEP + 1).filter((v, i) => v === found[i]).length < 5);
});

Deno.test("predict and evaluate leave images as they are", () => {
  const shape = [4, 4, 2];
  const all = [
    layers.randomFlip({ inputShape: shape }),
    layers.randomRotation({ factor: 0.5 }),
    layers.randomTranslation({ heightFactor: 0.5, widthFactor: 0.5 }),
    layers.randomZoom({ heightFactor: 0.5 }),
    layers.randomContrast({ factor: 0.5, valueRange: [0, 1] }),
    layers.randomBrightness({ factor: 0.5, valueRange: [0, 1] }),
    layers.randomCrop({ height: 4, width: 4 }),
    layers.flatten(),
  ];
  const model = sequential(all);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const x = Array.from(
    { length: 5 },
    (_, n) => Array.from({ length: 32 }, (_, i) => Math.fround(3 * Math.sin(40 * n + i))),
  );
  const images = x.map((row) =>
    [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => row.slice(8 * i + 2 * j, 8 * i + 2 * j + 2)))
  );
  assertEquals([...model.predict(images).data], x.flat());
  assertEquals(model.evaluate(images, x).loss, 0);
});

Deno.test("options that are none are refused", () => {
  // deno-lint-ignore no-explicit-any
  const any = (options: unknown): any => options;
  const refuse = (create: () => unknown, type: typeof TypeError | typeof RangeError, message: string) =>
    assertThrows(create, type, message);
  refuse(() => layers.randomFlip(any({ mode: "both" })), RangeError, 'mode must be one of "horizontal", "vertical"');
  refuse(() => layers.randomRotation(any({})), TypeError, "factor must be a number or [lower, upper], got undefined");
  refuse(() => layers.randomRotation({ factor: 1.5 }), RangeError, "factor must be a number >= -1 and <= 1, got 1.5");
  refuse(
    () => layers.randomRotation({ factor: [0, 2] }),
    RangeError,
    "factor[1] must be a number >= -1 and <= 1, got 2",
  );
  refuse(
    () => layers.randomRotation(any({ factor: 0.1, fillMode: "mirror" })),
    RangeError,
    'fillMode must be one of "constant", "nearest", "wrap", "reflect", got "mirror"',
  );
  refuse(
    () => layers.randomRotation(any({ factor: 0.1, interpolation: "bicubic" })),
    RangeError,
    'interpolation must be one of "bilinear", "nearest"',
  );
  refuse(() => layers.randomTranslation(any({ heightFactor: 0.1 })), TypeError, "widthFactor must be");
  refuse(
    () => layers.randomZoom({ heightFactor: [-1, 0] }),
    RangeError,
    "heightFactor[0] must be a number > -1 and <= 1",
  );
  refuse(() => layers.randomContrast({ factor: -0.1 }), RangeError, "factor must be a number >= 0 and <= 1");
  refuse(() => layers.randomContrast(any({ factor: [1, 2, 3] })), TypeError, "factor must be a number or");
  refuse(() => layers.randomContrast({ factor: 0.1, valueRange: [1, 1] }), TypeError, "valueRange must be [low, high]");
  refuse(() => layers.randomBrightness({ factor: 0.1, seed: -1 }), RangeError, "seed must be an integer from 0");
  refuse(() => layers.randomCrop(any({ height: 3 })), TypeError, "width must be an integer >= 1");
  refuse(
    () => layers.randomFlip().apply(input({ shape: [4, 4] })),
    TypeError,
    "samples must have shape [height, width, channels], got [4, 4]",
  );
});
