import { assertEquals, assertThrows } from "@std/assert";
import { opNamed, type ops } from "../../src/ops/table.ts";

Deno.test("ops refuse shapes that do not fit", () => {
  const refuse = (
    op: keyof typeof ops,
    shapes: number[][],
    attributes: Record<string, never> | { shape: number[] } = {},
  ) => assertThrows(() => opNamed(op).shape(shapes, attributes), TypeError, "Cannot ");
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
  refuse("dropout", [[4], [1]]);
});

Deno.test("shapes follow from the inputs", () => {
  assertEquals(opNamed("sum_rows").shape([[2, 3, 4]], {}), [2, 3]);
  assertEquals(opNamed("sum_columns").shape([[2, 3, 4]], {}), [4]);
  assertEquals(opNamed("sparse_softmax_crossentropy").shape([[2, 3, 4], [2, 3, 1]], {}), [2, 3]);
  assertEquals(opNamed("broadcast_columns").shape([[4]], { leading: [2, 3] }), [2, 3, 4]);
  assertEquals(opNamed("sum_all").shape([[2, 3]], {}), []);
});

Deno.test("an unknown op is named, and the known ones are listed", () => {
  assertThrows(() => opNamed("sofmax"), RangeError, "sofmax");
  assertThrows(() => opNamed("__proto__"), RangeError, "softmax");
});

Deno.test("dropout refuses a rate outside 0 to 1", () => {
  assertThrows(() => opNamed("dropout").shape([[4], []], { rate: 1.5 }), RangeError, "rate");
});
