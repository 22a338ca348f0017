import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, losses, sequential } from "../../mod.ts";

/** The loss of predictions that are given as they stand, with weights of samples where there are any. */
function lossOf(
  loss: Parameters<ReturnType<typeof sequential>["compile"]>[0]["loss"],
  predictions: number[][] | number[][][],
  labels: number[] | number[][] | number[][][],
  sampleWeight?: number[],
): number {
  const [first] = predictions;
  const inputShape = Array.isArray(first[0]) ? [first.length, first[0].length] : [first.length];
  const model = sequential([layers.activation({ activation: "linear", inputShape })]);
  model.compile({ optimizer: "sgd", loss, weightedMetrics: [] });
  return model.evaluate(predictions, labels, { sampleWeight }).loss;
}

function assertNear(value: number, wanted: number): void {
  assert(Math.abs(value - wanted) <= 2e-6 * Math.abs(wanted) + 3e-7, `${value} instead of ${wanted}`);
}

Deno.test("crossentropies keep p from 1e-7 on before they divide by the row's sum", () => {
  for (
    const [p, wanted] of [
      [[0.2, 0.2, 0.1], -Math.log(0.4)],
      [[0.5, 0.5, 0.5], Math.log(3)],
      [[1e-9, 1e-3, 0], -Math.log(1e-7 / (1e-3 + 2e-7))], // Keras: −ln 1e-6
      [[1, 0, 0], -Math.log(1 / (1 + 2e-7))],
    ] as const
  ) {
    assertNear(lossOf("categorical_crossentropy", [[...p]], [[1, 0, 0]]), wanted);
    assertNear(lossOf("sparse_categorical_crossentropy", [[...p]], [0]), wanted);
  }
});

Deno.test("mean_with_sample_weight over three axes is a weighted mean", () => {
  // Two samples of three rows with one column: squared errors 1, 4, 9 and 16, 25, 36; weights 1 and 3.
  const loss = losses.meanSquaredError({ reduction: "mean_with_sample_weight" });
  const predictions = [[[1], [2], [3]], [[4], [5], [6]]];
  const labels = predictions.map((rows) => rows.map(() => [0]));
  const wanted = (1 + 4 + 9 + 3 * (16 + 25 + 36)) / (3 + 9); // Keras divides by 1 + 3
  assertNear(lossOf(loss, predictions, labels, [1, 3]), wanted);
  assertEquals(lossOf(loss, [[1], [2]], [[0], [0]], [1, 3]), (1 + 3 * 4) / 4); // with two axes as in Keras
});

Deno.test("hinge takes labels of 0 and 1, or of −1 and 1", () => {
  assertEquals(lossOf("hinge", [[0.5], [0.5]], [[0], [1]]), lossOf("hinge", [[0.5], [0.5]], [[-1], [1]]));
  assertThrows(() => lossOf("hinge", [[0.5], [0.5]], [[0], [-1]]), RangeError, "all -1 or 1, or all 0 or 1, got -1");
});
