import { assert, assertEquals, assertThrows } from "@std/assert";
import { plot } from "../../mod.ts";

Deno.test("confusion matrix: rows are true classes, columns predicted ones, with recalls", () => {
  assertEquals(plot.confusionMatrix([[12, 1], [0, 1300]], ["cat", "dog"]).split("\n"), [
    "      predicted",
    "true  cat   dog  recall",
    "cat    12     1   92.3%",
    "dog     0  1300  100.0%",
  ]);
});

Deno.test("confusion matrix: without labels classes are numbers, an absent class has no recall", () => {
  assertEquals(plot.confusionMatrix([[0, 0], [2, 1.5]]).split("\n").slice(2), [
    "0     0    0       -",
    "1     2  1.5   42.9%",
  ]);
});

Deno.test("confusion matrix: labels from a file cannot break the table or write to the terminal", () => {
  const text = plot.confusionMatrix([[1, 0], [0, 1]], ["a\nb\x1b[31m", "é".repeat(100)]);
  assertEquals(text.split("\n").length, 4);
  assert(!text.includes("\x1b") && text.includes(`${"é".repeat(29)}…`));
  assertEquals(new Set(text.split("\n").slice(1).map((line) => Array.from(line).length)).size, 1);
});

Deno.test("confusion matrix: colours only when asked for", () => {
  assert(plot.confusionMatrix([[1]], ["a"], { color: true }).includes("\x1b["));
});

Deno.test("confusion matrix: bad input is named", () => {
  assertThrows(() => plot.confusionMatrix([]), TypeError, "must be square");
  assertThrows(() => plot.confusionMatrix([[1, 2]]), TypeError, "must be square");
  assertThrows(() => plot.confusionMatrix(3 as never), TypeError, "got 3");
  assertThrows(() => plot.confusionMatrix([[1]], ["a", "b"]), TypeError, "1 labels");
  assertThrows(() => plot.confusionMatrix([[1]], ["a"], { colour: true } as never), TypeError, "color");
});
