import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Drawing } from "../../src/drawing/drawing.ts";
import { formatNumber } from "../../src/drawing/format_number.ts";
import { readLanguage } from "../../src/drawing/language.ts";
import { element, escapeMarkup, fragment } from "../../src/drawing/markup.ts";
import { signStyle, svg } from "../../src/drawing/svg.ts";
import { textTable } from "../../src/drawing/text_table.ts";
import { checkMarkup } from "./check_markup.ts";

const HOSTILE = `<img src=x onerror="alert('1')">&\u0000\u202e`;

Deno.test("markup: text and attributes are shown as text, whatever they hold", () => {
  const made = element("td", { title: HOSTILE, hidden: false, open: true }, HOSTILE, null, [1, element("b", {}, "x")]);
  checkMarkup(made.text);
  assertEquals(made.text.match(/<[a-z]+/g), ["<td", "<b"]);
  assertStringIncludes(made.text, " open>");
  assertEquals(/\bhidden\b/.test(made.text), false);
  assertStringIncludes(made.text, "\\u0000\\u202e");
  assertEquals(fragment("a", element("br"), 0).text, "a<br>0");
});

Deno.test("markup: what is no well-formed fragment is found", () => {
  for (const wrong of ["<b>", "</b>", "<b><i></b></i>", "<script></script>", '<b onclick="1"></b>', "a & b"]) {
    assertThrows(() => checkMarkup(wrong));
  }
});

Deno.test("svg: has a name and a description of its own for screen readers, and no id that another drawing may have", () => {
  const { text } = svg({ width: 10, height: 20, title: HOSTILE, description: "two" }, element("circle", { r: 1 }));
  checkMarkup(text);
  assertStringIncludes(text, 'role="img"');
  assertStringIncludes(text, `><title>${escapeMarkup(HOSTILE)}</title><desc>two</desc><circle`);
  assertEquals(/\bid=/.test(text), false);
});

Deno.test("signStyle: the sign is to be seen without colours", () => {
  const styles = [-1, 0, 1].map(signStyle);
  assertEquals(styles.map(({ mark }) => mark), ["−", "0", "+"]);
  for (const part of ["stroke", "dash"] as const) assertEquals(new Set(styles.map((style) => style[part])).size, 3);
});

Deno.test("formatNumber: significant digits, exponents for what is very small or large", () => {
  const shown = (value: number, digits?: number): string => formatNumber(value, digits);
  assertEquals([0.69314, 120.4, 1e-7, 12345, -0, NaN, -Infinity].map((value) => shown(value)), [
    "0.693",
    "120",
    "1e-7",
    "12345",
    "0",
    "NaN",
    "-Infinity",
  ]);
  assertEquals([0.684929, 0.001108058, 120.456, 0.1, 1.5e-7, 99999.6].map((value) => shown(value, 5)), [
    "0.68493",
    "0.0011081",
    "120.46",
    "0.1",
    "1.5e-7",
    "100000",
  ]);
});

Deno.test("textTable: columns under each other, whatever marks and colours are in them", () => {
  assertEquals(textTable([["a", "1"], ["\x1b[31mbcd\x1b[0m", "10"], ["y\u0302", "2"]], ["left", "right"]), [
    "a     1",
    "\x1b[31mbcd\x1b[0m  10",
    "y\u0302     2",
  ]);
});

Deno.test("readLanguage: English by default, and no other than there are", () => {
  assertEquals([undefined, "en", "es"].map((each) => readLanguage("explain", each)), ["en", "en", "es"]);
  assertThrows(
    () => readLanguage("explain", "de"),
    TypeError,
    'Cannot explain: language must be "en" or "es", got "de"',
  );
});

class Word extends Drawing {
  constructor(private readonly latex?: string) {
    super();
  }
  protected override draw(color: boolean): string {
    return color ? "\x1b[1mword\x1b[0m" : "word";
  }
  override toHTML(): string {
    return "<b>word</b>";
  }
  override toJSON(): unknown {
    return { kind: "word", version: 1 };
  }
  override toLatex(): string | undefined {
    return this.latex;
  }
}

Deno.test("Drawing: shows itself in notebooks, and without colours where there is no terminal", () => {
  type Shown = { [key: symbol]: () => unknown };
  const display = Symbol.for("Jupyter.display");
  const bundle = {
    "text/plain": "word",
    "text/html": "<b>word</b>",
    "application/vnd.retroprop.word.v1+json": { kind: "word", version: 1 },
  };
  assertEquals((new Word() as unknown as Shown)[display](), bundle);
  assertEquals((new Word("w") as unknown as Shown)[display](), { ...bundle, "text/latex": "$$w$$" });
  assertEquals(`${new Word()}`, "word");
  assertEquals(JSON.stringify(new Word()), '{"kind":"word","version":1}');
});
