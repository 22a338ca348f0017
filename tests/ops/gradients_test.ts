import { assert, assertThrows } from "@std/assert";
import { differentiate } from "../../src/graph/differentiate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import { RandomStream } from "../../src/tensor/random_stream.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";
import { applyOp } from "./apply_op.ts";
import { drawInputs } from "./draw_inputs.ts";
import type { OpSample } from "./op_sample.ts";
import { samples } from "./samples.ts";

/** Elements of a target that are moved: more would take long and say no more. */
const MOST_ELEMENTS = 24;
/** Truncation error is about H², rounding error 1e-16 / H. */
const H = 1e-5;

/** Checks d loss / d input of loss = Σ w · op(inputs) against central differences in float64. */
function check(sample: OpSample, constantWeights: boolean): void {
  const data = drawInputs(sample, 3);
  const graph = new Graph();
  const leaves = sample.inputs.map(({ shape }, i) => graph.variable(`x${i}`, shape));
  const y = applyOp(graph, sample.op, leaves, sample.attributes, sample.result);
  const random = new RandomStream(5, 0);
  const weights = Float64Array.from({ length: sizeOf(y.shape) }, () => random.nextNormal());
  const w = graph.input("w", y.shape);
  const loss = constantWeights
    ? (y.shape.length === 0 ? y : graph.apply("sum_all", [y]))
    : graph.apply("weighted_sum", [y, w]);
  const targets = sample.by.map((i) => leaves[i]);
  const leafValue = (leaf: Symbolic): Float64Array => leaf === w ? weights : data[leaves.indexOf(leaf)];
  const gradients = differentiate(graph, loss, targets);
  sample.by.forEach((input, t) => {
    const gradient = gradients[t];
    if (gradient === null) throw new Error(`${sample.op} has no gradient by input ${input}`);
    const [found] = evaluateGraph([gradient], leafValue);
    const x = data[input];
    const step = Math.max(1, Math.floor(x.length / MOST_ELEMENTS));
    for (let i = 0; i < x.length; i += step) {
      const at = x[i];
      x[i] = at + H;
      const [[above]] = evaluateGraph([loss], leafValue);
      x[i] = at - H;
      const [[below]] = evaluateGraph([loss], leafValue);
      x[i] = at;
      const want = (above - below) / (2 * H);
      const scale = 1 + Math.abs(want) + Math.abs(above);
      assert(
        Math.abs(found[i] - want) <= 1e-8 * scale,
        `${sample.op} ${JSON.stringify(sample.inputs)} by input ${input} [${i}]: ${found[i]}, wanted ${want}`,
      );
    }
  });
}

Deno.test("gradients agree with central differences", () => {
  for (const sample of samples) if (sample.by.length > 0) check(sample, false);
});

Deno.test("gradients agree with central differences where dy is the constant 1", () => {
  for (const sample of samples) if (sample.by.length > 0) check(sample, true);
});

Deno.test("sum_all of a scaled loss: dy is a constant other than 1 and a computed number", () => {
  const graph = new Graph();
  const x = graph.variable("x", [2, 3]);
  const half = graph.constant(0.5);
  const loss = graph.apply("scale_by", [graph.apply("sum_all", [x]), half]);
  const [dx] = evaluateGraph(differentiate(graph, loss, [x]) as Symbolic[], () => Float64Array.of(1, 2, 3, 4, 5, 6));
  assert(dx.length === 6 && dx.every((v) => v === 0.5), `${dx}`);
});

Deno.test("a loss that is a weighted sum gives the weights back, without a kernel", () => {
  const graph = new Graph();
  const x = graph.variable("x", [3]);
  const w = graph.input("w", [3]);
  const [dx] = differentiate(graph, graph.apply("weighted_sum", [x, w]), [x]);
  assert(dx === w);
});

Deno.test("the gradient of max_rows is shared equally among equal maxima", () => {
  const graph = new Graph();
  const x = graph.variable("x", [2, 3]);
  const loss = graph.apply("sum_all", [graph.apply("max_rows", [x])]);
  const [dx] = evaluateGraph(differentiate(graph, loss, [x]) as Symbolic[], () => Float64Array.of(7, 7, 1, 2, 3, 0));
  assert([...dx].join() === "0.5,0.5,0,0,1,0", `${dx}`);
});

Deno.test("backward passes have no second derivative", () => {
  const graph = new Graph();
  const x = graph.variable("x", [2, 3]);
  for (const name of ["softmax_backward", "log_softmax_backward", "l2_normalize_backward"]) {
    const inputs = name.startsWith("l2") ? [x, x, x] : [x, x];
    const node = graph.apply(name, inputs);
    const loss = graph.apply("sum_all", [node]);
    assertThrows(() => differentiate(graph, loss, [x]), Error, `${name} has no second derivative`);
  }
});
