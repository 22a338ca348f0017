import type { Graph } from "../../src/graph/graph.ts";
import { type Attributes, partsOf, type Symbolic } from "../../src/tensor/symbolic.ts";

/** The node of an op, or of one of its results where it has several. */
export function applyOp(
  graph: Graph,
  op: string,
  inputs: readonly Symbolic[],
  attributes: Attributes,
  result = 0,
): Symbolic {
  const node = graph.apply(op, inputs, attributes);
  return node.parts === undefined ? node : partsOf(graph, node)[result];
}
