import { assertEquals, assertThrows } from "@std/assert";
import { maxNorm } from "../../src/constraints/max_norm.ts";
import { minMaxNorm } from "../../src/constraints/min_max_norm.ts";
import { nonNeg } from "../../src/constraints/non_neg.ts";
import { resolveConstraint } from "../../src/constraints/resolve_constraint.ts";
import { unitNorm } from "../../src/constraints/unit_norm.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";

Deno.test("constraints: Keras's defaults", () => {
  assertEquals(maxNorm().config, { maxValue: 2, axis: 0 });
  assertEquals(nonNeg().config, {});
  assertEquals(unitNorm().config, { axis: 0 });
  assertEquals(minMaxNorm().config, { minValue: 0, maxValue: 1, rate: 1, axis: 0 });
});

Deno.test("constraints: names, saved forms, objects and null", () => {
  assertEquals(resolveConstraint(null), null);
  for (const name of ["non_neg", "nonNeg", "NonNeg", "nonNegative"]) {
    assertEquals(resolveConstraint(name).id, "non_neg");
  }
  for (
    const each of [maxNorm({ maxValue: 3, axis: [0, 1] }), nonNeg(), unitNorm({ axis: -1 }), minMaxNorm({ rate: 0.5 })]
  ) {
    assertEquals(resolveConstraint(each), each);
    const again = resolveConstraint(JSON.parse(JSON.stringify({ id: each.id, config: each.config })));
    assertEquals([again.id, again.config], [each.id, each.config]);
  }
  assertThrows(() => resolveConstraint("max"), RangeError, 'Unknown constraint "max"');
  assertThrows(() => resolveConstraint(2 as never), TypeError, "Cannot resolve constraint");
});

Deno.test("constraints: options are checked", () => {
  assertThrows(() => maxNorm({ maxValue: -1 }), RangeError, "Cannot create max_norm constraint: maxValue must be");
  assertThrows(() => maxNorm({ axis: 0.5 }), RangeError, "axis must be an integer, got 0.5");
  assertThrows(() => maxNorm({ axis: [] }), RangeError, "axis must be one or more different axes, got []");
  assertThrows(() => unitNorm({ axis: [1, 1] }), RangeError, "axis must be one or more different axes, got [1, 1]");
  assertThrows(() => unitNorm({ axis: "0" as never }), TypeError, 'axis must be an integer, got "0"');
  assertThrows(() => minMaxNorm({ minValue: 2 }), RangeError, "maxValue must be a number >= 2, got 1");
  assertThrows(() => minMaxNorm({ rate: 1.5 }), RangeError, "rate must be a number >= 0 and <= 1, got 1.5");
  assertThrows(() => nonNeg({ axis: 0 } as never), TypeError, 'unknown option "axis"; there are no options');
});

Deno.test("constraints: axes that do not exist or are not supported are errors that say so", () => {
  const graph = new Graph();
  const apply = (axis: number | number[], shape: number[]) =>
    maxNorm({ axis }).project(graph, graph.variable(`${shape}`, shape));
  assertThrows(
    () => apply(2, [3, 4]),
    RangeError,
    "Cannot apply constraint max_norm: axis must be from -2 to 1, got axis 2 for a weight of shape [3, 4]",
  );
  assertThrows(() => apply(-3, [3, 4]), RangeError, "axis must be from -2 to 1");
  assertThrows(
    () => apply(0, [3, 4, 5]),
    RangeError,
    "axis must be the last, all but the last, or all axes, got axis 0 for a weight of shape [3, 4, 5]",
  );
});

Deno.test("constraints: a weight of zeros stays, without NaN", () => {
  for (const constraint of [maxNorm(), unitNorm(), minMaxNorm({ minValue: 0.5 }), nonNeg()]) {
    const graph = new Graph();
    const node = constraint.project(graph, graph.variable("w", [2, 2]));
    assertEquals([...evaluateGraph([node], () => new Float64Array(4))[0]], [0, 0, 0, 0]);
  }
});
