import { assert } from "@std/assert";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Attributes, Symbolic } from "../../src/tensor/symbolic.ts";
import { applyOp } from "./apply_op.ts";
import { runOp } from "./run_op.ts";

interface Numbers {
  shape: number[];
  data: number[];
}

interface Golden {
  op: string;
  attributes: Attributes;
  inputs: Numbers[];
  y: Numbers;
  dy: Numbers;
  dx: Numbers;
}

const goldens: Golden[] = JSON.parse(await Deno.readTextFile(new URL("../golden/ops.json", import.meta.url)));

function compare(what: string, found: ArrayLike<number>, want: number[], tolerance: number): void {
  assert(found.length === want.length, `${what}: ${found.length} elements, wanted ${want.length}`);
  const scale = want.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
  want.forEach((w, i) => {
    assert(Math.abs(found[i] - w) <= tolerance * scale, `${what} [${i}]: ${found[i]}, wanted ${w}`);
  });
}

Deno.test("the float64 references and derivatives agree with PyTorch", () => {
  for (const { op, attributes, inputs, y, dy, dx } of goldens) {
    const graph = new Graph();
    const leaves = inputs.map(({ shape }, i) => graph.variable(`x${i}`, shape));
    const node = applyOp(graph, op, leaves, attributes);
    const weights = graph.input("dy", dy.shape);
    const loss = graph.apply("weighted_sum", [node, weights]);
    const [gradient] = differentiate(graph, loss, [leaves[0]]) as Symbolic[];
    const [foundY, foundDx] = evaluateGraph(
      [node, gradient],
      (leaf) => Float64Array.from(leaf === weights ? dy.data : inputs[leaves.indexOf(leaf)].data),
    );
    compare(`${op} [${inputs[0].shape}]`, foundY, y.data, 1e-13);
    compare(`gradient of ${op} [${inputs[0].shape}]`, foundDx, dx.data, 1e-13);
  }
});

Deno.test("the kernels agree with PyTorch in float64 to float32 accuracy", () => {
  for (const { op, attributes, inputs, y } of goldens) {
    const data = inputs.map(({ shape, data }) => ({ shape, data: Float32Array.from(data) }));
    // 16 u of the largest number in sight, logits of up to 100 included.
    const scale = inputs[0].data.reduce((a, b) => Math.max(a, Math.abs(b)), 1);
    compare(`${op} [${inputs[0].shape}]`, runOp(op, data, attributes).y, y.data, 16 * 2 ** -24 * scale);
  }
});
