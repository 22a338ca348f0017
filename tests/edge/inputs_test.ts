import { assertEquals, assertThrows } from "@std/assert";
import { load } from "../../src/edge/edge.ts";
import { compileModel } from "../../src/export/compile_model.ts";
import { sampleModels } from "./sample_models.ts";

const xor = load(compileModel(sampleModels.xor()));
const sequence = load(compileModel(sampleModels.sequence())); // samples [3, 4]
// deno-lint-ignore no-explicit-any
const row: any = [1, 2, 3, 4];

const WRONG: readonly (readonly [
  input: unknown,
  error: typeof TypeError | typeof RangeError,
  text: string,
  model?: typeof xor,
])[] = [
  [undefined, TypeError, "x must be an array of 2 numbers, got undefined"],
  [null, TypeError, "x must be an array of 2 numbers, got null"],
  ["01", TypeError, 'x must be an array of 2 numbers, got "01"'],
  [{}, TypeError, "x must be an array of 2 numbers, got an object"],
  [JSON.parse('{"__proto__": [0, 1], "length": 2}'), TypeError, "x must be an array of 2 numbers, got an object"],
  [[], TypeError, "x must be an array of 2 numbers, got an array of 0"],
  [[1], TypeError, "x must be an array of 2 numbers, got an array of 1"],
  [[1, 2, 3], TypeError, "x must be an array of 2 numbers, got an array of 3"],
  [[1, "2"], TypeError, 'x[1] must be a number, got "2"'],
  [[1, null], TypeError, "x[1] must be a number, got null"],
  [[1, true], TypeError, "x[1] must be a number, got true"],
  [[1, NaN], RangeError, "x[1] must be finite in float32, got NaN"],
  [[Infinity, 0], RangeError, "x[0] must be finite in float32, got Infinity"],
  [[0, -1e39], RangeError, "x[0] must be finite".replace("[0]", "[1]")],
  [[[0, 1], [0]], TypeError, "x[1] must be an array of 2 numbers, got an array of 1"],
  [[[0, 1], 5], TypeError, "x[1] must be an array of 2 numbers, got 5"],
  [[[0, 1], [0, NaN]], RangeError, "x[1][1] must be finite"],
  [[[[0, 1]]], TypeError, "x[0] must be an array of 2 numbers, got an array of 1"],
  [new Float32Array(3), TypeError, "x must be a typed array of n * 2 numbers"],
  [new Float32Array(0), TypeError, "not empty, got a typed array of 0"],
  [new BigInt64Array(2), TypeError, "x[0] must be a number, got 0"],
  [Float32Array.of(0, NaN), RangeError, "x[1] must be finite"],
  [[row, row], TypeError, "x must be an array of 3 arrays, got an array of 2", sequence],
  [[row, row, [1, 2, 3]], TypeError, "x[2] must be an array of 4 numbers, got an array of 3", sequence],
  [[row, row, [1, 2, 3, "4"]], TypeError, 'x[2][3] must be a number, got "4"', sequence],
  [[[row, row, row], [row, row, 7]], TypeError, "x[1][2] must be an array of 4 numbers, got 7", sequence],
];

for (const [input, error, text, model = xor] of WRONG) {
  Deno.test(`predict refuses an input: ${text}`, () => {
    const wanted = model.predict(model === xor ? [0, 1] : [row, row, row]);
    assertThrows(() => model.predict(input as never), error, text);
    assertEquals(model.predict(model === xor ? [0, 1] : [row, row, row]), wanted, "the next request is not disturbed");
  });
}

Deno.test("predict takes one sample or several, as arrays or typed arrays, and gives plain arrays", () => {
  const [one] = xor.predict([0, 1]) as number[];
  assertEquals(xor.predict([[0, 1], [0, 1]]), [[one], [one]]);
  assertEquals(xor.predict(Float64Array.of(0, 1)), [one]);
  assertEquals(xor.predict(Uint8Array.of(0, 1, 0, 1)), [[one], [one]]);
  assertEquals(xor.predict([Uint8Array.of(0, 1)] as never), [[one]]);
  assertEquals(JSON.parse(JSON.stringify(xor.predict([0, 1]))), [one]);
  assertEquals(xor.predictBatch([[0, 1]]), [[one]]);
  assertEquals(xor.predictBatch(Float32Array.of(0, 1)), Float32Array.of(one));
});

Deno.test("an array of arrays nested a million deep is refused", () => {
  let deep: unknown = 0;
  for (let i = 0; i < 1e6; i++) deep = [deep];
  assertThrows(() => xor.predict(deep as never), TypeError, "x[0] must be an array of 2 numbers");
});

Deno.test("run refuses other lengths than n samples and n outputs", () => {
  for (const [input, output] of [[0, 0], [3, 1], [2, 2], [4, 1], [1, 1]]) {
    const call = (): void => xor.run(new Float32Array(input), new Float32Array(output));
    assertThrows(call, TypeError, "input and output must have n * 2 and n * 1 elements");
  }
});
