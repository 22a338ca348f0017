import { assert, assertEquals } from "@std/assert";
import { resolveActivation } from "../../src/activations/resolve_activation.ts";
import { lossFormulas } from "../../src/losses/formulas.ts";
import { backwardFormula } from "../../src/formula/formula_row.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { resolveLoss } from "../../src/losses/resolve_loss.ts";
import { map, type Symbolic } from "../../src/tensor/symbolic.ts";
import { evaluateFloat32 } from "../formula/evaluate_float32.ts";

const CROSSENTROPIES = [
  ["binary_crossentropy", "sigmoid"],
  ["binary_focal_crossentropy", "sigmoid"],
  ["categorical_crossentropy", "softmax"],
  ["categorical_focal_crossentropy", "softmax"],
  ["sparse_categorical_crossentropy", "softmax"],
] as const;

/** Whether `node` depends on `other`. */
function dependsOn(node: Symbolic, other: Symbolic): boolean {
  return node === other || node.inputs.some((input) => dependsOn(input, other));
}

function labelShape(loss: string): number[] {
  return loss.startsWith("sparse") ? [2] : [2, 3];
}

for (const [id, activation] of CROSSENTROPIES) {
  Deno.test(`${id} goes on from the logits of a ${activation}`, () => {
    for (const through of [false, true]) {
      const graph = new Graph();
      const z = graph.input("z", through ? [6 / 3, 1, 3] : [2, 3]);
      const p = resolveActivation(activation).apply(graph, z);
      const yPred = through ? graph.apply("reshape", [p], { shape: [2, 3] }) : p;
      const losses = resolveLoss(id).call(graph, graph.input("t", labelShape(id)), yPred);
      assert(dependsOn(losses, z));
      assert(!dependsOn(losses, p), `${id} reads the probabilities`);
      assertEquals(losses.shape, [2]);
    }
  });

  Deno.test(`${id} reads the probabilities where there are no logits`, () => {
    const other = activation === "sigmoid" ? "softmax" : "sigmoid";
    const graph = new Graph();
    const p = resolveActivation(other).apply(graph, graph.input("z", [2, 3]));
    assert(dependsOn(resolveLoss(id).call(graph, graph.input("t", labelShape(id)), p), p));
  });
}

Deno.test("the softmax of other rows than the loss's is not taken for its logits", () => {
  const graph = new Graph();
  const p = resolveActivation("softmax").apply(graph, graph.input("z", [2, 6]));
  const yPred = graph.apply("reshape", [p], { shape: [4, 3] });
  assert(dependsOn(resolveLoss("categorical_crossentropy").call(graph, graph.input("t", [4, 3]), yPred), p));
});

const EXTREMES = [0, 1e-30, 1, 17, 88, 104, 1e4, 1e30].flatMap((size) => [size, -size]);

for (const [id, activation] of CROSSENTROPIES) {
  Deno.test(`${id} and its gradient are finite for all logits`, () => {
    for (const a of EXTREMES) {
      for (const b of EXTREMES) {
        for (const through of [activation, "linear"]) {
          const graph = new Graph();
          const z = graph.variable("z", [2, 3]);
          const fromLogits = through === "linear";
          const yPred = resolveActivation(through).apply(graph, z);
          const t = graph.input("t", labelShape(id));
          const losses = resolveLoss({ id, config: { fromLogits } }).call(graph, t, yPred);
          const [dz] = differentiate(graph, graph.apply("sum_all", [losses]), [z]);
          const labels = t.shape.length === 1 ? [0, 2] : [1, 0, 0, 0, 0, 1];
          const values = evaluateGraph(
            [losses, dz!],
            (node) => Float64Array.from(node === z ? [a, b, 0, a, b, a] : labels),
          );
          assert(
            values.every((v) => v.every(Number.isFinite)),
            `${id} at ${a}, ${b}: ${values.map((v) => v.join(" "))}`,
          );
          assert(values[0].every((loss) => loss >= 0), `${id} at ${a}, ${b} is negative: ${values[0]}`);
        }
      }
    }
  });

  Deno.test(`${id} and its gradient are finite for all probabilities, also 0, 1 and ones that are none`, () => {
    for (const a of [0, 1, 1e-30, 1 - 2 ** -24, 0.5, -2, 7]) {
      const graph = new Graph();
      const p = graph.variable("p", [2, 3]);
      const t = graph.input("t", labelShape(id));
      const losses = resolveLoss(id).call(graph, t, p);
      const [dp] = differentiate(graph, graph.apply("sum_all", [losses]), [p]);
      const labels = t.shape.length === 1 ? [0, 2] : [1, 0, 0, 0, 0, 1];
      const values = evaluateGraph(
        [losses, dp!],
        (node) => Float64Array.from(node === p ? [a, 0, 0, 1 - a, 0, a] : labels),
      );
      assert(values.every((v) => v.every(Number.isFinite)), `${id} at ${a}: ${values.map((v) => v.join(" "))}`);
    }
  });
}

Deno.test("formulas of crossentropies are finite in float32", () => {
  for (const row of lossFormulas.filter(({ id }) => /crossentropy|focal|logit|log_probability|kl_div/.test(id))) {
    const vector = row.by[0];
    const points = row.id === "categorical_focal"
      ? EXTREMES.filter((x) => x <= 0).concat(-Infinity)
      : EXTREMES.concat(0.5, 1 - 2 ** -24);
    for (const at of points) {
      for (const t of [0, 0.3, 1]) {
        for (const gamma of [0, 0.5, 2, 5]) {
          const values = { t, gamma, alpha: 0.25, [vector]: Math.fround(at) };
          const y = evaluateFloat32(row.forward, values);
          const dx = evaluateFloat32(backwardFormula(row, vector), { ...values, y, dy: 1 });
          assert(Number.isFinite(y) && Number.isFinite(dx), `${row.id}: ${y}, ${dx} at ${JSON.stringify(values)}`);
        }
      }
    }
  }
});

Deno.test("binary crossentropy is exact where it is small", () => {
  const graph = new Graph();
  const z = graph.input("z", [4, 1]);
  const losses = resolveLoss("bce").call(graph, graph.input("t", [4, 1]), map(graph, "sigmoid", [z]));
  const [values] = evaluateGraph([losses], (node) => Float64Array.from(node === z ? [50, -50, 50, -50] : [1, 0, 0, 1]));
  // −ln sigmoid(50) = ln(1 + e^−50) = e^−50 to 17 digits; the wrong labels cost 50 more.
  const tiny = Math.exp(-50);
  assertEquals([...values], [tiny, tiny, 50 + tiny, 50 + tiny]);
});
