import { assertEquals, assertThrows } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { opNamed, type ops } from "../../src/ops/table.ts";
import type { Attributes } from "../../src/tensor/symbolic.ts";
import { applyOp } from "./apply_op.ts";

/** The shape of the op's output, or of its first result. */
function shapeOf(op: string, shapes: readonly number[][], attributes: Attributes): readonly number[] {
  const graph = new Graph();
  return applyOp(graph, op, shapes.map((shape, i) => graph.input(`x${i}`, shape)), attributes).shape;
}

Deno.test("ops refuse shapes that do not fit", () => {
  const refuse = (
    op: keyof typeof ops,
    shapes: number[][],
    attributes: Attributes = {},
  ) => assertThrows(() => shapeOf(op, shapes, attributes), TypeError, "Cannot ");
  refuse("reshape", [[2, 3]], { shape: [5] });
  refuse("softmax", [[]]);
  refuse("softmax", [[3, 0]]);
  refuse("softmax_crossentropy", [[4, 3], [4, 2]]);
  refuse("sparse_softmax_crossentropy", [[4, 3], [4, 3]]);
  refuse("sparse_softmax_crossentropy", [[4, 3], [3]]);
  refuse("sum_rows", [[]]);
  refuse("scale_rows", [[4, 3], [3]]);
  refuse("scale_columns", [[4, 3], [4]]);
  refuse("scale_columns", [[4, 3], [3], [4]]);
  refuse("scale_by", [[4], [1]]);
  refuse("weighted_sum", [[4], [5]]);
  refuse("mask_weights", [[4], [5]], { divisor: "none" });
  refuse("mask_weights", [[4], [4], [4, 1]], { divisor: "none" });
  refuse("mask_weights", [[4], [4]], { divisor: "mean" });
  refuse("dropout", [[4], [1]]);
  for (const shared of [[3], [-1], [1, 1], [0.5], "1", null]) refuse("dropout", [[4, 2, 3], []], { rate: 0.5, shared });
  refuse("dropout", [[4, 2, 2, 2, 2, 2], []], { rate: 0.5, shared: [1, 3, 5] });
  refuse("noise", [[4], [1]], { stddev: 1, multiply: false });
  const two = { epsilon: 1e-3, inputs: ["scale", "offset"] };
  refuse("batch_norm", [[]], { ...two, inputs: [] });
  refuse("batch_norm", [[4, 3], [3]], two);
  refuse("batch_norm", [[4, 3], [3], [4]], two);
  refuse("batch_norm_backward", [[4, 3], [4, 2], [3], [3], [3]], { epsilon: 1e-3 });
  refuse("batch_norm_backward", [[4, 3], [4, 3], [3], [4], [3]], { epsilon: 1e-3 });
  const both = { epsilon: 1e-3, center: true, inputs: ["scale", "offset"] };
  refuse("layer_norm", [[]], { ...both, inputs: [] });
  refuse("layer_norm", [[4, 3], [3]], both);
  refuse("layer_norm", [[4, 3], [3], [4]], both);
  refuse("layer_norm_backward", [[4, 3], [4, 2], [4, 2]], { center: true });
  refuse("layer_norm_scale_backward", [[4, 3], [4, 2], [4, 2]]);
  refuse("group_norm", [[6]], { epsilon: 1e-3, groups: 2, inputs: [] });
  refuse("group_norm", [[4, 3]], { epsilon: 1e-3, groups: 2, inputs: [] });
  refuse("group_norm", [[4, 6]], { epsilon: 1e-3, groups: 0, inputs: [] });
  refuse("group_norm", [[4, 6], [6]], { epsilon: 1e-3, groups: 2, inputs: [] });
  refuse("group_norm", [[4, 6], [6], [3]], { epsilon: 1e-3, groups: 2, inputs: both.inputs });
  refuse("group_norm_backward", [[4, 6], [4, 3], [4, 2, 3]], { groups: 3 });
  refuse("group_norm_scale_backward", [[4, 6], [4, 6], [4, 6]]);
  refuse("batch_matmul", [[4, 3], [3, 4]]);
  refuse("batch_matmul", [[2, 4, 3], [2, 4, 3]]);
  refuse("batch_matmul", [[2, 4, 3], [3, 3, 4]]);
  refuse("batch_matmul", [[2, 4, 3], [2, 3, 4]], { transposeA: true });
  refuse("transpose", [[4, 3]], { axes: [0, 0] });
  refuse("transpose", [[4, 3]], { axes: [1, 0, 2] });
  refuse("transpose", [[4, 3]]);
  for (const axes of [[2], [-1], [0, 0], "0", null]) refuse("flip", [[4, 3]], { axes });
  refuse("gather", [[], [4]]);
  refuse("gather", [[0], [4]]);
  refuse("scatter_rows", [[4, 3], [3]], { rows: 7 });
  refuse("slice", [[4, 3]], { begin: [0, 1], size: [4, 3] });
  refuse("slice", [[4, 3]], { begin: [0, -1], size: [4, 3] });
  refuse("slice", [[4, 3]], { begin: [0], size: [4] });
  refuse("pad", [[4, 3]], { before: [0, 0.5], after: [0, 0] });
  for (const axis of [0, 3, -1, 1.5]) refuse("interpolate", [[4, 3, 2]], { axis, size: 2 });
  for (const size of [0, 1.5, "2"]) refuse("interpolate", [[4, 3, 2]], { axis: 1, size });
  refuse("interpolate", [[4, 3, 2]], { axis: 1, size: 2, nearest: 1 });
  refuse("interpolate_backward", [[4, 3, 2]], { axis: 1, size: 0 });
  const sampling = { height: 2, width: 2, fillMode: "wrap" };
  for (const shapes of [[[4, 3, 3], [4, 6]], [[4, 3, 3, 1], [3, 6]], [[4, 3, 3, 1], [4, 5]]]) {
    refuse("affine_sample", shapes, sampling);
  }
  refuse("affine_sample_backward", [[4, 3, 3, 1], [4, 6]], { ...sampling, rows: 3, columns: 4 });
  refuse("affine_transforms", [[4, 6]], { height: 2, width: 2 });
  refuse("uniform", [[1]], { shape: [4, 3] });
  refuse("draw_order", [[1]], { rows: 3 });
  refuse("draw_order", [[]], { rows: "3" });
  refuse("symmetric_beta", [[1]], { shape: [3], low: 1, high: 1 });
  for (const shapes of [[[4, 3, 3], [4, 4]], [[4, 3, 3, 1], [3, 4]], [[4, 3, 3, 1], [4, 5]]]) {
    refuse("select_box", shapes);
  }
  refuse("repeat", [[4, 3]], { times: [1, 0] });
  refuse("sum_repeats", [[4, 3]], { times: [1, 2] });
  refuse("concatenate", [[4, 3], [4, 3]], { axis: 2 });
  refuse("concatenate", [[4, 3], [5, 3]], { axis: 1 });
  refuse("concatenate", [[4, 3], [4, 3, 1]], { axis: 1 });
  refuse("concatenate", [], { axis: 1 });
});

