import { assert, assertEquals, assertThrows } from "@std/assert";
import { type FitOptions, layers, type Sequential, sequential, tensor } from "../../mod.ts";
import { SharedSamples } from "../../src/training/shared_samples.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";

const ROWS = 53;

function build(width: number): Sequential {
  const model = sequential([
    layers.dense({ units: 24, activation: "tanh", inputShape: [width] }),
    layers.dense({ units: 2 }),
  ], { seed: 3 });
  model.compile({ optimizer: "adam", loss: "mean_squared_error" });
  return model;
}

async function train(width: number, workers: number, options: FitOptions = {}): Promise<string> {
  const model = build(width);
  const x = tensor(Float32Array.from(drawNumbers(ROWS, width, 5).flat()), [ROWS, width]);
  await model.fit(x, drawNumbers(ROWS, 2, 6), { epochs: 3, batchSize: 12, verbose: 0, workers, ...options });
  return hashWeights(model);
}

Deno.test("samples that all threads gather are those that one thread gathers: any width, shuffled and in order, weighted", async () => {
  for (const width of [1, 3, 4, 7, 16, 33]) {
    const sampleWeight = Array.from({ length: ROWS }, (_, i) => i % 3);
    for (const options of [{}, { shuffle: false }, { validationSplit: 0.3 }, { sampleWeight }]) {
      const alone = await train(width, 1, options);
      for (const workers of [2, 5]) assertEquals(await train(width, workers, options), alone, `width ${width}`);
    }
  }
});

Deno.test("samples in the model's memory move along when programs need the room", async () => {
  const width = 9;
  let growths = 0;
  const hash = async (workers: number): Promise<string> => {
    const model = build(width);
    const x = drawNumbers(ROWS, width, 5);
    const sizes = [200, 3_000, 40_000];
    const onTrainBatchEnd = (batch: number): void => {
      if (batch !== 2 || sizes.length === 0) return;
      const { memory } = model.trainer;
      const before = workers === 1 ? 0 : memory.keptAddress;
      const rows = sizes.shift()!;
      // A larger arena pushes the code on, and that the samples.
      model.predict(tensor(new Float32Array(rows * width), [rows, width]), { batchSize: rows, workers: 1 });
      if (workers > 1 && memory.keptAddress !== before) growths++;
    };
    const callbacks = [{ onTrainBatchEnd }];
    await model.fit(x, drawNumbers(ROWS, 2, 6), { epochs: 4, batchSize: 12, verbose: 0, workers, callbacks });
    return hashWeights(model);
  };
  const alone = await hash(1);
  assertEquals(await hash(3), alone);
  assert(growths >= 2, `${growths} moves`);
});

Deno.test("samples too large to be copied are gathered by the calling thread, with the same result", async () => {
  const inputs = (...sizes: number[]) => sizes.map((byteLength) => ({ data: { byteLength } }));
  assert(SharedSamples.fits(inputs(2 ** 28)) && SharedSamples.fits(inputs(2 ** 27, 2 ** 27)));
  assert(!SharedSamples.fits(inputs(2 ** 28 + 4)) && !SharedSamples.fits(inputs(2 ** 28, 4)));
  const alone = await train(7, 1);
  const { fits } = SharedSamples;
  SharedSamples.fits = () => false;
  try {
    assertEquals(await train(7, 2), alone);
  } finally {
    SharedSamples.fits = fits;
  }
});

Deno.test("fits with threads, one after the other, do not make the memory grow", async () => {
  const model = build(6);
  const x = drawNumbers(ROWS, 6, 1), y = drawNumbers(ROWS, 2, 2);
  const fit = () => model.fit(x, y, { epochs: 1, batchSize: 12, verbose: 0, workers: 2 });
  await fit();
  const bytes = model.trainer.memory.memory.buffer.byteLength;
  assertThrows(() => model.trainer.memory.keptAddress, Error, "keeps nothing");
  for (let i = 0; i < 20; i++) await fit();
  assertEquals(model.trainer.memory.memory.buffer.byteLength, bytes);
});
