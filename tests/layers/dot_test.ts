import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { compileModel, input, layers, loadModel, model } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { compareGoldens } from "./compare_goldens.ts";

Deno.test("dot agrees with PyTorch, forward and backward, in float64 and by the kernels", async () => {
  await compareGoldens("dot.json");
});

Deno.test("dot refuses axes that are none, and inputs that do not fit", () => {
  assertThrows(() => layers.dot({ axes: 0 }), RangeError, "axes must be an integer other than 0, the batch");
  assertThrows(() => layers.dot({ axes: [1, 0] }), RangeError, "axes must be");
  assertThrows(() => layers.dot({} as { axes: number }), RangeError, "axes must be");
  assertThrows(() => layers.dot({ axes: 1, normalize: 1 as unknown as boolean }), TypeError, "normalize must be");
  const a = input({ shape: [4], name: "a" }), b = input({ shape: [3, 2], name: "b" });
  const refuse = (axes: number | [number, number], inputs: (typeof a)[], message: string) =>
    assertThrows(() => layers.dot({ axes, name: "times" }).apply(inputs), TypeError, message);
  refuse(1, [a, b], 'Cannot apply layer "times": the axes that are summed over must have one length');
  refuse(2, [a, b], "axes must be axes of the samples, 1 to 1 or negative ones from the end, got 2");
  refuse([1, -3], [a, b], "axes must be axes of the samples, 1 to 2");
  refuse(1, [a], 'layer "times": it does not take 1 inputs');
});

Deno.test("a model that compares two towers is saved and loaded, and runs at the edge", async () => {
  const x = input({ shape: [5] });
  const towers = [1, 2].map((i) => layers.dense({ units: 3, name: `tower_${i}` }).apply(x));
  const net = model({ inputs: x, outputs: layers.dot({ axes: -1, normalize: true, name: "cosine" }).apply(towers) });
  const data = [[1, 2, 3, 4, 5], [-1, 0, 1, 0, -1]];
  const again = await loadModel(net.toBytes());
  assertEquals(again.predict(data), net.predict(data));
  assertEquals(again.toBytes(), net.toBytes());
  const wanted = net.predict(data).data;
  (load(compileModel(net)).predict(data) as number[][]).flat().forEach((v, i) =>
    assertAlmostEquals(v, wanted[i], 1e-6)
  );
});
