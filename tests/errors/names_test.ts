import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { camelCase } from "../../src/errors/camel_case.ts";
import { describeValue } from "../../src/errors/describe_value.ts";
import type { EitherSpelling } from "../../src/errors/either_spelling.ts";
import { lookUpName } from "../../src/errors/look_up_name.ts";
import { nearestName } from "../../src/errors/nearest_name.ts";
import { snakeCase } from "../../src/errors/snake_case.ts";

Deno.test("camelCase and snakeCase: known pairs", () => {
  const pairs = [["learning_rate", "learningRate"], ["mse", "mse"], ["l1_l2", "l1L2"], ["he_normal", "heNormal"]];
  for (const [snake, camel] of pairs) assertEquals(camelCase(snake), camel);
  assertEquals(snakeCase("learningRate"), "learning_rate");
  assertEquals(snakeCase("HeNormal"), "he_normal");
  assertEquals(snakeCase("KLDivergence"), "kl_divergence");
  assertEquals(snakeCase("he_normal"), "he_normal");
  const typed: EitherSpelling<"he_normal" | "l1_l2">[] = ["he_normal", "heNormal", "l1_l2", "l1L2"];
  assertEquals(typed.length, 4);
});

Deno.test("nearestName: finds slips of the keyboard, and nothing where nothing is near", () => {
  const names = ["learningRate", "momentum", "nesterov", "units", "mse", "mae"];
  assertEquals(nearestName("lerningRate", names), "learningRate");
  assertEquals(nearestName("LEARNING_RATE", names), "learningRate");
  assertEquals(nearestName("unit", names), "units");
  assertEquals(nearestName("untis", names), "units");
  assertEquals(nearestName("mse2", names), "mse");
  assertEquals(nearestName("zebra", names), undefined);
  assertEquals(nearestName("lr", names), "learningRate");
  assertEquals(nearestName("kernelInit", ["kernelInitializer", "kernelRegularizer"]), "kernelInitializer");
  assertEquals(nearestName("inputDim", ["inputShape", "units"]), "inputShape");
  assertEquals(nearestName("kernelSize", ["kernelInitializer", "kernelRegularizer"]), undefined, "two would fit");
  assertEquals(nearestName("x", names), undefined);
  assertEquals(nearestName("", names), undefined);
  assertEquals(nearestName("a".repeat(1e6), names), undefined);
});

Deno.test("nearestName: one edit in a name of 4 letters or more is always found", () => {
  const names = ["binary_crossentropy", "hinge", "poisson", "huber"];
  const edit = fc.record({ name: fc.constantFrom(...names), at: fc.nat(), letter: fc.constantFrom(..."qzx") });
  fc.assert(fc.property(edit, ({ name, at, letter }) => {
    const place = at % name.length;
    assertEquals(nearestName(name.slice(0, place) + letter + name.slice(place + 1), names), name);
    assertEquals(nearestName(name.slice(0, place) + letter + name.slice(place), names), name);
  }));
});

Deno.test("lookUpName: both spellings, own keys only", () => {
  const table = { mse: 1, mae: 2, binary_crossentropy: 3, l1_l2: 4, relu6: 5 };
  assertEquals(lookUpName("loss", "binaryCrossentropy", table), 3);
  assertEquals(lookUpName("loss", "BinaryCrossentropy", table), 3);
  assertEquals(lookUpName("loss", "binary_crossentropy", table), 3);
  assertEquals(lookUpName("loss", "l1L2", table), 4);
  assertEquals(lookUpName("loss", "L1L2", table), 4);
  assertEquals(lookUpName("loss", "relu6", table), 5);
  for (const name of ["constructor", "__proto__", "hasOwnProperty", "toString", ""]) {
    assertThrows(() => lookUpName("loss", name, table), RangeError, "Unknown loss");
  }
  assertThrows(() => lookUpName("loss", 3 as unknown as string, table), TypeError, "must be a string, got 3");
});

Deno.test("lookUpName: the error lists the names, in the plural", () => {
  const { message } = assertThrows(() => lookUpName("loss", "mse2", { mse: 1, mae: 2 }), RangeError);
  assertEquals(message, `Unknown loss "mse2"; did you mean "mse"? Losses are: mse, mae`);
  assertThrows(() => lookUpName("metric", "zebra", { f1: 1 }), RangeError, `Unknown metric "zebra". Metrics are: f1`);
});

Deno.test("describeValue: one short line for everything", () => {
  class Dense {}
  const cases: [unknown, string][] = [
    [null, "null"],
    [undefined, "undefined"],
    [0, "0"],
    [-0, "-0"],
    [NaN, "NaN"],
    [true, "true"],
    [3n, "3n"],
    ["a\nb", `"a\\nb"`],
    ["x".repeat(50), `"${"x".repeat(40)}…" (50 characters)`],
    [[2, 3, 4, 5, 6], "[2, 3, 4, …] (5 items)"],
    [[1, [2, 3]], "[1, [2, 3]]"],
    [[], "[]"],
    [new Float32Array([1, 2]), "Float32Array [1, 2]"],
    [{ shape: [4, 2], data: new Float32Array(8) }, "a tensor of shape [4, 2]"],
    [Math.max, "function max"],
    [() => 1, "a function"],
    [new Dense(), "an object of class Dense"],
    [(function* () {})(), "an iterator"],
    [new (class {})(), "an object of a class without a name"],
    [{}, "{}"],
    [{ a: 1, b: 2, c: 3, d: 4 }, "{ a, b, c, … }"],
    [new Error("no"), "Error: no"],
    [Symbol("s"), "Symbol(s)"],
  ];
  for (const [value, text] of cases) assertEquals(describeValue(value), text);
});

Deno.test("describeValue: never throws, never long", () => {
  const hostile = new Proxy({}, {
    get() {
      throw new Error("trap");
    },
    getPrototypeOf() {
      throw new Error("trap");
    },
  });
  assertEquals(describeValue(hostile), "an object");
  const self: unknown[] = [];
  self.push(self, self, self);
  assert(describeValue(self).length < 400);
  fc.assert(fc.property(fc.anything(), (value) => {
    const text = describeValue(value);
    assert(text.length < 800);
    assert(!text.includes("\n"));
  }));
});
