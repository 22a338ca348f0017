import { assertEquals, assertThrows } from "@std/assert";
import { input, layers, model } from "../../mod.ts";
import { LayerGraph } from "../../src/layers/layer_graph.ts";
import type { LayerOutput } from "../../src/layers/layer_output.ts";

const dense = (units: number, name?: string) => layers.dense({ units, ...(name === undefined ? {} : { name }) });

Deno.test("apply gives the shape of a layer's output, and remembers where it comes from", () => {
  const x = input({ shape: [4], name: "x" });
  const layer = dense(3, "hidden");
  const y = layer.apply(x);
  assertEquals(x.shape, [null, 4]);
  assertEquals(y.shape, [null, 3]);
  assertEquals([layer.input, layer.output], [x, y]);
  assertEquals(layer.outputShape, [null, 3]);
  const again = layer.apply(input({ shape: [4] }));
  assertEquals(layer.nodes.map(({ outputs }) => outputs[0]), [y, again]);
  assertThrows(
    () => layer.output,
    Error,
    'Cannot read the output of layer "hidden": it must have been called once, got 2 calls',
  );
});

Deno.test("a graph is computed in an order in which everything is there, each call once", () => {
  const x = input({ shape: [4], name: "x" });
  const a = dense(4, "a").apply(x);
  const shared = dense(4, "shared");
  const b = shared.apply(a);
  const c = shared.apply(b);
  const graph = new LayerGraph("create model", [x], [c, a]);
  assertEquals(graph.nodes.map(({ layer }) => layer.name), ["a", "shared", "shared"]);
  assertEquals(graph.layers.map(({ name }) => name), ["a", "shared"]);
  const calls: number[] = [];
  const values = graph.evaluate([1], (_, [value], index) => {
    calls.push(index);
    return [value * 10];
  });
  assertEquals(values, [1000, 10]);
  assertEquals(calls, [0, 1, 2]);
});

Deno.test("a chain of ten thousand calls is no matter of the call stack", () => {
  const flat = layers.flatten();
  const x = input({ shape: [2] });
  let y: LayerOutput = x;
  for (let i = 0; i < 10_000; i++) y = flat.addNode([y]).outputs[0];
  assertEquals(new LayerGraph("create model", [x], [y]).nodes.length, 10_000);
});

Deno.test("errors name the layer, what it wants, what it got and where that came from", () => {
  const x = input({ shape: [4], name: "x" });
  const y = dense(3, "hidden").apply(x);
  const other = input({ shape: [4], name: "other" });
  const used = dense(2, "used");
  used.apply(x);
  const cases: [() => unknown, typeof TypeError, string][] = [
    [() => used.apply(y), TypeError, 'Cannot build layer "used": it was built for samples of shape [4], got [3]'],
    [() => used.apply(y), TypeError, '(layer "used", given dense "hidden" [batch, 3])'],
    [() => dense(2, "two").apply([x, y]), TypeError, 'Cannot call layer "two": it does not take 2 inputs'],
    [
      // deno-lint-ignore no-explicit-any
      () => dense(2, "two").apply([[1, 2]] as any),
      TypeError,
      "it must be applied to what input() or a layer's apply gives",
    ],
    // deno-lint-ignore no-explicit-any
    [() => dense(2, "two").apply(x, { masks: 1 } as any), TypeError, 'unknown option "masks"'],
    [
      () => model({ inputs: other, outputs: y }),
      TypeError,
      'the outputs depend on input "x" [batch, 4], which is not among the inputs: "other"',
    ],
    [
      () => model({ inputs: y, outputs: dense(1).apply(y) }),
      TypeError,
      'inputs must come from input(), got the output of dense "hidden"',
    ],
    [
      () => model({ inputs: x, outputs: dense(1, "hidden").apply(y) }),
      TypeError,
      'layer names must be unique, got "hidden" twice',
    ],
    [
      // deno-lint-ignore no-explicit-any
      () => model({ inputs: x, outputs: [1] as any }),
      TypeError,
      "outputs must be what input() or a layer's apply gives",
    ],
    // deno-lint-ignore no-explicit-any
    [() => model({ inputs: x, output: y } as any), TypeError, 'did you mean "outputs"?'],
  ];
  for (const [call, error, message] of cases) assertThrows(call, error, message);
  assertEquals(dense(2, "two").nodes, [], "a call that failed leaves nothing");
});
