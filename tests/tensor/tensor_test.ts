import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkFinite } from "../../src/tensor/check_finite.ts";
import { checkShape } from "../../src/tensor/check_shape.ts";
import { formatShape } from "../../src/tensor/format_shape.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import { Tensor, tensor } from "../../src/tensor/tensor.ts";
import type { NestedArray, TensorInput } from "../../src/tensor/tensor_input.ts";
import { toTensor } from "../../src/tensor/to_tensor.ts";

Deno.test("shapes: size, text, check", () => {
  assertEquals(sizeOf([]), 1);
  assertEquals(sizeOf([4, 2, 3]), 24);
  assertEquals(formatShape([4, 2]), "[4, 2]");
  assertEquals(formatShape([null, 2]), "[batch, 2]");
  assertEquals(formatShape([]), "[]");
  const shape = [2, 3];
  assert(checkShape("create x", "shape", shape) !== shape);
  for (const bad of [[0], [1.5], ["2"], [null], [2 ** 30, 2 ** 30]]) {
    assertThrows(() => checkShape("create x", "shape", bad), RangeError, "Cannot create x: shape");
  }
  assertThrows(() => checkShape("create x", "shape", 3), TypeError, "shape must be an array of integers >= 1, got 3");
});

Deno.test("tensor: nested arrays of every depth, and back", () => {
  const cases: [TensorInput, number[], NestedArray][] = [
    [5, [], 5],
    [true, [], 1],
    [[1, 2, 3], [3], [1, 2, 3]],
    [[[1, 2], [3, 4], [5, 6]], [3, 2], [[1, 2], [3, 4], [5, 6]]],
    [[[[1], [2]], [[3], [4]]], [2, 2, 1], [[[1], [2]], [[3], [4]]]],
    [[[true, false], [false, true]], [2, 2], [[1, 0], [0, 1]]],
    [[Float32Array.of(1, 2), [3, 4], Int8Array.of(-5, 6)], [3, 2], [[1, 2], [3, 4], [-5, 6]]],
  ];
  for (const [input, shape, array] of cases) {
    const t = tensor(input);
    assertEquals(t.shape, shape);
    assertEquals(t.toArray(), array);
    assertEquals(JSON.stringify(t), JSON.stringify(array));
  }
});

Deno.test("tensor: flat data with a shape", () => {
  assertEquals(tensor([1, 2, 3, 4, 5, 6], [3, 2]).toArray(), [[1, 2], [3, 4], [5, 6]]);
  assertEquals(tensor(new Float64Array(6), [2, 3]).shape, [2, 3]);
  assertEquals(tensor({ data: Uint8Array.of(1, 2), shape: [2, 1] }).toArray(), [[1], [2]]);
  assertEquals(tensor([[1, 2], [3, 4]], [2, 2]).shape, [2, 2]);
  assertEquals(tensor([7], []).toArray(), 7);
  assertThrows(() => tensor([1, 2, 3], [2, 2]), TypeError, "shape [2, 2] needs 4 numbers, got 3");
  assertThrows(
    () => tensor([[1, 2], [3, 4]], [4, 1]),
    TypeError,
    "shape [4, 1] was asked for, but the data have shape [2, 2]",
  );
  assertThrows(() => tensor([1], [0]), RangeError, "integers >= 1, got 0 at axis 0");
  assertThrows(() => new Tensor(new Float32Array(3), [2, 2]), TypeError, "shape [2, 2] needs 4 numbers, got 3");
});

Deno.test("tensor copies; toTensor wraps a Float32Array and returns a tensor as it is", () => {
  const data = Float32Array.of(1, 2);
  assert(tensor(data).data !== data);
  assertStrictEquals(toTensor(data, { name: "x" }).data, data);
  const t = tensor([1, 2]);
  assertStrictEquals(toTensor(t, { name: "x" }), t);
  assertStrictEquals(toTensor(t, { name: "x", shape: [2, 1] }).data, t.data);
  assert(tensor(t).data !== t.data);
});

Deno.test("toTensor: random nested arrays come back as they went in", () => {
  const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(shapes, fc.integer(), (shape, seed) => {
    const build = (axis: number, at: number): NestedArray =>
      axis === shape.length
        ? Math.fround(Math.sin(at + seed))
        : Array.from({ length: shape[axis] }, (_, i) => build(axis + 1, at * shape[axis] + i));
    const input = build(0, 0);
    const t = toTensor(input, { name: "x" });
    assertEquals(t.shape, shape);
    assertEquals(t.toArray(), input);
    t.data.forEach((value, i) => assertEquals(value, Math.fround(Math.sin(i + seed))));
  }));
});

