import { assert, assertEquals } from "@std/assert";
import { layers, sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

Deno.test("a relu behind a product is done where the product is stored, small and packed, alone and in a team", () => {
  for (const units of [3, 96]) {
    const model = sequential([layers.dense({ units, activation: "relu", inputShape: [80] })], { seed: 1 });
    for (const ranks of [1, 2]) {
      const kernels = model.network.predictor(24, ranks).program.instructions.map(({ kernel }) => kernel);
      assert(kernels.some((kernel) => /^matmul_(small_n_)?relu$/.test(kernel)), kernels.join());
      assert(!kernels.includes("relu_forward"), kernels.join());
    }
    // The same layers, with an activation between that forbids it.
    const apart = sequential([
      layers.dense({ units, activation: "linear", inputShape: [80] }),
      layers.reshape({ targetShape: [units] }),
      layers.reLU(),
    ]);
    apart.setWeights(model.getWeights());
    const x = drawNumbers(24, 80, 3);
    assertEquals(apart.predict(x).data.map(Math.abs), model.predict(x).data.map(Math.abs)); // -0 and 0 alike
  }
});

Deno.test("a product that somebody else reads as well is kept: no relu is taken in", () => {
  const model = sequential([layers.dense({ units: 4, activation: "silu", inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const kernels = model.trainer.program("train", 8).program.instructions.map(({ kernel }) => kernel);
  assertEquals(kernels.filter((kernel) => kernel.endsWith("_relu")), []);
});
