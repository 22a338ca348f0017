import { drawSection } from "./draw_section.ts";
import { formatSection } from "./format_section.ts";
import type { PictureSection, PictureStyle } from "./panel.ts";

/** Pictures that show themselves: as text on the console and in template strings, as images in a notebook. */
export class Picture {
  readonly #sections: readonly PictureSection[];
  readonly #style: PictureStyle;

  /** @ignore */
  constructor(sections: readonly PictureSection[], style: PictureStyle) {
    this.#sections = sections;
    this.#style = style;
  }

  /** The pictures as lines joined by line breaks, no line break at the end. */
  toString(): string {
    return this.#sections.map((section) => drawSection(section, this.#style)).join("\n\n");
  }

  /** How `console.log` shows it in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }

  /** How `console.log` shows it in Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** How it shows itself in a Jupyter notebook. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return {
      "text/plain": this.toString(),
      "text/html": this.#sections.map((section) => formatSection(section, this.#style)).join(""),
    };
  }
}
