import { assert, assertEquals } from "@std/assert";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import type { Regularizer } from "../../src/regularizers/regularizer.ts";
import { resolveRegularizer } from "../../src/regularizers/resolve_regularizer.ts";
import { regularizerTable } from "../../src/regularizers/gen/table.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";
import golden from "../golden/regularizers.json" with { type: "json" };

// Sums of at most 25 terms of size 1: some tens of roundings of 1.1e-16, or of 6e-8 in float32.
const FLOAT64_TOLERANCE = 1e-13;
const FLOAT32_TOLERANCE = 2e-6;

function assertNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] - value);
    assert(error <= tolerance * Math.max(1, Math.abs(value)), `element ${i}: ${found[i]}, PyTorch ${value}`);
  });
}

for (const [i, { regularizer: id, options, weight, penalty, gradient }] of golden.cases.entries()) {
  const trace = () => {
    const regularizer = resolveRegularizer({ id, config: options as Regularizer["config"] });
    const graph = new Graph();
    const w = graph.variable("w", [weight.length, weight[0].length]);
    const value = regularizer.penalty(graph, w);
    assertEquals(value.shape, []);
    return { w, value, dw: differentiate(graph, value, [w])[0]! };
  };

  Deno.test(`regularizer ${id}, case ${i}: PyTorch's penalty and gradient in float64`, () => {
    const { value, dw } = trace();
    const [found, derivative] = evaluateGraph([value, dw], () => Float64Array.from(weight.flat()));
    assertNear(found, [penalty], FLOAT64_TOLERANCE);
    assertNear(derivative, gradient.flat(), FLOAT64_TOLERANCE);
  });

  Deno.test(`regularizer ${id}, case ${i}: PyTorch's penalty and gradient by the kernels`, () => {
    const { value, dw } = trace();
    const outputs = [{ name: "penalty", node: value }, { name: "dw", node: dw }];
    const program = compileProgram({ outputs, locate: () => ({ block: "weights", offset: 0 }) });
    const memory = new ModelMemory([{ name: "weights", elements: 16 }], "fast");
    memory.view("weights").fill(NaN);
    memory.view("weights").set(weight.flat());
    const loaded = memory.load(program);
    loaded.run();
    assertNear(loaded.output("penalty"), [penalty], FLOAT32_TOLERANCE);
    assertNear(loaded.output("dw"), gradient.flat(), FLOAT32_TOLERANCE);
  });
}

Deno.test("regularizers: every row is in the golden file", () => {
  const covered = new Set(golden.cases.map(({ regularizer }) => regularizer));
  assertEquals(Object.keys(regularizerTable).filter((id) => !covered.has(id)), []);
});
