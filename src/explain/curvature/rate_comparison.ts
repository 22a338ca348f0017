import { Drawing } from "../../drawing/drawing.ts";
import type { Language } from "../../drawing/language.ts";
import { element, type Markup } from "../../drawing/markup.ts";
import { showNumber } from "../../drawing/maths.ts";
import { plainData } from "../../drawing/plain_data.ts";
import { textTable } from "../../drawing/text_table.ts";
import { runsStrings } from "../strings/runs_strings.ts";
import { smallCurves, sparkline } from "./curves.ts";
import type { RateVerdict } from "./judge_rate.ts";

/** Numbers of a rate, or of one run at it. */
export interface RateNumbers {
  /** The loss of the last epoch; Infinity where it was not finite. Of several runs the median. */
  readonly loss: number;
  /** 1 − loss ÷ that of answering with the mean label, over the last quarter of the epochs. Of several runs the median. */
  readonly skill: number;
  /** The share of the first 50 epochs whose loss rose. Of several runs the mean. */
  readonly rises: number;
  /** How far the loss moves from one epoch to the next, in the last quarter. Of several runs the mean. */
  readonly swing: number;
  /** ‖Δw‖/‖w‖ of an epoch, the median. */
  readonly update: number;
  /** η·λmax before the first step; null for another optimizer than gradient descent, or where λmax was not found. Of several runs the mean. */
  readonly etaLambdaMax: number | null;
  /** 2/λmax before the first step, for gradient descent without momentum; else null. Of several runs the mean. */
  readonly suggestedRate: number | null;
}

/** One training. */
export interface RateRun extends RateNumbers {
  /** The seed that its model was made with. */
  readonly seed: number;
  /** The loss of every epoch. */
  readonly losses: readonly number[];
  /** Whether loss and weights stayed finite. */
  readonly isFinite: boolean;
  /** Whether it solved its task: all answers right, or for labels that are no classes a loss below 5 % of the baseline. */
  readonly solved: boolean;
}

/** What was found at one rate. */
export interface RateResult extends RateNumbers {
  /** The learning rate. */
  readonly rate: number;
  /** What is said of it. */
  readonly verdict: RateVerdict;
  /** The share of seeds that solved the task. */
  readonly solved: number;
  /** One training a seed. */
  readonly runs: readonly RateRun[];
}

/** Learning rates beside each other. */
export class RateComparison extends Drawing {
  /** One entry a rate, in the order given. */
  readonly rates: readonly RateResult[];
  /** How many epochs each model was trained. */
  readonly epochs: number;
  /** The seeds. */
  readonly seeds: readonly number[];
  /** The loss of answering with the mean label. */
  readonly baseline: number;
  readonly #language: Language;

  /** @ignore */
  constructor({ rates, epochs, seeds, baseline }: Omit<RateComparison, keyof Drawing>, language: Language) {
    super();
    this.rates = rates;
    this.epochs = epochs;
    this.seeds = seeds;
    this.baseline = baseline;
    this.#language = language;
  }

  /** The loss that curves reach at the top. */
  get #high(): number {
    return 1.5 * (this.baseline || 1);
  }

  #heads(): string[] {
    const say = runsStrings[this.#language];
    return [say.rate(), say.verdict(), say.solvedShare(), say.loss(), say.rises(), say.swing(), say.update(), "η·λmax"];
  }

  #cells(result: RateResult): string[] {
    const { rate, verdict, solved, loss, rises, swing, update, etaLambdaMax } = result;
    const percent = (share: number): string => `${Math.round(100 * share)} %`;
    const numbers = [loss, swing, update].map((value) => showNumber(value));
    return [
      showNumber(rate),
      runsStrings[this.#language][verdict](),
      percent(solved),
      numbers[0],
      percent(rises),
      numbers[1],
      numbers[2],
      etaLambdaMax === null ? "–" : showNumber(etaLambdaMax),
    ];
  }

  #footer(): string[] {
    const say = runsStrings[this.#language];
    const suggested = this.rates[0].suggestedRate;
    return [
      say.trainedFor(String(this.epochs), String(this.seeds.length), showNumber(this.baseline)),
      suggested === null ? say.noSuggestion() : say.suggested(showNumber(suggested)),
    ];
  }

  /** A table of the rates, with a line of bars for the loss of the first seed. */
  protected override draw(): string {
    const rows = this.rates.map((result) => [...this.#cells(result), sparkline(result.runs[0].losses, this.#high)]);
    const table = textTable([[...this.#heads(), ""], ...rows], [
      "right",
      "left",
      ...Array.from({ length: 6 }, () => "right" as const),
      "left",
    ]);
    return [...table, ...this.#footer()].join("\n");
  }

  /** The table, with curves of all seeds. */
  override toHTML(): string {
    const say = runsStrings[this.#language];
    const cell = (content: Markup | string): Markup =>
      element("td", { style: "padding:2px 8px;text-align:right" }, content);
    const rows = this.rates.map((result) => {
      const title = say.curvesTitle(showNumber(result.rate), showNumber(result.loss));
      const curves = smallCurves(result.runs.map(({ losses }) => losses), this.#high, this.epochs, title);
      return element("tr", {}, [...this.#cells(result), curves].map(cell));
    });
    const heads = [...this.#heads(), say.curves()].map((head) => element("th", { scope: "col" }, head));
    return element(
      "div",
      {},
      element("table", {}, element("tr", {}, heads), rows),
      this.#footer().map((line) => element("p", {}, line)),
    ).text;
  }

  /** All numbers, with kind and version; what is not finite is null. */
  override toJSON(): unknown {
    return plainData({ kind: "rate comparison", version: 1, ...this });
  }
}
