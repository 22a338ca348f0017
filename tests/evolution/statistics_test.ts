import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, sequential } from "../../mod.ts";
import { Draws } from "../../src/evolution/draws.ts";
import { decomposeSymmetric } from "../../src/evolution/decompose_symmetric.ts";

const X = [[0, 0], [0, 1], [1, 0], [1, 1]];
const Y = [[0], [1], [1], [0]];

/** Of XOR with three hidden neurons: what is asked of each, and the evaluations of the network that it gets. */
const tasks = {
  cmaEs: { optimizer: () => optimizers.cmaEs({ populationSize: 64, initialSigma: 1 }), epochs: 40 },
  differentialEvolution: { optimizer: () => optimizers.differentialEvolution(), epochs: 30 },
  geneticAlgorithm: {
    optimizer: () => optimizers.geneticAlgorithm({ mutationRate: 0.3, mutationSigma: 0.5 }),
    epochs: 50,
  },
};

for (const [name, { optimizer, epochs }] of Object.entries(tasks)) {
  Deno.test(`${name}: 19 of 20 seeds solve XOR 2-3-1 within ${64 * epochs} evaluations`, async () => {
    const failed: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const model = sequential([
        layers.dense({ units: 3, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 1, activation: "sigmoid" }),
      ], { seed });
      model.compile({ optimizer: optimizer(), loss: "binary_crossentropy" });
      await model.fit(X, Y, { epochs, batchSize: 4, verbose: 0, workers: 1 });
      if (model.predict(X).data.some((p, i) => Math.round(p) !== Y[i][0])) failed.push(seed);
    }
    assert(failed.length <= 1, `seeds ${failed} failed`);
  });
}

Deno.test("random numbers of generations: uniform, normal, and apart by member, step and seed", () => {
  const count = 20000;
  const draws = new Draws(5).at(3, 8);
  const normal = Array.from({ length: count }, () => draws.normal());
  const mean = normal.reduce((sum, v) => sum + v, 0) / count;
  const variance = normal.reduce((sum, v) => sum + v * v, 0) / count;
  assert(Math.abs(mean) < 5 / Math.sqrt(count) && Math.abs(variance - 1) < 5 * Math.sqrt(2 / count));
  draws.at(3, 9);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < count; i++) counts[draws.integer(10)]++;
  const square = counts.reduce((sum, found) => sum + (found - count / 10) ** 2 / (count / 10), 0);
  assert(square < 33.7, `χ² with 9 degrees of freedom: ${square}`); // 1 of 10,000
  const first = [[3, 8], [4, 8], [3, 9]].map(([step, member]) => new Draws(5).at(step, member).uniform());
  assertEquals(new Set([...first, new Draws(6).at(3, 8).uniform()]).size, 4);
  assertEquals(new Draws(5).at(3, 8).uniform(), first[0]);
});

Deno.test("eigenvectors of symmetric matrices: V D Vᵀ is the matrix, and Vᵀ V the identity", () => {
  const draws = new Draws(1);
  for (const n of [1, 2, 3, 7, 40]) {
    draws.at(n, 0);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = draws.normal();
    const [vectors, values, work] = [new Float64Array(n * n), new Float64Array(n), new Float64Array(n)];
    assert(decomposeSymmetric(matrix, vectors, values, work));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [product, dot] = [0, 0];
        for (let k = 0; k < n; k++) {
          product += vectors[i * n + k] * values[k] * vectors[j * n + k];
          dot += vectors[k * n + i] * vectors[k * n + j];
        }
        // A backward stable method: some roundings of the norm, which is below 2 √n.
        assert(Math.abs(product - matrix[i * n + j]) < 1e-14 * (n + 10));
        assert(Math.abs(dot - (i === j ? 1 : 0)) < 1e-14 * (n + 10));
      }
    }
  }
  const bad = new Float64Array(4).fill(NaN);
  decomposeSymmetric(bad, new Float64Array(4), new Float64Array(2), new Float64Array(2)); // it ends
});
