import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { camelCase } from "../../src/errors/camel_case.ts";
import { Graph } from "../../src/graph/graph.ts";
import * as losses from "../../src/losses/losses.ts";
import { resolveLoss } from "../../src/losses/resolve_loss.ts";
import { lossTable } from "../../src/losses/gen/table.ts";

Deno.test("resolveLoss takes snake_case, camelCase, class names and Keras's short names", () => {
  const names: Record<string, string> = {
    mse: "mean_squared_error",
    MSE: "mean_squared_error",
    meanSquaredError: "mean_squared_error",
    MeanSquaredError: "mean_squared_error",
    mae: "mean_absolute_error",
    mape: "mean_absolute_percentage_error",
    msle: "mean_squared_logarithmic_error",
    bce: "binary_crossentropy",
    kld: "kl_divergence",
    KLDivergence: "kl_divergence",
    half_sum_of_squares: "half_sum_of_squares",
    halfSumOfSquares: "half_sum_of_squares",
  };
  for (const [name, id] of Object.entries(names)) assertEquals(resolveLoss(name).id, id);
});

Deno.test("resolveLoss passes losses on and restores saved ones", () => {
  for (const id of Object.keys(lossTable)) {
    const loss = losses[camelCase(id) as "huber"]({ reduction: "sum" });
    assertEquals([loss.id, loss.reduction], [id, "sum"]);
    assertStrictEquals(resolveLoss(loss), loss);
    const again = resolveLoss(JSON.parse(JSON.stringify({ id, config: loss.config })));
    assertEquals([again.config, again.target], [loss.config, loss.target]);
  }
});

Deno.test("defaults are Keras's", () => {
  const reduction = "sum_over_batch_size";
  assertEquals(losses.meanSquaredError().config, { reduction });
  assertEquals(losses.huber().config, { delta: 1, reduction });
  assertEquals(losses.binaryCrossentropy().config, { fromLogits: false, labelSmoothing: 0, axis: -1, reduction });
  assertEquals(losses.sparseCategoricalCrossentropy().config, {
    fromLogits: false,
    ignoreClass: null,
    axis: -1,
    reduction,
  });
  assertEquals(losses.categoricalFocalCrossentropy().config, {
    alpha: 0.25,
    gamma: 2,
    fromLogits: false,
    labelSmoothing: 0,
    axis: -1,
    reduction,
  });
  assertEquals(losses.binaryFocalCrossentropy().config, {
    applyClassBalancing: false,
    alpha: 0.25,
    gamma: 2,
    fromLogits: false,
    labelSmoothing: 0,
    axis: -1,
    reduction,
  });
});

Deno.test("ignored classes have no weight", () => {
  assertEquals(losses.sparseCategoricalCrossentropy().rowWeights!([0, 1]), null);
  assertEquals(
    losses.sparseCategoricalCrossentropy({ ignoreClass: 1 }).rowWeights!([0, 1, 2]),
    Float32Array.of(1, 0, 1),
  );
});

Deno.test("wrong losses are named", () => {
  assertThrows(() => resolveLoss("mean_square_error"), RangeError, 'did you mean "mean_squared_error"?');
  assertThrows(
    () => resolveLoss(3 as unknown as string),
    TypeError,
    "Cannot use loss: it must be a name or a loss, got 3",
  );
  assertThrows(
    () => losses.huber({ delta: 0 }),
    RangeError,
    "Cannot create huber loss: delta must be a number > 0, got 0",
  );
  assertThrows(
    () => losses.huber({ reduction: "avg" as "mean" }),
    RangeError,
    'reduction must be one of "sum_over_batch_size", "sum"',
  );
  assertThrows(
    () => losses.binaryCrossentropy({ from_logits: true } as object),
    TypeError,
    "options are camelCase: use fromLogits",
  );
  assertThrows(
    () => losses.binaryCrossentropy({ labelSmoothing: 2 }),
    RangeError,
    "labelSmoothing must be a number >= 0 and <= 1",
  );
});

Deno.test("labels of another shape are refused when the loss is traced", () => {
  const graph = new Graph();
  assertThrows(
    () => resolveLoss("mse").call(graph, graph.input("t", [4, 3]), graph.input("p", [4, 2])),
    TypeError,
    "Cannot compute mean_squared_error: labels must have shape [4, 2], got [4, 3]",
  );
  const flat = resolveLoss("mse").call(graph, graph.input("u", [4]), graph.input("q", [4, 1]));
  assertEquals(flat.shape, [4]);
});
