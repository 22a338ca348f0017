import { Drawing } from "./drawing.ts";
import { latex } from "./latex.ts";
import { element, fragment, type Markup } from "./markup.ts";
import type { Maths } from "./maths.ts";
import { mathsText } from "./maths_text.ts";
import { mathml } from "./mathml.ts";
import { paint, PALETTE } from "./paint.ts";
import { textTable } from "./text_table.ts";

/** What documents are made of, one below the other. */
export type Block =
  /** A line of text: what it is about. */
  | { readonly kind: "heading"; readonly text: string }
  /** A line of text, or a formula. */
  | { readonly kind: "line"; readonly content: string | Maths }
  /** An empty line, in text alone. */
  | { readonly kind: "gap" }
  /** A formula in several lines, those after the first beginning with a sign of equality; a label stands before it. */
  | { readonly kind: "maths"; readonly label: string; readonly lines: readonly Maths[] }
  /** Rows of texts whose first is the row's name, and perhaps heads of the columns. */
  | { readonly kind: "table"; readonly heads: readonly string[] | null; readonly rows: readonly (readonly string[])[] }
  /** What can be folded away under a title; in text it is indented. */
  | { readonly kind: "fold"; readonly title: string; readonly open: boolean; readonly blocks: readonly Block[] }
  /** A picture, in HTML alone. */
  | { readonly kind: "picture"; readonly markup: Markup };

/** A drawing of blocks, of which text, HTML and LaTeX are made alike. */
export abstract class DocumentDrawing extends Drawing {
  /** @ignore Its blocks, and what it is called for those who do not see it. */
  protected abstract describe(): { readonly label: string; readonly blocks: readonly Block[] };

  /** The lines of text. */
  protected override draw(color: boolean): string {
    return listLines(this.describe().blocks, color).join("\n");
  }

  /** A fragment of HTML: static SVG and native MathML, no script. All names in it are escaped. */
  override toHTML(): string {
    const { label, blocks } = this.describe();
    return element("section", { "aria-label": label, style: "overflow-x:auto" }, blocks.map(writeBlock)).text;
  }

  /** The formulas as LaTeX, without dollar signs; undefined where there is none. */
  override toLatex(): string | undefined {
    const lines = listMaths(this.describe().blocks).map((each) => {
      const text = latex(each);
      return text.startsWith("=") ? `&${text}` : text.replace(" = ", " &= ");
    });
    return lines.length === 0 ? undefined : `\\begin{aligned} ${lines.join(" \\\\ ")} \\end{aligned}`;
  }
}

function listLines(blocks: readonly Block[], color: boolean): string[] {
  return blocks.flatMap((block) => {
    switch (block.kind) {
      case "heading":
        return [color ? `\x1b[1m${block.text}\x1b[0m` : block.text];
      case "line":
        return [typeof block.content === "string" ? block.content : mathsText(block.content)];
      case "gap":
        return [""];
      case "maths": {
        const texts = block.lines.map(mathsText);
        const indent = " ".repeat(block.label.length + texts[0].indexOf(" = ") + 1);
        return texts.map((text, i) => (i === 0 ? block.label : text.startsWith("=") ? indent : "") + text);
      }
      case "table":
        return textTable(
          [
            ...block.heads === null ? [] : [block.heads],
            ...block.rows.map((row) => row.map((text) => tint(text, color))),
          ],
          ["left", "right"],
        );
      case "fold":
        return [block.title, ...listLines(block.blocks, color).map((line) => line === "" ? line : `  ${line}`)];
      case "picture":
        return [];
    }
  });
}

/** What is negative can be seen by its colour, besides its sign. */
function tint(text: string, color: boolean): string {
  return color && text.startsWith("−") ? paint(text, PALETTE[4]) : text;
}

function writeBlock(block: Block): Markup | null {
  const head = (scope: string, text: string): Markup => element("th", { scope, style: "text-align:left" }, text);
  switch (block.kind) {
    case "heading":
      return element("p", {}, element("strong", {}, block.text));
    case "line":
      return element(
        "p",
        {},
        typeof block.content === "string" ? block.content : mathml(block.content, { display: true }),
      );
    case "gap":
      return null;
    case "maths":
      return fragment(block.lines.map((each, i) =>
        element(
          "div",
          { style: i === 0 ? "margin-top:0.5em" : "margin:0.3em 0 0.3em 3em" },
          i === 0 ? block.label : null,
          mathml(each, { display: true }),
        )
      ));
    case "table":
      return element(
        "table",
        {},
        block.heads === null ? null : element("tr", {}, block.heads.map((text) => head("col", text))),
        block.rows.map(([first, ...rest]) =>
          element(
            "tr",
            {},
            head("row", first),
            rest.map((text) => element("td", { style: "text-align:right;padding:0 0.6em" }, text)),
          )
        ),
      );
    case "fold":
      return element(
        "details",
        { open: block.open },
        element("summary", {}, block.title),
        block.blocks.map(writeBlock),
      );
    case "picture":
      return fragment(block.markup);
  }
}

function listMaths(blocks: readonly Block[]): Maths[] {
  return blocks.flatMap((block) => {
    if (block.kind === "maths") return block.lines;
    if (block.kind === "fold") return listMaths(block.blocks);
    return block.kind === "line" && typeof block.content !== "string" ? [block.content] : [];
  });
}
