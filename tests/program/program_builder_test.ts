import { assert, assertEquals, assertThrows } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { byParameter, count, read, write } from "../../src/ops/op.ts";
import { compileProgram } from "../../src/program/compile_program.ts";
import { encodeProgram } from "../../src/program/encode_program.ts";
import { lowerGraph } from "../../src/program/lower_graph.ts";
import type { ModelPlace, Program } from "../../src/program/program.ts";
import { ProgramBuilder } from "../../src/program/program_builder.ts";
import { map, type Symbolic } from "../../src/tensor/symbolic.ts";
import { ModelMemory } from "../../src/workers/model_memory.ts";

const locate = (leaf: Symbolic): ModelPlace => ({ block: leaf.attributes.name as string, offset: 0 });

/** A product with so wide a matrix that every thread packs the left one into scratch of its own. */
function product(graph: Graph): Symbolic {
  return graph.apply("matmul", [graph.variable("a", [8, 128]), graph.variable("b", [128, 256])]);
}

Deno.test("graphs and calls go into one program, for its number of threads", () => {
  for (const ranks of [1, 2, 3]) {
    const builder = new ProgramBuilder(ranks);
    const weights = builder.place({ block: "weights", offset: 8 }, 2048);
    const { outputs } = lowerGraph(builder, { outputs: [{ name: "y", node: product(new Graph()) }], locate });
    builder.call(
      "copy_forward",
      [write(weights, 1), read({ buffer: outputs.y, offset: 0 }, 1), count()],
      byParameter(2048),
    );
    const program = builder.build();
    assertEquals(program.ranks, ranks);
    assertEquals(program.instructions.at(-1)!.kernel, "copy_forward");
    assertEquals(program.barriers.length > 0, ranks > 1, "what threads copy others have multiplied");
    for (let rank = 0; rank < ranks; rank++) encodeProgram(program, () => 0, rank);
  }
});

Deno.test("what a graph in a program needs no more gives its memory to the next one", () => {
  const size = (graphs: number): number => {
    const builder = new ProgramBuilder();
    for (let i = 0; i < graphs; i++) {
      const { outputs } = lowerGraph(builder, { outputs: [{ name: "y", node: product(new Graph()) }], locate });
      const target = builder.place({ block: "weights", offset: 2048 * i }, 2048);
      builder.call("copy_forward", [write(target, 1), read({ buffer: outputs.y, offset: 0 }, 1), count()], null);
    }
    return builder.build().arenaElements;
  };
  assert(size(1) > 2048);
  assertEquals(size(5), size(1));
});

Deno.test("a place in the model's blocks is one buffer", () => {
  const builder = new ProgramBuilder();
  const first = builder.place({ block: "weights", offset: 4 }, 8);
  assertEquals(builder.place({ block: "weights", offset: 4 }, 8), first);
  for (const [block, offset, elements] of [["state", 4, 8], ["weights", 8, 8], ["weights", 4, 4]] as const) {
    assert(builder.place({ block, offset }, elements).buffer !== first.buffer);
  }
});

Deno.test("a program that says more threads than its scratch has parts for is not encoded", () => {
  const program = compileProgram({ outputs: [{ name: "y", node: product(new Graph()) }], locate, ranks: 2 });
  for (const rank of [0, 1]) encodeProgram(program, () => 0, rank);
  const more: Program = { ...program, ranks: 3 };
  assertThrows(
    () => [0, 1, 2].forEach((rank) => encodeProgram(more, () => 0, rank)),
    Error,
    "has no part for each of 3 threads",
  );
});

