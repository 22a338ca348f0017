import { assert, assertEquals, assertThrows } from "@std/assert";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { l1 } from "../../src/regularizers/l1.ts";
import { l1L2 } from "../../src/regularizers/l1_l2.ts";
import { l2 } from "../../src/regularizers/l2.ts";
import { orthogonalRegularizer } from "../../src/regularizers/orthogonal_regularizer.ts";
import { resolveRegularizer } from "../../src/regularizers/resolve_regularizer.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";

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

Deno.test("orthogonal_regularizer: what is small beside the squares keeps its digits, and huge weights their penalty", () => {
  const n = 64;
  // Rows and columns of about length 1, with cosines of about 1e-5; the same times 1e25, whose squares float32 does not hold.
  const matrix = Array.from({ length: n * n }, (_, i) => Math.fround(i % (n + 1) === 0 ? 1 : 1e-5 * Math.sin(i)));
  for (const mode of ["rows", "columns"] as const) {
    for (const scale of [1, 1e25]) {
      const graph = new Graph();
      const w = graph.variable("w", [n, n]);
      const node = orthogonalRegularizer({ mode, factor: 1 }).penalty(graph, w);
      const values = Float32Array.from(matrix, (v) => v * scale);
      const [[want]] = evaluateGraph([node], () => Float64Array.from(values));
      const program = compileProgram({
        outputs: [{ name: "y", node }],
        locate: () => ({ block: "weights", offset: 0 }),
      });
      const memory = new ModelMemory([{ name: "weights", elements: n * n }], "fast");
      memory.view("weights").set(values);
      const loaded = memory.load(program);
      loaded.run();
      const [found] = loaded.output("y");
      // A cosine is a sum of 64 products, of which two are of its size and come from elements of length 1: some roundings of 6e-8 each.
      assert(Math.abs(found - want) <= 16 * 2 ** -24 * want, `${mode}, times ${scale}: ${found}, not ${want}`);
    }
  }
});
