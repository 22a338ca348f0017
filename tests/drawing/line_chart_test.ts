import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { drawBoxes } from "../../src/drawing/draw_boxes.ts";
import { lineChart } from "../../src/drawing/line_chart.ts";
import { displayBundle } from "../../src/drawing/display_bundle.ts";
import { checkMarkup } from "./check_markup.ts";

const HOSTILE = `<img src=x onerror="alert('1')">&\u0000\u202e`;

/** The path of curve `i`: the first coloured ones are the curves. */
function pathOf(text: string, i: number): string {
  return [...text.matchAll(/<path d="([^"]*)" fill="none" stroke="#/g)][i][1];
}

Deno.test("lineChart: a curve from edge to edge, its ends labelled, in words for who cannot see it", () => {
  const { text } = lineChart({ title: "loss", curves: [{ name: "loss", values: [1, 0.5, 0.25] }] });
  checkMarkup(text);
  assertEquals(pathOf(text, 0), "M64 26h0L196 119.33L328 166");
  assertStringIncludes(text, "<desc>loss: 1 at epoch 1, 0.25 at epoch 3, lowest 0.25 at epoch 3.</desc>");
  for (const label of [">1</text>", ">0.625</text>", ">0.25</text>", ">3</text>"]) assertStringIncludes(text, label);
});

Deno.test("lineChart: the axis is logarithmic from a ratio of 100 on, unless a value is 0 or less", () => {
  const chart = (...values: number[]): string => lineChart({ title: "t", curves: [{ name: "c", values }] }).text;
  assertEquals([chart(100, 1), chart(99, 1), chart(100, 0), chart(-1, -100)].map((text) => text.includes("(log)")), [
    true,
    false,
    false,
    false,
  ]);
  assertEquals(pathOf(chart(100, 10, 1), 0), "M64 26h0L196 96L328 166");
});

Deno.test("lineChart: what is not finite is a gap, and told", () => {
  const { text } = lineChart({ title: "t", curves: [{ name: "c", values: [1, NaN, 2, Infinity, 3] }] });
  assertEquals(pathOf(text, 0), "M64 166h0M196 96h0M328 26h0");
  assertStringIncludes(text, ", 2 not finite.");
  for (const values of [[], [NaN, NaN]]) {
    const empty = lineChart({ title: "t", curves: [{ name: "c", values }] }).text;
    checkMarkup(empty);
    assertStringIncludes(empty, "no finite value");
    assertEquals(/NaN|Infinity/.test(empty.replace(/<desc>.*<\/desc>/, "")), false);
  }
});

Deno.test("lineChart: of a long curve the extremes of each column of pixels are kept, the markup stays short", () => {
  const values = Array.from({ length: 100_000 }, (_, i) => i === 54_321 ? 9 : i === 70_001 ? NaN : Math.sin(i / 1e4));
  const { text } = lineChart({ title: "t", curves: [{ name: "c", values }] });
  assert(text.length < 20_000, `${text.length}`);
  const path = pathOf(text, 0);
  assert(/ 26[L"]/.test(path), "the peak is there");
  assertEquals(path.split("M").length - 1, 2, "the gap is there");
});

Deno.test("lineChart: equal values, one value, places of their own, several curves", () => {
  const flat = lineChart({ title: "t", curves: [{ name: "c", values: [0.5, 0.5] }] }).text;
  assertEquals(pathOf(flat, 0), "M64 96h0L328 96");
  assertStringIncludes(lineChart({ title: "t", curves: [{ name: "c", values: [0.5] }] }).text, "<circle");
  const { text } = lineChart({
    title: HOSTILE,
    curves: [{ name: HOSTILE, values: [0, 1, 2, 3] }, { name: "val", values: [1, 2], at: [2, 4] }],
  });
  checkMarkup(text);
  assertEquals(pathOf(text, 1), "M152 119.33h0L328 72.67");
  assertEquals(new Set(text.match(/stroke-dasharray="[^"]*"/g)).size, 1, "the second is dashed");
});

Deno.test("drawBoxes: arrows go down from each source; markup is text", () => {
  const { text } = drawBoxes([
    { lines: ["a"], sources: [] },
    { lines: [HOSTILE, "dense"], sources: [0] },
    { lines: ["c"], sources: [0] },
    { lines: ["sum"], sources: [1, 2, 0] },
  ], HOSTILE);
  checkMarkup(text);
  assertEquals(text.match(/<rect/g)!.length, 4);
  assertEquals(text.match(/<path/g)!.length, 5);
  for (const [, y1, y2] of text.matchAll(/d="M[\d.]+ ([\d.]+)C.*? ([\d.]+)m-4/g)) assert(Number(y1) < Number(y2));
  assertStringIncludes(text, "after a.");
});

Deno.test("displayBundle: data under a type of its own, without numbers that JSON does not have", () => {
  const data = { kind: "My Kind", version: 2, a: [NaN, 1, new Float32Array([Infinity, 2])], f: () => 1, big: 1n };
  const bundle = displayBundle({ text: "t", html: "<b></b>", data });
  assertEquals(bundle, {
    "text/plain": "t",
    "text/html": "<b></b>",
    "application/vnd.retroprop.my-kind.v2+json": { kind: "My Kind", version: 2, a: [null, 1, [null, 2]], big: "1" },
  });
});
