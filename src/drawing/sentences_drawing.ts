import { Drawing } from "./drawing.ts";
import { element } from "./markup.ts";

/** A drawing of sentences: lines of text, in HTML a list. */
export abstract class SentencesDrawing extends Drawing {
  /** @ignore What it says. */
  protected abstract sentences(): readonly string[];

  /** @ignore */
  protected override draw(): string {
    return this.sentences().join("\n");
  }

  /** The sentences as a list. */
  override toHTML(): string {
    return element("ul", {}, this.sentences().map((each) => element("li", {}, each))).text;
  }
}
