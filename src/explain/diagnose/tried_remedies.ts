import { Drawing } from "../../drawing/drawing.ts";
import { formatNumber } from "../../drawing/format_number.ts";
import type { Language } from "../../drawing/language.ts";
import { element } from "../../drawing/markup.ts";
import { textTable } from "../../drawing/text_table.ts";
import { escapeControlCharacters } from "../../errors/escape_control_characters.ts";
import type { Change, RuleName } from "./finding.ts";
import { findingStrings } from "../strings/finding_strings.ts";

/** What a change did. */
export interface Tried {
  /** The change; {} for the training as it was. */
  readonly change: Change;
  /** The training loss of the last epoch; null where it was not finite. Behind another loss, or other labels, it is another quantity. */
  readonly loss: number | null;
  /** See `Diagnosis.skill`; null where the change could not be tried. */
  readonly skill: number | null;
  /** Whether it learns then. */
  readonly isLearning: boolean;
  /** The first problem that is left; null if there is none. */
  readonly rule: RuleName | null;
  /** Why it could not be tried; null if it was. */
  readonly error: string | null;
}

/** What `tryRemedies` gives: a table of what each change did. It shows itself in a terminal, a notebook, as HTML and as JSON. */
export class TriedRemedies extends Drawing {
  /** The training as it was, and then each change. */
  readonly tried: readonly Tried[];
  /** How many epochs each was trained for. */
  readonly epochs: number;
  readonly #language: Language;

  /** @ignore */
  constructor(tried: readonly Tried[], epochs: number, language: Language) {
    super();
    this.tried = tried;
    this.epochs = epochs;
    this.#language = language;
  }

  /** The change with the highest skill, if that is higher than without one; else null. */
  get best(): Tried | null {
    const [asItWas, ...changed] = this.tried;
    const least = Number.isFinite(asItWas.loss) ? asItWas.skill ?? -Infinity : -Infinity;
    const better = changed.filter(({ skill, loss }) => skill !== null && loss !== null && skill > least);
    return better.reduce<Tried | null>((a, b) => a !== null && a.skill! >= b.skill! ? a : b, null);
  }

  /** Plain data. */
  toJSON(): unknown {
    return { kind: "remedies", version: 1, epochs: this.epochs, tried: this.tried };
  }

  /** The table: static HTML. */
  toHTML(): string {
    const [head, ...rows] = this.#cells();
    return element(
      "table",
      { lang: this.#language },
      element("caption", {}, findingStrings[this.#language].tried(this.epochs)),
      element("thead", {}, element("tr", {}, ...head.map((cell) => element("th", { scope: "col" }, cell)))),
      element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell))))),
    ).text;
  }

  /** @ignore */
  protected draw(): string {
    const rows = this.#cells().map((row) => row.map(escapeControlCharacters));
    const title = `${findingStrings[this.#language].tried(this.epochs)}:`;
    return [title, ...textTable(rows, ["left", "right", "right", "left"])].join("\n");
  }

  #cells(): string[][] {
    const words = findingStrings[this.#language];
    const show = (value: number | null): string => value === null ? "–" : formatNumber(value);
    return [
      [words.change(), words.loss(), words.skill(), words.problem()],
      ...this.tried.map(({ change, loss, skill, rule, error }) => [
        Object.keys(change).length === 0 ? words.asItWas() : describeChange(change),
        show(loss),
        show(skill),
        error === null ? rule ?? "–" : words.failed(error),
      ]),
    ];
  }
}

/** A change in the words of the library's options: `learningRate 2.5`, `dense: activation relu`. */
function describeChange({ optimizer, layers, loss, standardize, longer, seed }: Change): string {
  const list = (values: object): string =>
    Object.entries(values).map(([name, value]) => `${name} ${typeof value === "number" ? formatNumber(value) : value}`)
      .join(", ");
  const groups = new Map<string, string[]>();
  for (const [name, options] of Object.entries(layers ?? {})) {
    const text = list(options);
    groups.set(text, [...groups.get(text) ?? [], name]);
  }
  return [
    ...(optimizer === undefined ? [] : [list(optimizer)]),
    ...[...groups].map(([text, names]) => `${names.length > 3 ? `${names.length} layers` : names.join(", ")}: ${text}`),
    ...(loss === undefined ? [] : [`loss ${loss}`]),
    ...(standardize === undefined ? [] : [`standardize ${standardize}`]),
    ...(seed === undefined ? [] : [`seed + ${seed}`]),
    ...(longer === undefined ? [] : [`epochs × ${longer}`]),
  ].join("; ");
}
