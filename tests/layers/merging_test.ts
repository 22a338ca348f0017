import { assertEquals, assertThrows } from "@std/assert";
import { compileModel, describeCompiled, input, layers, loadModel, model } from "../../mod.ts";
import { load } from "../../src/edge/edge.ts";
import { compare, compareGoldens } from "./compare_goldens.ts";
import { runLayer } from "./run_layer.ts";

Deno.test("layers that merge agree with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  await compareGoldens("merging.json");
});

Deno.test("a layer that merges one input gives it on, and one tensor may come in twice", () => {
  const x = { shape: [2, 3], data: [1, -2, 3, -4, 5, -6] };
  for (const name of ["add", "multiply", "average", "maximum", "minimum"] as const) {
    assertEquals(Array.from(runLayer(layers[name](), [x], x.data).kernels[0]), x.data, name);
  }
  const given = input({ shape: [3] });
  const twice = model({ inputs: given, outputs: layers.add().apply([given, given, given]) });
  assertEquals([...twice.predict([[1, -2, 3]]).data], [3, -6, 9]);
});

Deno.test("shapes that differ, or another number of inputs, are refused: the message names the layers", () => {
  const a = input({ shape: [4], name: "a" }), b = input({ shape: [3], name: "b" });
  assertThrows(
    () => layers.add({ name: "sum" }).apply([a, b]),
    TypeError,
    'Cannot apply layer "sum": its inputs must have samples of one shape, but for axes of length 1, got [4] and [3] (layer "sum", given input_layer "a"',
  );
  assertThrows(() => layers.subtract().apply([a, a, a]), TypeError, 'layer "subtract": it does not take 3 inputs');
});

Deno.test("a residual block is saved, loaded, and compiled for the edge", async () => {
  const build = (join: layers.Layer) => {
    const x = input({ shape: [5] });
    const h = layers.dense({ units: 5, activation: "relu", name: "h" }).apply(x);
    return model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(join.apply([x, h])) }, { seed: 3 });
  };
  const x = [[1, 2, 3, 4, 5], [-1, 0, 1, 0, -1]];
  for (const join of [layers.add(), layers.subtract(), layers.multiply(), layers.average(), layers.maximum()]) {
    const net = build(join);
    const again = await loadModel(net.toBytes());
    assertEquals(again.predict(x), net.predict(x), join.type);
    assertEquals(again.toBytes(), net.toBytes(), join.type);
  }
  for (const join of [layers.add(), layers.subtract(), layers.multiply(), layers.average()]) {
    const net = build(join);
    const edge = (load(compileModel(net)).predict(x) as number[][]).flat();
    compare(`${join.type} at the edge`, edge, [...net.predict(x).data], 1e-6);
  }
  const largest = compileModel(build(layers.maximum()));
  assertEquals(describeCompiled(largest).runtime, "retroprop/edge/blocks");
  assertThrows(() => load(largest), Error, 'got "maximum"');
});
