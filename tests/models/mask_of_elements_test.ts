import { assertEquals } from "@std/assert";
import { input, layers, model } from "../../mod.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/** The sum over the features, [batch, steps, features] → [batch, steps], with the mask of the steps: one for every element. */
class FeatureSum extends layers.Layer {
  constructor() {
    super("feature_sum");
    this.supportsMasking = true;
  }
  override call(t: layers.Tracing, x: Symbolic): Symbolic {
    return t.ops.sum(x, { axis: -1 });
  }
}

/** The mask of its input, [batch], as numbers [batch, 1]. */
class ShowMask extends layers.Layer {
  constructor() {
    super("show_mask");
  }
  override call(t: layers.Tracing, x: Symbolic): Symbolic {
    return t.ops.expandDims(t.mask(x)!, -1);
  }
}

Deno.test("concatenate of masks that have all axes: a row counts where any of its elements does", () => {
  const inputs = ["a", "b"].map((name) => input({ shape: [2, 3], name }));
  const sums = inputs.map((x) => new FeatureSum().apply(layers.masking().apply(x)));
  const outputs = new ShowMask().apply(layers.concatenate().apply(sums));
  const [none, one] = [[[0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 2, 0]]];
  const found = model({ inputs, outputs }).predict([[none, one, none], [none, none, one]]);
  assertEquals([...found.data], [0, 1, 1]);
});