Deno.test("shapes follow from the inputs", () => {
  assertEquals(shapeOf("sum_rows", [[2, 3, 4]], {}), [2, 3]);
  assertEquals(shapeOf("sum_columns", [[2, 3, 4]], {}), [4]);
  assertEquals(shapeOf("sparse_softmax_crossentropy", [[2, 3, 4], [2, 3, 1]], {}), [2, 3]);
  assertEquals(shapeOf("broadcast_columns", [[4]], { leading: [2, 3] }), [2, 3, 4]);
  assertEquals(shapeOf("sum_all", [[2, 3]], {}), []);
  assertEquals(shapeOf("group_norm", [[2, 3, 4]], { epsilon: 1e-3, groups: 2, inputs: [] }), [2, 3, 4]);
  assertEquals(shapeOf("group_norm_scale_backward", [[2, 3, 4], [2, 3, 4], [2, 2, 4]], {}), [4]);
  assertEquals(shapeOf("batch_matmul", [[2, 4, 3], [2, 3, 5]], {}), [2, 4, 5]);
  assertEquals(shapeOf("batch_matmul", [[2, 7, 3, 4], [2, 7, 5, 3]], { transposeA: true, transposeB: true }), [
    2,
    7,
    4,
    5,
  ]);
  assertEquals(shapeOf("transpose", [[2, 3, 4]], { axes: [2, 0, 1] }), [4, 2, 3]);
  assertEquals(shapeOf("gather", [[7, 4, 3], [2, 5]], {}), [2, 5, 4, 3]);
  assertEquals(shapeOf("scatter_rows", [[2, 5, 4, 3], [2, 5]], { rows: 7 }), [7, 4, 3]);
  assertEquals(shapeOf("range", [], { length: 5 }), [5]);
  assertEquals(shapeOf("slice", [[2, 3, 4]], { begin: [0, 1, 2], size: [2, 2, 1] }), [2, 2, 1]);
  assertEquals(shapeOf("pad", [[2, 3]], { before: [0, 1], after: [0, 2] }), [2, 6]);
  assertEquals(shapeOf("repeat", [[2, 3]], { times: [1, 2] }), [2, 6]);
  assertEquals(shapeOf("sum_repeats", [[2, 6]], { times: [1, 2] }), [2, 3]);
  assertEquals(shapeOf("concatenate", [[2, 3], [2, 1], [2, 5]], { axis: 1 }), [2, 9]);
});

Deno.test("an unknown op is named, and the known ones are listed", () => {
  assertThrows(() => opNamed("sofmax"), RangeError, "sofmax");
  assertThrows(() => opNamed("__proto__"), RangeError, "softmax");
});

Deno.test("noise refuses a deviation below 0", () => {
  for (const stddev of [-1, NaN, Infinity, "1"]) {
    assertThrows(() => shapeOf("noise", [[4], []], { stddev, multiply: true }), RangeError, "stddev");
  }
});

Deno.test("dropout refuses a rate outside 0 to 1", () => {
  assertThrows(() => shapeOf("dropout", [[4], []], { rate: 1.5 }), RangeError, "rate");
});
