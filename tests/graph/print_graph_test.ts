import { assertEquals } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { map } from "../../src/tensor/symbolic.ts";

Deno.test("a graph as text: leaves by name, formulas under theirs, attributes, shapes and layers", () => {
  const graph = new Graph();
  const x = graph.input("x", [8, 3]);
  graph.layer = "dense";
  const kernel = graph.variable("dense/kernel", [4, 3]);
  const product = graph.apply("matmul", [x, kernel], { transposeB: true });
  map(graph, "relu", [product]);
  graph.layer = "";
  map(graph, "affine", [product], { scale: 2, offset: 1 });
  assertEquals(
    String(graph),
    [
      '%0 = input "x" [8, 3]',
      '%1 = variable "dense/kernel" [4, 3]  dense',
      '%2 = matmul(%0, %1) [8, 4] {"transposeB":true}  dense',
      "%3 = relu(%2) [8, 4]  dense",
      '%4 = affine(%2) [8, 4] {"scalars":{"scale":2,"offset":1}}',
    ].join("\n"),
  );
  assertEquals(String(new Graph()), "");
});