Deno.test("toTensor: errors name the place", () => {
  const self: unknown[] = [];
  self.push(self);
  const cases: [unknown, string][] = [
    [[[1, 2, 3], [1, 2, 3], [1, 2, 3], [1, 2]], "Cannot read x: x[3] has 2 numbers, but x[0] has 3"],
    [[[1], [1, 2]], "Cannot read x: x[1] has 2 numbers, but x[0] has 1"],
    [[[1, 2], 3], "Cannot read x: x[1] must be an array as x[0] is, got 3"],
    [[[[1], [2]], [[3]]], "Cannot read x: x[1] has 1 row, but x[0] has 2"],
    [[[[1, 2], [3, 4]], [[5, 6], [7]]], "Cannot read x: x[1][1] has 1 number, but x[1][0] has 2"],
    [[[[1], [2]], Float32Array.of(1, 2)], "Cannot read x: x[1] is nested less deeply than x[0]"],
    [[1, [2]], "Cannot read x: x[1] must be a number, got [2]"],
    [[[1, 2], [3, "4"]], `Cannot read x: x[1][1] must be a number, got "4"; convert text to numbers first`],
    [[[1, 2], [3, null]], "Cannot read x: x[1][1] must be a number, got null"],
    [[1, undefined], "Cannot read x: x[1] must be a number, got undefined"],
    [[1n], "Cannot read x: x[0] must be a number, got 1n"],
    [[1, , 3], "Cannot read x: x[1] must be a number, got undefined"],
    [[], "Cannot read x: x is empty, but needs at least one number"],
    [[[], []], "Cannot read x: x[0] is empty, but needs at least one number"],
    [new Float32Array(0), "Cannot read x: it is empty, but needs at least one number"],
    [new BigInt64Array(2), "Cannot read x: a BigInt64Array is not accepted; convert it to a Float32Array first"],
    [[new BigUint64Array(2)], "Cannot read x: a BigUint64Array is not accepted; convert it to a Float32Array first"],
    [new DataView(new ArrayBuffer(8)), "Cannot read x: a DataView is not accepted; convert it to a Float32Array first"],
    ["12", `Cannot read x: it must be nested arrays of numbers, a typed array, a tensor, or an image, got "12"`],
    [null, "Cannot read x: it must be nested arrays of numbers, a typed array, a tensor, or an image, got null"],
    [
      undefined,
      "Cannot read x: it must be nested arrays of numbers, a typed array, a tensor, or an image, got undefined",
    ],
    [{ a: 1 }, "Cannot read x: it must be nested arrays of numbers, a typed array, a tensor, or an image, got { a }"],
    [{ data: [1], shape: [1] }, "Cannot read x: its data must be a typed array, got [1]"],
    [{ data: Float32Array.of(1), shape: [2] }, "Cannot read x: shape [2] needs 2 numbers, got 1"],
    [self, "Cannot read x: more than 16 levels of nested arrays"],
  ];
  for (const [input, message] of cases) {
    assertEquals(assertThrows(() => toTensor(input as TensorInput, { name: "x" }), TypeError).message, message);
  }
});

Deno.test("toTensor: a ragged array that would be huge if it were regular is refused before anything is allocated", () => {
  const wide = new Array(1_000_000).fill(0);
  const input: number[][] = [wide];
  for (let i = 1; i < 100_000; i++) input.push([1]);
  assertThrows(() => toTensor(input, { name: "x" }), TypeError, "x[1] has 1 number, but x[0] has 1000000");
});

Deno.test("checkFinite: passes finite numbers, the largest included", () => {
  for (let n = 1; n < 20; n++) checkFinite(new Tensor(new Float32Array(n).fill(3.4028234e38), [n]), "x");
});

Deno.test("checkFinite: finds the first bad number wherever it is", () => {
  for (let n = 1; n < 20; n++) {
    for (let at = 0; at < n; at++) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        const data = new Float32Array(n).fill(-3e38);
        data[at] = bad;
        if (at + 2 < n) data[at + 2] = -bad; // opposite infinities must not cancel
        const { message } = assertThrows(() => checkFinite(new Tensor(data, [n]), "y"), RangeError);
        assert(message.startsWith(`Cannot use y: y has ${bad} at sample ${at}; every number must be finite`), message);
      }
    }
  }
});

Deno.test("checkFinite: names sample and column, or the position beyond two axes", () => {
  const check = (index: number, shape: number[]) => {
    const data = new Float32Array(sizeOf(shape));
    data[index] = NaN;
    return assertThrows(() => checkFinite(new Tensor(data, shape), "x"), RangeError).message;
  };
  assertEquals(check(7, [4, 2]), "Cannot use x: x has NaN at sample 3, column 1; every number must be finite");
  assertEquals(
    check(11, [2, 2, 3]),
    "Cannot use x: x has NaN at sample 1, position [1, 2]; every number must be finite",
  );
  assertEquals(check(0, []), "Cannot use x: x has NaN; every number must be finite");
  assertThrows(() => checkFinite(tensor([1e39]), "x"), RangeError, "x has Infinity at sample 0");
});

Deno.test("a tensor shows itself", () => {
  assertEquals(String(tensor([[1, 2.5], [-3.25, 100]])), "Tensor [2, 2]\n[[  1   ,   2.5 ],\n [ -3.25, 100   ]]");
  assertEquals(Deno.inspect(tensor([1, 2])), "Tensor [2]\n[1, 2]");
  assertEquals(String(tensor(0.1)), "Tensor [] 0.1");
  const long = String(tensor(Float32Array.from({ length: 10_000 }, (_, i) => i), [100, 100]));
  assert(long.length < 600 && long.includes("…"), long);
  const display = tensor([[1, 2]])[Symbol.for("Jupyter.display") as unknown as "toJSON"]() as unknown;
  assertEquals(display, {
    "text/plain": "Tensor [1, 2]\n[[1, 2]]",
    "text/html": "<table><caption>Tensor [1, 2]</caption><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
  });
});
