import { assertEquals } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { map } from "../../src/tensor/symbolic.ts";

Deno.test("elements that stay in their sample are moved without barriers", () => {
  for (const batch of [32, 61]) {
    const graph = new Graph({ batch });
    const x = graph.input("x", [batch, 3, 5]);
    const h = map(graph, "tanh", [x]);
    const joined = graph.apply("concatenate", [h, x, h], { axis: 1 });
    const swapped = graph.apply("transpose", [joined], { axes: [0, 2, 1] });
    const padded = graph.apply("pad", [swapped], { before: [0, 1, 0], after: [0, 0, 3] });
    const cut = graph.apply("slice", [padded], { begin: [0, 0, 2], size: [batch, 4, 7] });
    const repeated = graph.apply("repeat", [cut], { times: [1, 2, 3] });
    const y = map(graph, "square", [graph.apply("sum_repeats", [repeated], { times: [1, 4, 1] })]);
    const program = compileProgram({
      outputs: [{ name: "y", node: y }],
      locate: () => {
        throw new Error("no variables here");
      },
      ranks: 3,
    });
    assertEquals(program.barriers, [], `batch ${batch}`);
    assertEquals(program.instructions.every(({ split }) => split?.axis === "batch"), true);
  }
});

Deno.test("axes that follow each other are moved as one, and more than a kernel call has are cut into calls", () => {
  const graph = new Graph({ batch: 4 });
  const x = graph.input("x", [4, 2, 3, 2, 2, 3, 2]);
  const callsOf = (op: string, attributes: { axes: number[] } | { times: number[] }) => {
    const node = graph.apply(op, [x], attributes);
    const program = compileProgram({
      outputs: [{ name: "y", node }],
      locate: () => {
        throw new Error("no variables here");
      },
    });
    return program.instructions.map(({ args }) => args.slice(5, 10));
  };
  // Three axes, then the other three.
  assertEquals(callsOf("transpose", { axes: [0, 4, 5, 6, 1, 2, 3] }), [[1, 1, 1, 12, 12]]);
  assertEquals(callsOf("transpose", { axes: [0, 6, 5, 4, 3, 2, 1] }), [[3, 2, 2, 3, 2], [3, 2, 2, 3, 2]]);
});