/** Runs the graphs that `trace` gives over blocks of `a` and `b`, and returns both blocks. */
function run(trace: (graph: Graph, a: Symbolic, b: Symbolic) => [string, Symbolic][], times = 1): number[][] {
  const values = { a: [1, 2, 3, 4, 5, 6], b: [10, 20, 30, 40, 50, 60] };
  const builder = new ProgramBuilder();
  for (let i = 0; i < times; i++) {
    const graph = new Graph();
    const [a, b] = ["a", "b"].map((name) => graph.variable(name, [2, 3]));
    const outputs = trace(graph, a, b).map(([block, node]) => ({ name: block, node, place: { block, offset: 0 } }));
    lowerGraph(builder, { outputs, locate });
  }
  const memory = new ModelMemory([{ name: "a", elements: 8 }, { name: "b", elements: 8 }], "fast");
  memory.view("a").set(values.a);
  memory.view("b").set(values.b);
  memory.load(builder.build()).run();
  return ["a", "b"].map((name) => [...memory.view(name, 0, 6)]);
}

Deno.test("a new value takes the place of the old one, which later nodes still read", () => {
  const found = run((graph, a, b) => {
    const sum = map(graph, "add", [a, b]);
    return [["a", sum], ["b", map(graph, "sub", [b, a])]];
  });
  assertEquals(found, [[11, 22, 33, 44, 55, 66], [9, 18, 27, 36, 45, 54]]);
});

Deno.test("variables may change places, and one may take the other's old value", () => {
  assertEquals(run((_, a, b) => [["a", b], ["b", a]]), [[10, 20, 30, 40, 50, 60], [1, 2, 3, 4, 5, 6]]);
  const shifted = run((graph, a, b) => [["a", map(graph, "add", [a, b])], ["b", a]]);
  assertEquals(shifted, [[11, 22, 33, 44, 55, 66], [1, 2, 3, 4, 5, 6]]);
});

Deno.test("what is not computed element by element is computed aside", () => {
  const scaled = run((graph, a) => [["a", graph.apply("scale_rows", [a, graph.apply("sum_rows", [a])])]]);
  assertEquals(scaled[0], [6, 12, 18, 60, 75, 90]);
  const square = run((graph, a) => {
    const product = graph.apply("matmul", [graph.apply("matmul", [a, a], { transposeB: true }), a]);
    return [["a", product]];
  });
  assertEquals(square[0], [142, 188, 234, 340, 449, 558]);
});

Deno.test("graphs one after the other read what the ones before have left", () => {
  assertEquals(run((graph, a, b) => [["a", map(graph, "add", [a, b])]], 3)[0], [31, 62, 93, 124, 155, 186]);
});

Deno.test("a program that is linear in its rows is the same for any number of them", () => {
  const compile = (rows: number): unknown => {
    const graph = new Graph({ batch: rows });
    const x = graph.input("x", [rows, 5]);
    const product = graph.apply("matmul", [x, graph.variable("w", [5, 7])]);
    const y = map(graph, "add", [map(graph, "tanh", [product]), map(graph, "sigmoid", [product])]);
    const { buffers, arenaElements, inputs, outputs, instructions } = compileProgram({
      outputs: [{ name: "y", node: graph.apply("sum_rows", [y]) }],
      locate,
      rows,
    });
    assertEquals([...Object.values(inputs), ...Object.values(outputs)].map((i) => buffers[i].place.kind), [
      "arena",
      "arena",
    ]);
    return {
      arena: arenaElements / rows,
      places: buffers.map(({ elements, place }) =>
        place.kind === "model" ? [elements, place.block] : [elements / rows, place.offset / rows]
      ),
      calls: instructions.map(({ kernel, args }) => [kernel, args]),
    };
  };
  const one = compile(1);
  for (const rows of [2, 3, 8, 17]) assertEquals(compile(rows), one, `${rows} rows`);
});

Deno.test("in a program that is linear in its rows an input's memory is taken when nothing reads it any more", () => {
  const size = (rows?: number): number => {
    const graph = new Graph({ batch: 4 });
    let node = graph.input("x", [4, 16]);
    for (let i = 0; i < 3; i++) node = graph.apply("matmul", [node, graph.variable(`w${i}`, [16, 16])]);
    return compileProgram({ outputs: [{ name: "y", node }], locate, rows }).arenaElements;
  };
  assertEquals(size(4), 4 * 2 * 16);
  assert(size() > size(4), "an input stays as it was filled");
});
