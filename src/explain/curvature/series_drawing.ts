import { Drawing } from "../../drawing/drawing.ts";
import type { Language } from "../../drawing/language.ts";
import { element, type Markup } from "../../drawing/markup.ts";
import { showNumber } from "../../drawing/maths.ts";
import { cssColour, PALETTE } from "../../drawing/paint.ts";
import { plainData } from "../../drawing/plain_data.ts";
import { place, svg } from "../../drawing/svg.ts";
import { textTable } from "../../drawing/text_table.ts";
import { runsStrings } from "../strings/runs_strings.ts";
import { smallCurves, sparkline } from "./curves.ts";
import { drawField, type Field, scaleOf } from "./field.ts";

/** What the first seed's model answers over a rectangle. */
export interface Boundary extends Field {
  /** The range of the first feature, left to right. */
  readonly x: readonly [low: number, high: number];
  /** The range of the second feature, bottom to top. */
  readonly y: readonly [low: number, high: number];
  /** The samples: both features and the label. */
  readonly points: readonly (readonly number[])[];
}

/** One size with one rate after so many epochs. */
export interface SeriesCell {
  /** The size of the hidden layer. */
  readonly hidden: number;
  /** The learning rate. */
  readonly rate: number;
  /** How many epochs. */
  readonly epochs: number;
  /** The share of seeds that solved the task by then. */
  readonly solved: number;
  /** The median loss of the last epoch; Infinity where it was not finite. */
  readonly loss: number;
  /** The loss of every epoch, by seed. */
  readonly losses: readonly (readonly number[])[];
  /** What the first seed's model answers; null where that is no picture, or its training exploded. */
  readonly boundary: Boundary | null;
}

/** The side of a boundary in pixels. */
const SIDE = 72;
/** Between which answers the colours change. */
const LEVELS = [1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6];
const COLOURS = scaleOf(LEVELS.length + 1, PALETTE[1], PALETTE[0]);
/** Samples that are drawn. */
const POINTS = 200;

/** Hidden sizes × rates × epochs on one page. */
export class Series extends Drawing {
  /** The sizes of the hidden layer. */
  readonly hidden: readonly number[];
  /** The learning rates. */
  readonly rates: readonly number[];
  /** After how many epochs it was looked, ascending. */
  readonly epochs: readonly number[];
  /** The seeds. */
  readonly seeds: readonly number[];
  /** The loss of answering with the mean label. */
  readonly baseline: number;
  /** One entry for each size, rate and number of epochs. */
  readonly cells: readonly SeriesCell[];
  readonly #language: Language;

  /** @ignore */
  constructor(found: Omit<Series, keyof Drawing | "cellOf" | "toPage">, language: Language) {
    super();
    this.hidden = found.hidden;
    this.rates = found.rates;
    this.epochs = found.epochs;
    this.seeds = found.seeds;
    this.baseline = found.baseline;
    this.cells = found.cells;
    this.#language = language;
  }

  /** The cell of a size, a rate and a number of epochs. */
  cellOf(hidden: number, rate: number, epochs: number): SeriesCell | undefined {
    return this.cells.find((cell) => cell.hidden === hidden && cell.rate === rate && cell.epochs === epochs);
  }

  get #high(): number {
    return 1.5 * (this.baseline || 1);
  }

  #title(epochs: number): string {
    return runsStrings[this.#language].seriesTitle(String(epochs), String(this.seeds.length));
  }

  /** For every number of epochs a table: sizes down, rates to the right, the share of solved seeds and the first seed's loss. */
  protected override draw(): string {
    const say = runsStrings[this.#language];
    const tables = this.epochs.map((epochs) => {
      const rows = this.hidden.map((size) => [
        say.hidden(String(size)),
        ...this.rates.map((rate) => {
          const { solved, losses } = this.cellOf(size, rate, epochs)!;
          return `${percent(solved).padStart(5)} ${sparkline(losses[0], this.#high, 8).padEnd(8)}`;
        }),
      ]);
      const head = ["", ...this.rates.map((rate) => `${say.rate()} ${showNumber(rate)}`)];
      return [this.#title(epochs), "", ...textTable([head, ...rows])].join("\n");
    });
    return tables.join("\n\n");
  }

  #cell(cell: SeriesCell): Markup {
    const say = runsStrings[this.#language];
    const { hidden, rate, epochs, solved, loss, losses, boundary } = cell;
    const about = say.curvesTitle(showNumber(rate), showNumber(loss));
    return element(
      "td",
      { style: "padding:6px;text-align:center;vertical-align:top" },
      boundary === null ? null : drawBoundary(boundary, say.boundaryTitle(String(hidden), showNumber(rate))),
      element("br"),
      smallCurves(losses, this.#high, epochs, about),
      element("br"),
      say.solvedBy(percent(solved)),
    );
  }

  /** The tables with curves and boundaries. */
  override toHTML(): string {
    const say = runsStrings[this.#language];
    const th = (text: string, scope: string): Markup => element("th", { scope }, text);
    return element(
      "div",
      {},
      this.epochs.map((epochs) => [
        element("h2", {}, this.#title(epochs)),
        element(
          "table",
          {},
          element(
            "tr",
            {},
            element("td"),
            this.rates.map((rate) => th(`${say.rate()} ${showNumber(rate)}`, "col")),
          ),
          this.hidden.map((size) =>
            element(
              "tr",
              {},
              th(say.hidden(String(size)), "row"),
              this.rates.map((rate) => this.#cell(this.cellOf(size, rate, epochs)!)),
            )
          ),
        ),
      ]),
      element("p", {}, say.seriesLegend(showNumber(this.#high))),
    ).text;
  }

  /** The tables as a page of its own, one HTML document that loads nothing and has no script. */
  toPage(): string {
    const title = runsStrings[this.#language].seriesName();
    return `<!doctype html>\n<html lang="${this.#language}"><head><meta charset="utf-8"><title>${title}</title>` +
      `<meta name="viewport" content="width=device-width"><style>body{font:14px system-ui,sans-serif;margin:2em}</style>` +
      `</head><body><main><h1>${title}</h1>${this.toHTML()}</main></body></html>\n`;
  }

  /** All numbers, with kind and version; what is not finite is null. */
  override toJSON(): unknown {
    return plainData({ kind: "series", version: 1, ...this });
  }
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

/** Blue for 0, orange for 1, a line at 0.5; samples as circles and triangles. */
function drawBoundary(boundary: Boundary, title: string): Markup {
  const { x: [left, right], y: [bottom, top], points } = boundary;
  const marks = points.slice(0, POINTS).map(([a, b, label]) => {
    const x = place((a - left) / (right - left) * SIDE);
    const y = place((top - b) / (top - bottom) * SIDE);
    const isHigh = label > 0.5;
    return element("path", {
      d: isHigh ? `M${x} ${y - 4}l4 7h-8z` : `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z`,
      fill: cssColour(PALETTE[isHigh ? 1 : 0]),
      stroke: "#000",
    });
  });
  return svg(
    { width: SIDE, height: SIDE, title },
    drawField(boundary, { width: SIDE, height: SIDE }, LEVELS, COLOURS, [0.5]),
    marks,
  );
}
