import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { activations, compileModel, layers, loadModel, sequential, toModule } from "../../mod.ts";
import { load } from "../../src/edge/blocks.ts";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";

const X = [-3e38, -2, -1e-30, -0, 0, 1e-30, 0.5, 3e38];

function expected(id: string, valueAtZero: number): number[] {
  return X.map((x) => x > 0 ? 1 : x < 0 ? (id === "sign" ? -1 : 0) : id === "sign" ? 0 : valueAtZero);
}

for (
  const [id, config] of [["sign", {}], ["step", {}], ["step", { valueAtZero: 1 }], ["step", {
    valueAtZero: 0.25,
  }]] as const
) {
  Deno.test(`${id} ${JSON.stringify(config)}: reference and kernels are the definition's, and it is saved`, async () => {
    const wanted = expected(id, "valueAtZero" in config ? config.valueAtZero : 0);
    const graph = new Graph();
    const x = graph.input("x", [X.length]);
    const [y] = evaluateGraph([resolveActivation({ id, config }).apply(graph, x)], () => Float64Array.from(X));
    assertEquals([...y].map((v) => v + 0), wanted);
    for (const numerics of ["fast", "portable"] as const) {
      const model = sequential([layers.activation({ activation: { id, config }, inputShape: [1] })], { numerics });
      assertEquals([...model.predict(X.map((v) => [v])).data].map((v) => v + 0), wanted);
      const again = await loadModel(model.toBytes());
      assertEquals(again.predict([[0]]).data[0], wanted[4]);
    }
  });
}

Deno.test("compiled models and modules have them", async () => {
  const model = sequential([
    layers.dense({ units: 5, activation: activations.step({ valueAtZero: 0.5 }), inputShape: [2] }),
    layers.dense({ units: 3, activation: "sign" }),
  ], { seed: 4 });
  const x = [[0.3, -2], [1, 0.1], [0, 0]];
  const wanted = [...model.predict(x).data].map((v) => v + 0);
  const compiled = load(compileModel(model));
  const own: { predict(x: readonly number[]): Float32Array } = await import(
    `data:text/javascript,${encodeURIComponent(toModule(model))}`
  );
  x.forEach((sample, i) => {
    for (const found of [compiled.predict(sample), own.predict(sample)]) {
      assertEquals([...found as Float32Array].map((v) => v + 0), wanted.slice(3 * i, 3 * i + 3));
    }
  });
});

Deno.test("with gradients it is refused, and why; without, or behind frozen layers, it is trained", async () => {
  const hidden = layers.dense({ units: 3, activation: "step", inputShape: [2], name: "hidden" });
  const model = sequential([hidden, layers.dense({ units: 1, activation: "sigmoid" })]);
  model.compile({ optimizer: "adam", loss: "binary_crossentropy" });
  await assertRejects(
    () => model.fit([[0, 1]], [[1]], { verbose: 0 }),
    TypeError,
    'Cannot train layer "hidden" with gradients: its activation must have a slope, and the derivative of "step" is 0',
  );
  model.compile({ optimizer: "genetic_algorithm", loss: "binary_crossentropy" });
  await model.fit([[0, 1]], [[1]], { verbose: 0 });
  hidden.trainable = false;
  model.compile({ optimizer: "adam", loss: "binary_crossentropy" });
  await model.fit([[0, 1]], [[1]], { verbose: 0 });
  assertThrows(
    () => activations.step({ valueAtZero: 2 }),
    RangeError,
    "valueAtZero must be a number >= 0 and <= 1, got 2",
  );
});
