import { assert, assertEquals, assertThrows } from "@std/assert";
import { plot } from "../../mod.ts";

/** A model of one output. */
const modelOf = (f: (a: number, b: number) => number): plot.Predictor => ({
  predict: (x) => ({ data: Float32Array.from(x, ([a, b]) => f(a, b)) }),
});

Deno.test("decision boundary: shades follow the probability from left to right", () => {
  const text = plot.decisionBoundary(modelOf((a) => a), { x: [0, 1], y: [0, 1], width: 8, height: 2 });
  assertEquals(text.split("\n"), ["1 ┤  ░░▓▓██│", "0 ┤  ░░▓▓██│", "  └────────┘", "   0      1"]);
});

Deno.test("decision boundary: the second feature grows upwards", () => {
  const text = plot.decisionBoundary(modelOf((_, b) => b), { x: [-2, 2], y: [0, 1], width: 4, height: 4 });
  assertEquals(text.split("\n").slice(0, 4).map((line) => line.slice(3, -1)), ["████", "▓▓▓▓", "░░░░", "    "]);
});

Deno.test("decision boundary: the model sees the middle of every cell", () => {
  const seen: number[][] = [];
  const model = { predict: (x: number[][]) => (seen.push(...x), { data: new Float32Array(x.length) }) };
  plot.decisionBoundary(model, { x: [0, 4], y: [0, 2], width: 4, height: 2 });
  assertEquals(seen, [[0.5, 1.5], [1.5, 1.5], [2.5, 1.5], [3.5, 1.5], [0.5, 0.5], [1.5, 0.5], [2.5, 0.5], [3.5, 0.5]]);
});

Deno.test("decision boundary: samples are digits at their places, those outside are left out", () => {
  const points = { x: [[0, 0], [0, 1], [1, 0], [1, 1], [2, 2], [NaN, 0]], y: [[0], [1], [2], [3], [4], [5]] };
  const text = plot.decisionBoundary(modelOf(() => 0), { x: [0, 1], y: [0, 1], width: 4, height: 2, points });
  assertEquals(text.split("\n").slice(0, 2), ["1 ┤1  3│", "0 ┤0  2│"]);
});

Deno.test("decision boundary: several outputs show the largest", () => {
  const model = (classes: number): plot.Predictor => ({
    predict: (x) => ({
      data: Float32Array.from(
        x.flatMap(([a]) => Array.from({ length: classes }, (_, k) => Math.floor(a) === k ? 1 : 0)),
      ),
    }),
  });
  const row = (classes: number): string =>
    plot.decisionBoundary(model(classes), { x: [0, classes], y: [0, 1], width: Math.max(classes, 4), height: 2 })
      .split("\n")[0].slice(3, -1);
  assertEquals(row(5), " ░▒▓█");
  assertEquals(row(4), " ░▓█");
  assertEquals(row(6), "abcdef");
});

Deno.test("decision boundary: colours are half blocks, two rows of points a line", () => {
  let asked = 0;
  const model = { predict: (x: number[][]) => (asked = x.length, { data: new Float32Array(x.length) }) };
  const text = plot.decisionBoundary(model, { x: [0, 1], y: [0, 1], width: 5, height: 3, color: true });
  assertEquals(asked, 30);
  assertEquals(text.match(/▀/g)?.length, 15);
  assert(text.includes("\x1b[38;2;"));
});

Deno.test("decision boundary: bad input is named", () => {
  const model = modelOf(() => 0);
  const range = { x: [0, 1], y: [0, 1] } as const;
  assertThrows(() => plot.decisionBoundary({} as never, range), TypeError, "function predict");
  assertThrows(() => plot.decisionBoundary(model, undefined as never), TypeError, "range [min, max], got undefined");
  assertThrows(
    () => plot.decisionBoundary(model, { ...range, x: [1, 1] }),
    RangeError,
    "maximum of x must be a number > 1",
  );
  assertThrows(() => plot.decisionBoundary(model, { ...range, width: 2 }), RangeError, "width");
  assertThrows(
    () => plot.decisionBoundary(model, { ...range, points: { x: [[0, 0]], y: [] } }),
    TypeError,
    "got 1 and 0",
  );
  assertThrows(
    () => plot.decisionBoundary(model, { ...range, points: { x: [[0]], y: [0] } }),
    TypeError,
    "two numbers",
  );
  assertThrows(
    () => plot.decisionBoundary(model, { ...range, points: { x: [[0, 0]], y: [0.5] } }),
    RangeError,
    "got 0.5",
  );
  assertThrows(
    () => plot.decisionBoundary({ predict: () => ({ data: new Float32Array(3) }) }, range),
    TypeError,
    "got 3",
  );
});
