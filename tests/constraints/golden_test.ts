import { assert, assertEquals } from "@std/assert";
import type { Constraint } from "../../src/constraints/constraint.ts";
import { resolveConstraint } from "../../src/constraints/resolve_constraint.ts";
import { constraintTable } from "../../src/constraints/gen/table.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";
import golden from "../golden/constraints.json" with { type: "json" };

// Keras's 1e-7 beside the norm, which PyTorch does not have: 1e-7 / 0.6 of the value for the smallest norm here, in float32 a little
// rounding more.
const FLOAT64_TOLERANCE = 2e-7;
const FLOAT32_TOLERANCE = 1e-6;

type Nested = number | Nested[];
const shapeOf = (value: Nested): Shape => Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
const flatten = (value: Nested): number[] => Array.isArray(value) ? value.flatMap(flatten) : [value];

function assertNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) => {
    assert(Math.abs(found[i] - value) <= tolerance * Math.abs(value), `element ${i}: ${found[i]}, PyTorch ${value}`);
  });
}

for (const [i, { constraint: id, options, weight, projected }] of golden.cases.entries()) {
  const shape = shapeOf(weight);
  const trace = () => {
    const graph = new Graph();
    const constraint = resolveConstraint({ id, config: options as Constraint["config"] });
    const node = constraint.project(graph, graph.variable("w", shape));
    assertEquals(node.shape, shape);
    return node;
  };
  const name = `constraint ${id}, case ${i} ${JSON.stringify(options)} of shape [${shape}]`;

  Deno.test(`${name}: PyTorch's projection in float64`, () => {
    const [found] = evaluateGraph([trace()], () => Float64Array.from(flatten(weight)));
    assertNear(found, flatten(projected), FLOAT64_TOLERANCE);
  });

  Deno.test(`${name}: PyTorch's projection by the kernels`, () => {
    const program = compileProgram({
      outputs: [{ name: "y", node: trace() }],
      locate: () => ({ block: "weights", offset: 0 }),
    });
    const memory = new ModelMemory([{ name: "weights", elements: 16 }], "fast");
    memory.view("weights").fill(NaN);
    memory.view("weights").set(flatten(weight));
    const loaded = memory.load(program);
    loaded.run();
    assertNear(loaded.output("y"), flatten(projected), FLOAT32_TOLERANCE);
  });
}

Deno.test("constraints: every row is in the golden file", () => {
  const covered = new Set(golden.cases.map(({ constraint }) => constraint));
  assertEquals(Object.keys(constraintTable).filter((id) => !covered.has(id)), []);
});
