import { assert, assertEquals, assertThrows } from "@std/assert";
import { plot } from "../../mod.ts";

Deno.test("loss curve: a straight fall is a diagonal from the top left to the bottom right", () => {
  const values = Array.from({ length: 34 }, (_, i) => 33 - i);
  const lines = plot.lossCurve(values, { width: 21, height: 3 }).split("\n");
  assertEquals(lines.length, 5);
  assert(lines[0].startsWith("  33 ┤") || lines[0].startsWith("33 ┤"), lines[0]);
  assert(lines[2].trimStart().startsWith("0 ┤"), lines[2]);
  // The middle of 33 … 0 is labelled because the number of rows is odd.
  assert(lines[1].trimStart().startsWith("16.5 ┤"), lines[1]);
  assert(lines[4].endsWith("34"), lines[4]);
  const drawing = lines.slice(0, 3).map((line) => line.slice(line.indexOf("┤") + 1));
  assert(drawing[0][0] !== " " && drawing[2].length === 15, drawing.join("|"));
  const starts = drawing.map((row) => row.search(/\S/));
  assert(starts[0] < starts[1] && starts[1] < starts[2], starts.join());
});

Deno.test("loss curve: known dots of two values", () => {
  // 3 rows of 4 dots, 15 columns of 2 dots: a line from dot (0, 0) to dot (29, 11), so y = 0 0 1 1 2 2 … 11 11.
  const lines = plot.lossCurve([1, 0], { width: 20, height: 3 }).split("\n");
  assertEquals(lines[0].slice(0, 8), "  1 ┤⠉⠒⠤");
  assertEquals(lines[2].at(-1), "⣀");
});

Deno.test("loss curve: equal values are a level line in the middle, one value is one dot", () => {
  const level = plot.lossCurve([2, 2, 2], { width: 20, height: 3 }).split("\n");
  assertEquals(level[0].trim(), "2 ┤");
  assertEquals(level[1].includes("⠤"), true);
  assertEquals(plot.lossCurve([2], { width: 20, height: 3 }).match(/[⠁-⣿]/g)?.length, 1);
});

Deno.test("loss curve: no line is wider than asked, whatever the numbers", () => {
  for (
    const values of [
      [1e-9, 1e9],
      [-123456, 5],
      [0.1, 0.2, 0.3],
      new Array(1000).fill(0).map((_, i) => Math.sin(i)),
    ]
  ) {
    for (const width of [20, 33, 60]) {
      const lines = plot.lossCurve(values, { width, height: 7, title: "t".repeat(200) }).split("\n");
      for (const line of lines) assert(Array.from(line).length <= width, `${line} is wider than ${width}`);
      assertEquals(lines.length, 10);
    }
  }
});

Deno.test("loss curve: on a logarithmic axis an exponential fall is a straight line", () => {
  const exponential = Array.from({ length: 50 }, (_, i) => Math.exp(-i));
  const drawing = (text: string): string[] => text.split("\n").slice(0, 9).map((line) => line.replace(/^.*?[┤│]/, ""));
  const log = drawing(plot.lossCurve(exponential, { log: true, height: 9 }));
  const linear = drawing(plot.lossCurve(exponential.map((_, i) => -i), { height: 9 }));
  // The margins differ, so compare where each row begins as a share of the width.
  const starts = (rows: string[]): number[] => rows.map((row) => row.search(/\S/));
  starts(log).forEach((start, i) => assert(Math.abs(start - starts(linear)[i]) <= 5, `row ${i}`));
  assertThrows(() => plot.lossCurve([1, 0], { log: true }), RangeError, "must be > 0, got 0");
});

Deno.test("loss curve: a history draws loss and val_loss with a legend", () => {
  const history = { history: { loss: [3, 2, 1], accuracy: [0, 0.5, 1], val_loss: [3, 2.5, 2] } };
  const text = plot.lossCurve(history);
  assert(text.includes("loss   ") && text.includes("val_loss") && !text.includes("accuracy"));
  assert(plot.lossCurve(history, { names: ["accuracy"] }).includes("0.5") === false);
  assertThrows(() => plot.lossCurve(history, { names: ["acc"] }), RangeError, 'loss, accuracy, val_loss, got "acc"');
  assert(plot.lossCurve({ a: [1, 2], b: [2, 1] }).includes("a   "));
});

Deno.test("loss curve: NaN and Infinity are gaps, colours come only when asked for", () => {
  const text = plot.lossCurve([1, NaN, 0, Infinity, 1]);
  assertEquals(text.match(/[⠁-⣿]/g)?.length, 3);
  assert(!text.includes("\x1b") && plot.lossCurve([1, 2], { color: true }).includes("\x1b["));
});

Deno.test("loss curve: bad input is named", () => {
  assertThrows(() => plot.lossCurve([]), RangeError, "at least one value must be finite");
  assertThrows(() => plot.lossCurve([NaN]), RangeError, "at least one value must be finite");
  assertThrows(() => plot.lossCurve({}), RangeError, "at least one curve");
  assertThrows(() => plot.lossCurve(null as never), TypeError, "got null");
  assertThrows(() => plot.lossCurve(["1"] as never), TypeError, "array of numbers");
  assertThrows(() => plot.lossCurve([1], { width: 3 }), RangeError, "width must be an integer from 20 to 1000, got 3");
  assertThrows(() => plot.lossCurve([1], { heigth: 3 } as never), TypeError, 'did you mean "height"');
});

Deno.test("loss curve: a title cannot write to the terminal", () => {
  assertEquals(plot.lossCurve([1], { title: "a\x1b[31m\nb" }).split("\n")[0], "a?[31m?b");
});
