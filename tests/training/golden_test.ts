import { assert, assertEquals } from "@std/assert";
import { layers, regularizers, sequential } from "../../mod.ts";
import golden from "../golden/training.json" with { type: "json" };

// Tens of float32 steps, each rounding to 6e-8 of a value; errors grow with the steps. Measured below 4e-6; a wrong formula or
// the order of two samples exchanged shows at 1e-3 and above.
const TOLERANCE = 2e-5;

for (const numerics of ["fast", "portable"] as const) {
  for (const given of golden.cases) {
    Deno.test(`training of "${given.name}" agrees with PyTorch, ${numerics}`, async () => {
      const model = sequential(
        given.activations.map((activation, i) =>
          layers.dense({
            units: given.sizes[i + 1],
            activation,
            kernelRegularizer: given.l2 > 0 ? regularizers.l2({ l2: given.l2 }) : null,
            ...(i === 0 ? { inputShape: [given.sizes[0]] } : {}),
          })
        ),
        { numerics },
      );
      model.setWeights(given.initial as number[][]);
      const { id, config } = given.optimizer;
      model.compile({
        optimizer: { id: id as "sgd", config: { ...config } as Record<string, number | boolean> },
        loss: given.loss,
      });
      const history = await model.fit(given.x, given.y, {
        epochs: given.epochs,
        batchSize: given.batchSize,
        shuffle: false,
        verbose: 0,
        sampleWeight: given.sampleWeight ?? undefined,
      });
      assertEquals(history.history.loss.length, given.epochs);
      given.losses.forEach((loss, i) => near(history.history.loss[i], loss, `loss of epoch ${i}`));
      model.getWeights().forEach((found, i) => {
        const expected = (given.final[i] as (number | number[])[]).flat();
        assertEquals(found.data.length, expected.length);
        expected.forEach((value, j) => near(found.data[j], value, `${model.weights[i].name} ${j}`));
      });
    });
  }
}

function near(found: number, expected: number, what: string): void {
  const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  assert(error <= TOLERANCE, `${what}: ${found}, PyTorch ${expected}`);
}
