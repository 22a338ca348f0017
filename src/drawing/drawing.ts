import { type DisplayBundle, displayBundle } from "./display_bundle.ts";

/**
 * A result that shows itself: as text in a terminal, as static HTML in a notebook or on a page, as plain data.
 *
 * `String(result)` has no colours, so that it can be written to files; `console.log(result)` uses them where the console is a terminal.
 */
export abstract class Drawing {
  /** The lines of text, joined by line breaks; with ANSI colours if they are asked for. */
  protected abstract draw(color: boolean): string;

  /** A fragment of HTML: static SVG and native MathML, no script. All names in it are escaped. */
  abstract toHTML(): string;

  /** Plain data with its kind and `version`, as `JSON.stringify` writes it. */
  abstract toJSON(): unknown;

  /** The formula as LaTeX, without dollar signs; undefined where there is none. */
  toLatex(): string | undefined {
    return undefined;
  }

  /** The text, without colours. */
  toString(): string {
    return this.draw(false);
  }

  /** How `console.log` shows it in Deno. */
  [Symbol.for("Deno.customInspect")](): string {
    return this.draw(writesToTerminal());
  }

  /** How `console.log` shows it in Node and Bun. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.draw(writesToTerminal());
  }

  /** How it shows itself in a Jupyter notebook. */
  [Symbol.for("Jupyter.display")](): DisplayBundle {
    return displayBundle({
      text: this.toString(),
      html: this.toHTML(),
      data: this.toJSON(),
      latex: this.toLatex(),
    });
  }
}

/** What runtimes say of stdout. */
interface Console {
  readonly Deno?: { readonly noColor?: boolean; readonly stdout?: { isTerminal?(): boolean } };
  readonly process?: { readonly stdout?: { readonly isTTY?: boolean; hasColors?(): boolean } };
}

/** Whether what is written to the console comes to a terminal that may be coloured. */
export function writesToTerminal(): boolean {
  const { Deno, process } = globalThis as unknown as Console;
  if (Deno !== undefined) return Deno.noColor !== true && Deno.stdout?.isTerminal?.() === true;
  const stdout = process?.stdout;
  return stdout?.isTTY === true && stdout.hasColors?.() !== false;
}
