import { Drawing } from "../../drawing/drawing.ts";
import { formatNumber } from "../../drawing/format_number.ts";
import type { Language } from "../../drawing/language.ts";
import { element, fragment, type Markup } from "../../drawing/markup.ts";
import { paint, PALETTE } from "../../drawing/paint.ts";
import { escapeControlCharacters } from "../../errors/escape_control_characters.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import type { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { findingStrings } from "../strings/finding_strings.ts";
import type { DiagnosedData } from "./gather_facts.ts";

/** What a diagnosis knows besides its findings. */
export interface DiagnosisOf {
  readonly facts: Facts;
  readonly missing: string | null;
  readonly language: Language;
  readonly model: AnyModel;
  readonly data: DiagnosedData;
  /** Samples in a step of the fit. */
  readonly batchSize: number;
}

/** What `diagnose` gives: findings, causes first. It shows itself in a terminal, a notebook, as HTML and as JSON. */
export class Diagnosis extends Drawing {
  /** What was found, causes before what they cause. */
  readonly findings: readonly Finding[];
  /** How much of the way from the best constant answer to perfect ones the model went: 1 is all, 0 none, less than 0 worse than that. */
  readonly skill: number;
  /** Whether it learns: the values are finite, and the skill is at least 0.5. */
  readonly isLearning: boolean;
  /** The loss of the best constant answer. */
  readonly constantLoss: number;
  /** @ignore */
  readonly of: DiagnosisOf;

  /** @ignore */
  constructor(findings: readonly Finding[], of: DiagnosisOf) {
    super();
    this.findings = findings;
    this.of = of;
    const { skill, isLearning, constant } = of.facts;
    [this.skill, this.isLearning, this.constantLoss] = [skill, isLearning, constant];
  }

  /** The first problem; null if there is none. */
  get headline(): Finding | null {
    return this.findings.find(({ severity }) => severity === "problem") ?? null;
  }

  /** Plain data. */
  toJSON(): unknown {
    const { skill, isLearning, constantLoss, findings } = this;
    return { kind: "diagnosis", version: 1, skill, isLearning, constantLoss, findings };
  }

  /** The findings, with evidence, threshold and source to open: static HTML. */
  toHTML(): string {
    const words = findingStrings[this.of.language];
    const line = (name: string, text: string): Markup | null =>
      text === "" ? null : element("div", {}, element("b", {}, `${name}: `), text);
    const items = this.findings.map(({ severity, rule, words: said, remedy, evidence, threshold, source }) =>
      element(
        "details",
        { open: severity === "problem" && rule === this.headline?.rule },
        element("summary", {}, element("b", {}, words[severity]()), ` ${rule}: ${said}`),
        line(words.remedy(), remedy.text),
        line(words.evidence(), listNumbers(evidence)),
        line(words.threshold(), listNumbers(threshold)),
        line(words.source(), source),
      )
    );
    const { summary, notes } = this.#frame();
    return fragment(
      element(
        "section",
        { "aria-label": words.title(), lang: this.of.language },
        element("p", { title: words.skillMeans() }, element("b", {}, summary)),
        ...items,
        ...notes.map((note) => element("p", {}, note)),
      ),
    ).text;
  }

  /** @ignore */
  protected draw(color: boolean): string {
    const words = findingStrings[this.of.language];
    const mark = (severity: Finding["severity"]): string => {
      const text = words[severity]();
      return color ? paint(text, PALETTE[severity === "problem" ? 5 : 4]) : text;
    };
    const { summary, notes } = this.#frame();
    return [
      summary,
      ...this.findings.flatMap(({ severity, rule, words: said, remedy, evidence, source }) => [
        `${mark(severity)} ${rule}: ${escapeControlCharacters(said)}`,
        `  ${escapeControlCharacters(remedy.text)}`,
        `  ${words.evidence()}: ${escapeControlCharacters(listNumbers(evidence))}. ${words.source()}: ${source}.`,
      ]),
      ...notes.map(escapeControlCharacters),
    ].join("\n");
  }

  /** What stands before and behind the findings. */
  #frame(): { summary: string; notes: string[] } {
    const { language, facts: { crash }, missing } = this.of;
    const words = findingStrings[language];
    const summary = crash !== null
      ? words.crashed(crash.epoch + 1)
      : this.isLearning
      ? words.learns(this.skill)
      : words.fails(this.skill);
    return {
      summary,
      notes: [
        ...(this.findings.length === 0 ? [words.nothing()] : []),
        ...(missing === null ? [] : [words.notSeen(missing)]),
      ],
    };
  }
}

/** Numbers with their names: `skill 0.02, loss 0.69`. */
function listNumbers(values: Readonly<Record<string, number | string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === "number" ? formatNumber(value) : value}`).join(", ");
}
