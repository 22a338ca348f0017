import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { buildGraph, graphChoices } from "../program/random_graph.ts";

const map = (g: Graph, formula: string, ...inputs: Symbolic[]): Symbolic => g.apply("map", inputs, { formula });

Deno.test("leaves are one node a name, nodes are numbered in order and bear their layer", () => {
  const g = new Graph();
  const x = g.input("x", [2]);
  assertEquals(g.input("x", [2]), x);
  assert(g.variable("x", [2]) !== x, "an input and a variable of one name are two nodes");
  g.layer = "dense";
  const y = map(g, "tanh", x);
  assertEquals([y.id, y.layer, x.layer, y.shape], [2, "dense", "", [2]]);
  assertEquals(g.nodes.map((node) => node.id), [0, 1, 2]);
});

Deno.test("shapes that do not fit and ops that do not exist are refused", () => {
  const g = new Graph();
  assertThrows(
    () => map(g, "add", g.input("a", [2]), g.input("b", [3])),
    TypeError,
    "shapes must be equal, got [2] and [3]",
  );
  assertThrows(() => g.apply("matmul", [g.input("c", [2, 3]), g.input("d", [2, 3])]), TypeError);
  assertThrows(() => g.apply("convolve", []), RangeError, 'got "convolve"');
  assertThrows(() => g.apply("constructor", []), RangeError);
  assertThrows(() => differentiate(g, g.input("a", [2]), []), TypeError, "the loss must be a scalar");
});

Deno.test("a node that is read several times gets the sum of what flows back; what the loss does not depend on gets null", () => {
  const g = new Graph();
  const x = g.input("x", [1]);
  const unused = g.variable("unused", [1]);
  // y = x·x + x·(x + x) = 3x², so dy/dx = 6x
  const y = map(g, "add", map(g, "mul", x, x), map(g, "mul", x, map(g, "add", x, x)));
  const [dx, none] = differentiate(g, g.apply("weighted_sum", [y, g.constant(1, [1])]), [x, unused]);
  assertEquals(none, null);
  assertEquals(evaluateGraph([dx!], () => Float64Array.of(5))[0][0], 30);
});

Deno.test("the target itself may be the loss, or lie between", () => {
  const g = new Graph();
  const x = g.input("x", [1]);
  const h = map(g, "square", x);
  const loss = g.apply("weighted_sum", [map(g, "square", h), g.constant(1, [1])]);
  const [dh, dx, dl] = differentiate(g, loss, [h, x, loss]);
  const values = evaluateGraph([dh!, dx!, dl!], () => Float64Array.of(3));
  assertEquals(values.map((v) => v[0]), [18, 108, 1]);
});

Deno.test("gradients of random graphs agree with finite differences in float64", () => {
  let checked = 0;
  fc.assert(
    fc.property(graphChoices, (choices) => {
      const { graph, outputs, variables } = buildGraph({
        ...choices,
        rows: Math.min(choices.rows, 3),
        width: Math.min(choices.width, 4),
        gradients: false,
      });
      const last = outputs[0];
      if (last === undefined || variables.length === 0) return;
      const weights = graph.input("scale", [last.shape[0]]);
      const loss = graph.apply("weighted_sum", [graph.apply("sum_rows", [last]), weights]);
      const gradients = differentiate(graph, loss, variables);
      const values = new Map<string, Float64Array>();
      for (const leaf of graph.nodes.filter((node) => node.op === "input" || node.op === "variable")) {
        const size = leaf.shape.reduce((a, b) => a * b, 1);
        values.set(
          leaf.attributes.name as string,
          Float64Array.from(drawNumbers(1, size, leaf.id + 1)[0], (v) => v / 2),
        );
      }
      const leaves = (leaf: Symbolic): Float64Array => values.get(leaf.attributes.name as string)!;
      const lossOf = (): number => evaluateGraph([loss], leaves)[0][0];
      if (!(Math.abs(lossOf()) < 1e4)) return; // a deep product; its differences say nothing
      variables.forEach((variable, i) => {
        const w = leaves(variable);
        const found = gradients[i] === null ? new Float64Array(w.length) : evaluateGraph([gradients[i]!], leaves)[0];
        assertEquals(found.length, w.length);
        for (let j = 0; j < w.length; j += 5) {
          const kept = w[j];
          const h = 1e-5;
          w[j] = kept + h;
          const above = lossOf();
          w[j] = kept - h;
          const below = lossOf();
          w[j] = kept;
          const numeric = (above - below) / (2 * h);
          assertAlmostEquals(
            found[j],
            numeric,
            1e-5 * Math.max(1, Math.abs(numeric), Math.abs(above)),
            `${variable.attributes.name}[${j}]`,
          );
          checked++;
        }
      });
    }),
    { seed: 8, numRuns: 150 },
  );
  assert(checked > 1000, `${checked} elements checked`);
});
