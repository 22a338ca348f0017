import { assertEquals, assertThrows } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { compileProgram, type ModelPlace } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import type { Program } from "../../src/program/program.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { ProgramDraft } from "../../src/training/program_draft.ts";

/** A product with so wide a matrix that every thread packs the left one into scratch of its own. */
function product(ranks: number): Program {
  const graph = new Graph();
  const node = graph.apply("matmul", [graph.variable("a", [8, 128]), graph.variable("b", [128, 256])]);
  const locate = (leaf: Symbolic): ModelPlace => ({ block: leaf.attributes.name as string, offset: 0 });
  return compileProgram({ outputs: [{ name: "y", node }], locate, ranks });
}

Deno.test("programs join where they are for as many threads, and nowhere else", () => {
  for (const ranks of [1, 2, 3]) {
    const draft = new ProgramDraft(ranks);
    draft.append(product(ranks), "y");
    assertEquals(draft.build().ranks, ranks);
    for (const other of [1, 2, 3].filter((n) => n !== ranks)) {
      assertThrows(
        () => draft.append(product(other), "y"),
        RangeError,
        `Cannot join programs: they must be for the same number of threads, got ${other} and ${ranks}`,
      );
    }
  }
});

Deno.test("a program that says more threads than its scratch has parts for is not encoded", () => {
  const program = product(2);
  for (const rank of [0, 1]) encodeProgram(program, () => 0, rank);
  const more: Program = { ...program, ranks: 3 };
  assertThrows(
    () => [0, 1, 2].forEach((rank) => encodeProgram(more, () => 0, rank)),
    Error,
    "has no part for each of 3 threads",
  );
});
