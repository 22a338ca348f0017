import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Layer, layers, regularizers, sequential, type Symbolic, type Tracing } from "../../mod.ts";

/** y = w · x with one weight, on two samples: x = 1, 2. */
function build(more: layers.Layer[] = [], options: object = {}) {
  const model = sequential([layers.dense({ units: 1, useBias: false, inputShape: [1], ...options }), ...more]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  model.setWeights([[[3]]]);
  return model;
}

Deno.test("the penalty is summed over the batch and not divided by it, in steps and evaluations, as in Keras 3", () => {
  // y = 3, 6; mse to 0 = (9 + 36) / 2 = 22.5; Σ |y| = 9, Σ y² = 45.
  const expected = 22.5 + 0.1 * 9 + 0.01 * 45;
  const layer = build([layers.activityRegularization({ l1: 0.1, l2: 0.01 })]);
  const option = build([], { activityRegularizer: regularizers.l1L2({ l1: 0.1, l2: 0.01 }) });
  for (const model of [layer, option]) {
    assertAlmostEquals(model.evaluate([1, 2], [0, 0]).loss, expected, 1e-5);
    const { loss, gradients } = model.gradients([1, 2], [0, 0]);
    assertAlmostEquals(loss, expected, 1e-5);
    // d/dw: (1/2) · 2 · (3·1 + 6·2) + 0.1 · (1 + 2) + 0.01 · 2 · (3·1 + 6·2)
    assertAlmostEquals(gradients["dense/kernel"].data[0], 15 + 0.3 + 0.3, 1e-5);
    assertEquals(model.predict([1, 2]).toArray(), [[3], [6]]);
  }
  assertEquals(build().evaluate([1, 2], [0, 0]).loss, 22.5);
});

Deno.test("a layer of one's own adds to the loss; what is no scalar is refused", () => {
  class Away extends Layer {
    readonly #whole: boolean;
    constructor(whole: boolean) {
      super("away");
      this.#whole = whole;
    }
    override call(t: Tracing, x: Symbolic): Symbolic {
      t.addLoss(this.#whole ? x : t.graph.apply("sum_all", [x]));
      return x;
    }
  }
  assertAlmostEquals(build([new Away(false)]).evaluate([1, 2], [0, 0]).loss, 22.5 + 9, 1e-5);
  assertThrows(() => build([new Away(true)]), TypeError, "addLoss takes a scalar of its graph, shape [], got [1, 1]");
});

Deno.test("factors that do not fit are refused", () => {
  assertThrows(() => layers.activityRegularization({ l1: -1 }), RangeError, "l1");
  assertThrows(() => layers.activityRegularization({ l3: 1 } as object), TypeError, 'unknown option "l3"');
});
