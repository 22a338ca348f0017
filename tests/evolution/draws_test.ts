import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, type Sequential, sequential } from "../../mod.ts";
import { Draws } from "../../src/evolution/draws.ts";
import { streamOfNormals } from "../../src/evolution/row_streams.ts";
import { composeDraws } from "../../src/program/compose_draws.ts";
import { composePairs } from "../../src/program/compose_pairs.ts";
import { philox4x32 } from "../../src/tensor/philox.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";
import { hashWeights } from "../models/hash_weights.ts";

const SEED = 2 ** 40 + 7;
const SEEDS = [SEED >>> 0, Math.floor(SEED / 2 ** 32)] as const;
const STEP = 9;

/** Element i of the normal numbers of a row, by the formula of the kernel in float64. */
function normalOf(row: number, i: number): number {
  const words = new Uint32Array(4);
  const half = i & 15;
  const block = (i >> 4) * 4 + (half >> 3) * 2 + ((half & 3) >> 1);
  philox4x32(block, 0, STEP, streamOfNormals(row), ...SEEDS, words);
  const [first, second] = [words[2 * (half & 1)], words[2 * (half & 1) + 1]];
  // As near to 1 as float32 tells apart.
  const u = Math.fround(Math.fround(first >>> 1) * 2 ** -31 + 2 ** -32);
  const radius = Math.sqrt(-2 * Math.log(u));
  const angle = (second << 2) * 2 ** -32 * Math.PI / 2;
  const [sine, cosine] = [radius * Math.sin(angle), radius * Math.cos(angle) * (second >>> 31 === 1 ? -1 : 1)];
  return (second >>> 30 & 1) === (half >> 2 & 1) ? cosine : sine;
}

for (const numerics of ["fast", "portable"] as const) {
  const create = (elements: number): ModelMemory => {
    const memory = new ModelMemory([{ name: "step", elements: 4 }, { name: "rows", elements }], numerics);
    const step = memory.view("step");
    new Uint32Array(step.buffer, step.byteOffset, 1)[0] = STEP;
    return memory;
  };

  Deno.test(`${numerics}: what kernels fill are the uniform numbers of draws, and normal numbers by the formula`, () => {
    const [uniforms, normals] = [13, 37];
    const memory = create(4096);
    memory.load(composeDraws({ block: "rows", from: 5, to: 9, uniforms, normals, seed: SEED, ranks: 1 })).run();
    const values = memory.view("rows");
    const draws = new Draws(SEED);
    for (let row = 5; row < 9; row++) {
      const begin = (row - 5) * (16 + 40);
      draws.at(STEP, row);
      for (let i = 0; i < uniforms; i++) assertEquals(values[begin + i], draws.uniform());
      for (let i = 0; i < normals; i++) {
        const expected = normalOf(row, i);
        const error = Math.abs(values[begin + 16 + i] - expected);
        // float32: logarithm, root, sine or cosine, and a product, each rounded to 6e-8 of itself.
        assert(error <= 5e-7 * (0.1 + Math.abs(expected)), `${values[begin + 16 + i]}, by the formula ${expected}`);
      }
    }
  });

  Deno.test(`${numerics}: pairs lie on both sides of their centre, and are normally distributed`, () => {
    const stride = 50_000, sigma = 0.5;
    const memory = create(3 * stride);
    const rows = memory.view("rows");
    for (let i = 0; i < stride; i++) rows[2 * stride + i] = Math.fround(Math.sin(i));
    memory.load(composePairs({ block: "rows", stride, members: 2, center: 2, sigma, seed: SEED, ranks: 1 })).run();
    const moments = [0, 0, 0, 0];
    for (let i = 0; i < stride; i++) {
      const [plus, minus, center] = [rows[i], rows[stride + i], rows[2 * stride + i]];
      assert(Math.abs(plus - 2 * center + minus) < 1e-6);
      const z = (plus - center) / sigma;
      if (i < 100) assert(Math.abs(z - normalOf(0, i)) < 1e-6);
      moments.forEach((_, k) => moments[k] += z ** (k + 1) / stride);
    }
    // Five standard deviations of the estimates: √(1, 2, 15, 96) / √50000.
    [[0, 0.023], [1, 0.032], [0, 0.087], [3, 0.22]].forEach(([value, bound], k) => {
      assert(Math.abs(moments[k] - value) < bound, `moment ${k + 1}: ${moments[k]}`);
    });
  });
}

Deno.test("numbers that all threads fill are the same for any number of them", async () => {
  const x = Array.from({ length: 8 }, (_, i) => Array.from({ length: 40 }, (_, j) => Math.sin(i * 40 + j)));
  const y = x.map(([a, b]) => a * b);
  const create = (optimizer: optimizers.PopulationOptimizer): Sequential => {
    const model = sequential([
      layers.dense({ units: 20, activation: "tanh", inputShape: [40] }),
      layers.dense({ units: 1 }),
    ], { seed: 2 });
    model.compile({ optimizer, loss: "mse" });
    return model;
  };
  const methods = [
    // Some 20,000 numbers a generation, and more than are filled at once.
    () => optimizers.differentialEvolution({ populationSize: 100 }),
    () => optimizers.separableCmaEs({ populationSize: 24 }),
    () => optimizers.evolutionStrategy({ populationSize: 6 }),
  ];
  for (const method of methods) {
    const hashes = new Set<string>();
    for (const workers of [1, 2, 3]) {
      const model = create(method());
      await model.fit(x, y, { epochs: 3, batchSize: 8, verbose: 0, workers });
      hashes.add(hashWeights(model));
    }
    assertEquals(hashes.size, 1);
  }
});
