import fc from "fast-check";
import { differentiate } from "../../src/graph/differentiate.ts";
import { Graph } from "../../src/graph/graph.ts";
import { partsOf, type Symbolic } from "../../src/tensor/symbolic.ts";

/** A graph with what a program of it shall give. */
export interface RandomGraph {
  readonly graph: Graph;
  readonly inputs: readonly Symbolic[];
  readonly variables: readonly Symbolic[];
  readonly outputs: readonly Symbolic[];
}

/** The choices that make a graph: sizes, and for every node an op and the nodes it reads. */
export const graphChoices = fc.record({
  rows: fc.integer({ min: 1, max: 13 }),
  width: fc.integer({ min: 1, max: 21 }),
  steps: fc.array(
    fc.record({ op: fc.nat(12), a: fc.nat(1000), b: fc.nat(1000), size: fc.integer({ min: 1, max: 21 }) }),
    {
      minLength: 2,
      maxLength: 14,
    },
  ),
  kept: fc.array(fc.nat(1000), { maxLength: 3 }),
  gradients: fc.boolean(),
});

type Choices = typeof graphChoices extends fc.Arbitrary<infer T> ? T : never;

/** Builds a graph of rank-2 tensors [rows, …] from choices: branches, joins, reshapes, repeated readers, gradients. */
export function buildGraph({ rows, width, steps, kept, gradients }: Choices): RandomGraph {
  const graph = new Graph();
  const x = graph.input("x", [rows, width]);
  const scale = graph.input("scale", [rows]);
  const variables: Symbolic[] = [];
  const variable = (shape: number[]): Symbolic => {
    const node = graph.variable(`v${variables.length}`, shape);
    variables.push(node);
    return node;
  };
  const pool: Symbolic[] = [x];
  for (const { op, a, b, size } of steps) {
    const first = pool[a % pool.length];
    const columns = first.shape[1];
    const alike = pool.filter((node) => node.shape[1] === columns);
    const second = alike[b % alike.length];
    const map = (formula: string, ...inputs: Symbolic[]): Symbolic => graph.apply("map", inputs, { formula });
    switch (op) {
      case 0:
        pool.push(graph.apply("matmul", [first, variable([columns, size]), variable([size])]));
        break;
      case 1:
        pool.push(graph.apply("matmul", [first, variable([columns, size])]));
        break;
      case 2:
        pool.push(map("add", first, second));
        break;
      case 3:
        pool.push(map("mul", first, second));
        break;
      case 4:
        pool.push(map("tanh", first));
        break;
      case 5:
        pool.push(map("sigmoid", first));
        break;
      case 6:
        pool.push(graph.apply("softmax", [first]));
        break;
      case 7: { // through another shape and back, so that buffers have several names
        const flat = graph.apply("reshape", [first], { shape: [rows * columns] });
        pool.push(graph.apply("reshape", [map("sub", flat, flat)], { shape: [rows, columns] }));
        pool.push(graph.apply("reshape", [flat], { shape: [rows, columns] }));
        break;
      }
      case 8:
        pool.push(graph.apply("scale_columns", [first, variable([columns]), variable([columns])]));
        break;
      case 9:
        pool.push(graph.apply("log_softmax", [first]));
        break;
      case 10:
        pool.push(graph.apply("map", [first], { formula: "affine", scalars: { scale: 0.5, offset: -0.25 } }));
        break;
      case 11: { // several results in one buffer, of which the backward pass reads the second
        const attributes = { epsilon: 0.1, center: true, inputs: ["scale", "offset"] };
        const node = graph.apply("layer_norm", [first, variable([columns]), variable([columns])], attributes);
        pool.push(partsOf(graph, node)[0]);
        break;
      }
      default:
        pool.push(map("square", map("tanh", first)));
    }
  }
  const last = pool[pool.length - 1];
  const outputs = new Set<Symbolic>([last, ...kept.map((i) => pool[i % pool.length])]);
  if (gradients) {
    const loss = graph.apply("weighted_sum", [graph.apply("sum_rows", [last]), scale]);
    outputs.add(loss);
    for (const gradient of differentiate(graph, loss, variables)) if (gradient !== null) outputs.add(gradient);
  }
  // Only inputs and variables are given values; an output that is one of these is not computed.
  return {
    graph,
    inputs: gradients ? [x, scale] : [x],
    variables,
    outputs: [...outputs].filter((node) => node.inputs.length > 0),
  };
}
