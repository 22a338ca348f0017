import { assertAlmostEquals, assertEquals } from "@std/assert";
import { LocalDerivatives, type Tangent } from "../../src/explain/chain/local_derivatives.ts";
import type { TracedGraph } from "../../src/explain/trace/traced_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { internals } from "../../src/models/internals.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Attributes, Symbolic } from "../../src/tensor/symbolic.ts";

const ODD = [3, 4, 5];

/** An op of inputs with these shapes, and how its result moves with one element, asked for and by differences. */
function compare(op: string, shapes: readonly (readonly number[])[], attributes: Attributes, slot: number): void {
  const graph = new Graph({ batch: 1 });
  const inputs = shapes.map((shape, i) => graph.variable(`v${i}`, shape));
  const node: Symbolic = graph.apply(op, inputs, attributes);
  const values = new Map<number, Float64Array>(inputs.map(({ id, shape }, i) => {
    return [id, Float64Array.from({ length: sizeOf(shape) }, (_, k) => Math.sin(1.7 * k + i) + 0.1)];
  }));
  values.set(node.id, evaluate(node, values));
  const traced = { internals, graph, forwardCount: graph.nodes.length } as unknown as TracedGraph;
  const local = new LocalDerivatives(traced, values, () => true);
  const size = sizeOf(shapes[slot]);
  for (let element = 0; element < size; element++) {
    const tangents = shapes.map((_, i): Tangent | null => i === slot ? unit(size, element) : null);
    const { moves, reached } = local.push(node, tangents);
    const [before, behind] = [-1, 1].map((sign) => {
      const moved = values.get(inputs[slot].id)!.map((v, i) => i === element ? v + sign * 1e-5 : v);
      return evaluate(node, new Map([...values, [inputs[slot].id, moved]]));
    });
    moves.forEach((move, i) => {
      const wanted = (behind[i] - before[i]) / 2e-5;
      assertAlmostEquals(move, wanted, 1e-8, `${op} ${JSON.stringify(attributes)} ${slot} [${element}] → [${i}]`);
      if (Math.abs(wanted) > 1e-8) assertEquals(reached[i], 1);
    });
  }
}

function evaluate(node: Symbolic, values: ReadonlyMap<number, Float64Array>): Float64Array {
  const inputs = node.inputs.map(({ id, shape }) => ({ shape, data: values.get(id)! }));
  return internals.opNamed(node.op).evaluate(inputs, node);
}

function unit(size: number, element: number): Tangent {
  const [moves, reached] = [new Float64Array(size), new Uint8Array(size)];
  moves[element] = 1;
  reached[element] = 1;
  return { moves, reached };
}

Deno.test("how products of matrices move is what differences find, turned or not, with a bias", () => {
  const [m, k, n] = ODD;
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const shapes = [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n], [n]];
      for (const slot of [0, 1, 2]) compare("matmul", shapes, { transposeA, transposeB }, slot);
    }
  }
});

Deno.test("ops that are affine, products and others move as differences find", () => {
  compare("softmax", [[2, 5]], {}, 0);
  compare("log_softmax", [[2, 5]], {}, 0);
  compare("concatenate", [[2, 3], [2, 2]], { axis: 1 }, 1);
  compare("pad", [[2, 3]], { before: [0, 1], after: [1, 0], value: 7 }, 0);
  compare("scale_columns", [[2, 3], [3], [3]], {}, 1);
  compare("scale_columns", [[2, 3], [3], [3]], {}, 2);
  compare("l2_normalize", [[2, 5]], {}, 0);
  // 90 results that all move: by differences of five points.
  compare("softmax", [[1, 90]], {}, 0);
});

Deno.test("what is 0 for the values that there are is told from what does not move", () => {
  const graph = new Graph({ batch: 1 });
  const [x, w] = [graph.variable("x", [1, 2]), graph.variable("w", [2, 2])];
  const node = graph.apply("matmul", [x, w]);
  const product = graph.apply("batch_matmul", [graph.variable("p", [1, 1, 2]), graph.variable("q", [1, 2, 2])]);
  const values = new Map(graph.nodes.map(({ id, shape }) => [id, new Float64Array(sizeOf(shape))]));
  const traced = { internals, graph, forwardCount: graph.nodes.length } as unknown as TracedGraph;
  const local = new LocalDerivatives(traced, values, () => true);
  for (const op of [node, product]) {
    const { moves, reached } = local.push(op, [null, unit(4, 3)]);
    assertEquals([[...moves], [...reached]], [[0, 0], [0, 1]]);
  }
});
