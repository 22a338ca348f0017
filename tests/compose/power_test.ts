import { assertEquals } from "@std/assert";
import { ops } from "../../mod.ts";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { runGraph } from "./run_graph.ts";

// a, b, a^b, ∂/∂a and ∂/∂b, as PyTorch has them; −∞ · 0 must appear nowhere.
const CASES = [
  [0, 0, 1, 0, 0],
  [0, 1, 0, 1, 0],
  [0, 2, 0, 0, 0],
  [0, 0.5, 0, Infinity, 0],
  [1, 0, 1, 0, 0],
  [1, 1, 1, 1, 0],
];

Deno.test("a power at 0, and with exponents of 0 and 1, has the values and slopes of its limits", () => {
  const graph = new Graph({ batch: 1 });
  const shape = [CASES.length];
  const [a, b] = [graph.input("a", shape), graph.input("b", shape)];
  const y = ops.power(a, b);
  const slopes = differentiate(graph, ops.sum(y), [a, b]).map((slope) => slope!);
  const valueOf = (leaf: { attributes: { name?: unknown } }): Float64Array =>
    Float64Array.from(CASES, (row) => row[leaf.attributes.name === "a" ? 0 : 1]);
  const wanted = [2, 3, 4].map((column) => CASES.map((row) => row[column]));
  const close = (values: ArrayLike<number>) =>
    Array.from(values, (v) => Number.isFinite(v) ? Math.round(v * 1e6) / 1e6 + 0 : v);
  assertEquals(evaluateGraph([y, ...slopes], valueOf).map(close), wanted);
  assertEquals(runGraph([a, b], [y, ...slopes], valueOf).map(close), wanted);
});
