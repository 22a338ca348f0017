import { assertEquals, assertThrows } from "@std/assert";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { l1 } from "../../src/regularizers/l1.ts";
import { l1L2 } from "../../src/regularizers/l1_l2.ts";
import { l2 } from "../../src/regularizers/l2.ts";
import { orthogonalRegularizer } from "../../src/regularizers/orthogonal_regularizer.ts";
import { resolveRegularizer } from "../../src/regularizers/resolve_regularizer.ts";

Deno.test("regularizers: Keras's defaults", () => {
  assertEquals(l1().config, { l1: 0.01 });
  assertEquals(l2().config, { l2: 0.01 });
  assertEquals(l1L2().config, { l1: 0, l2: 0 });
  assertEquals(orthogonalRegularizer().config, { factor: 0.01, mode: "rows" });
});

Deno.test("regularizers: names, saved forms, objects and null", () => {
  assertEquals(resolveRegularizer(null), null);
  assertEquals(resolveRegularizer(undefined), null);
  for (const name of ["l1_l2", "l1L2", "L1L2"]) assertEquals(resolveRegularizer(name).id, "l1_l2");
  for (
    const each of [l1({ l1: 2 }), l2({ l2: 3 }), l1L2({ l1: 1, l2: 2 }), orthogonalRegularizer({ mode: "columns" })]
  ) {
    assertEquals(resolveRegularizer(each), each);
    const again = resolveRegularizer(JSON.parse(JSON.stringify({ id: each.id, config: each.config })));
    assertEquals([again.id, again.config], [each.id, each.config]);
  }
  assertThrows(() => resolveRegularizer("l3"), RangeError, 'Unknown regularizer "l3"');
  assertThrows(() => resolveRegularizer(0.01 as never), TypeError, "Cannot resolve regularizer");
});

Deno.test("regularizers: options are checked", () => {
  assertThrows(() => l1({ l1: -1 }), RangeError, "Cannot create l1 regularizer: l1 must be a number >= 0, got -1");
  assertThrows(() => l2({ l2: Infinity }), RangeError, "Cannot create l2 regularizer: l2 must be a number >= 0");
  assertThrows(() => l1L2({ l2: "1" as never }), TypeError, "Cannot create l1_l2 regularizer: l2 must be");
  assertThrows(() => l2({ l: 1 } as never), TypeError, 'unknown option "l"');
  assertThrows(
    () => orthogonalRegularizer({ mode: "row" as never }),
    RangeError,
    'Cannot create orthogonal_regularizer: mode must be one of "rows", "columns", got "row"; did you mean "rows"?',
  );
  assertThrows(() => orthogonalRegularizer({ factor: -1 }), RangeError, "factor must be a number >= 0, got -1");
});

Deno.test("orthogonal_regularizer: a matrix is needed, and one vector has no penalty", () => {
  const graph = new Graph();
  assertThrows(
    () => orthogonalRegularizer().penalty(graph, graph.variable("b", [3])),
    TypeError,
    "Cannot apply orthogonal_regularizer: the weight must have 2 axes, got shape [3]",
  );
  const penalty = orthogonalRegularizer().penalty(graph, graph.variable("w", [1, 3]));
  assertEquals([...evaluateGraph([penalty], () => Float64Array.of(1, 2, 3))[0]], [0]);
});

Deno.test("orthogonal_regularizer: orthogonal rows have no penalty, equal ones the full factor", () => {
  const penaltyOf = (values: number[]) => {
    const graph = new Graph();
    const penalty = orthogonalRegularizer({ factor: 3 }).penalty(graph, graph.variable("w", [2, 2]));
    return evaluateGraph([penalty], () => Float64Array.from(values))[0][0];
  };
  assertEquals(penaltyOf([2, 0, 0, -5]), 0);
  assertEquals(penaltyOf([2, 0, 7, 0]), 3);
});
