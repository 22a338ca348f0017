import { Drawing } from "../../drawing/drawing.ts";
import type { Language } from "../../drawing/language.ts";
import { element, type Markup } from "../../drawing/markup.ts";
import { showNumber } from "../../drawing/maths.ts";
import { type Colour, cssColour, paint, PALETTE } from "../../drawing/paint.ts";
import { plainData } from "../../drawing/plain_data.ts";
import { place, svg } from "../../drawing/svg.ts";
import { cleanText } from "../../errors/clean_text.ts";
import { runsStrings } from "../strings/runs_strings.ts";
import { bandOf, drawField, type Field, scaleOf } from "./field.ts";

/** One of the two directions of a plane. */
export interface PlaneAxis {
  /** Where the map begins, in lengths of the direction from the center. */
  readonly low: number;
  /** Where it ends. */
  readonly high: number;
  /** The share of the points' variance along it, of principal components; else null. */
  readonly explained: number | null;
  /** The eigenvalue of the Hessian that it belongs to; else null. */
  readonly eigenvalue: number | null;
}

/** A point of a path, put down on the plane. */
export interface PlanePoint {
  /** After how many epochs. */
  readonly epoch: number;
  /** Where it lies on the plane. */
  readonly at: readonly [a: number, b: number];
  /** Its true loss. */
  readonly loss: number;
  /** The loss of the plane there. */
  readonly planeLoss: number;
  /** How far from the plane its weights are. */
  readonly distance: number;
}

/** A path on a plane. */
export interface PlanePath {
  /** What it is called. */
  readonly label: string;
  /** About a hundred points of it. */
  readonly points: readonly PlanePoint[];
}

const BANDS = 10;
const COLOURS = scaleOf(BANDS, [0, 60, 100]);
const SHADES = " .:-=+*#%@";
const SIZE = 380, LEFT = 10, TOP = 10, LINE = 16;
/** Colours and dashes of paths. */
const STROKES: readonly Colour[] = [1, 5, 2, 3, 4, 6].map((i) => PALETTE[i]);
const DASHES = [undefined, "6 3", "2 3", "9 3 2 3"];
/** Columns and rows of a map in a terminal, at most. */
const COLUMNS = 60, ROWS = 24;

/** The loss over a plane of the weights. */
export class LossPlane extends Drawing implements Field {
  /** Which plane. */
  readonly plane: "principal components" | "random" | "hessian";
  /** Its directions, to the right and up. */
  readonly axes: readonly [PlaneAxis, PlaneAxis];
  /** Losses in a row of the map. */
  readonly columns: number;
  /** Rows of the map. */
  readonly rows: number;
  /** The losses, row by row from the top. */
  readonly values: readonly number[];
  /** The loss of the model itself. */
  readonly loss: number;
  /** The paths. */
  readonly paths: readonly PlanePath[];
  readonly #language: Language;

  /** @ignore */
  constructor(found: Omit<LossPlane, keyof Drawing>, language: Language) {
    super();
    this.plane = found.plane;
    this.axes = found.axes;
    this.columns = found.columns;
    this.rows = found.rows;
    this.values = found.values;
    this.loss = found.loss;
    this.paths = found.paths;
    this.#language = language;
  }

  /** Where bands meet: even steps, or even ratios where the loss goes through more than a factor of 20; the top 5 % are one band. */
  get #levels(): readonly number[] {
    const sorted = [...this.values, ...this.paths.flatMap(({ points }) => points.map(({ loss }) => loss))]
      .filter(Number.isFinite).sort((a, b) => a - b);
    if (sorted.length === 0) return [];
    const [low, high] = [sorted[0], sorted[Math.floor(0.95 * (sorted.length - 1))]];
    const isLog = low > 0 && high > 20 * low;
    return Array.from({ length: BANDS - 1 }, (_, i) => {
      const share = (i + 1) / (BANDS - 1);
      return isLog ? low * (high / low) ** share : low + (high - low) * share;
    });
  }

  /** Where a point lies, as shares of the map from the upper left. */
  #shareOf({ at }: Pick<PlanePoint, "at">): [x: number, y: number] {
    const [x, y] = this.axes.map(({ low, high }, i) => (at[i] - low) / (high - low));
    return [x, 1 - y];
  }

  #sentences(): string[] {
    const say = runsStrings[this.#language];
    const [a, b] = this.axes;
    const percent = (share: number): string => String(Math.round(1000 * share) / 10);
    const lines = [
      this.plane === "random"
        ? say.planeRandom()
        : this.plane === "hessian"
        ? say.planeHessian(showNumber(a.eigenvalue!), showNumber(b.eigenvalue!))
        : say.planePrincipal(percent(a.explained! + b.explained!), percent(a.explained!), percent(b.explained!)),
      say.planeModel(showNumber(this.loss)),
      ...this.paths.map(({ label, points }) => {
        const most = (of: (point: PlanePoint) => number): string =>
          showNumber(points.reduce((m, p) => Math.max(m, of(p)), 0));
        return say.planePath(
          cleanText(label),
          showNumber(points[0].loss),
          showNumber(points[points.length - 1].loss),
          most(({ distance }) => distance),
          most(({ loss, planeLoss }) => Math.abs(loss - planeLoss) || 0),
        );
      }),
    ];
    if (this.paths.length > 0) lines.push(say.planeMarks());
    return lines;
  }

  /** The map in characters, darker where the loss is higher, with a letter for each path, capital at its end. */
  protected override draw(color: boolean): string {
    const [columns, rows] = [Math.min(COLUMNS, 2 * this.columns), Math.min(ROWS, this.rows)];
    const levels = this.#levels;
    const map = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        const [x, y] = [(column + 0.5) / columns * this.columns, (row + 0.5) / rows * this.rows].map(Math.floor);
        return SHADES[Math.min(BANDS - 1, bandOf(this.values[y * this.columns + x], levels))];
      }));
    this.paths.forEach(({ points }, k) => {
      const letter = String.fromCharCode(97 + k % 26);
      points.forEach((point, i) => {
        const [x, y] = this.#shareOf(point);
        const row = Math.min(rows - 1, Math.max(0, Math.floor(y * rows)));
        const text = i === points.length - 1 ? letter.toUpperCase() : letter;
        map[row][Math.min(columns - 1, Math.max(0, Math.floor(x * columns)))] = color
          ? paint(text, STROKES[k % STROKES.length])
          : text;
      });
    });
    const scale = levels.length === 0
      ? ""
      : `"${SHADES}": ${showNumber(levels[0])} … ${showNumber(levels[levels.length - 1])}`;
    const legend = this.paths.map(({ label }, k) => `${String.fromCharCode(97 + k % 26)}: ${cleanText(label)}`);
    return [...map.map((row) => row.join("")), [scale, ...legend].join("   "), ...this.#sentences()].join("\n");
  }

  /** The map with level lines and paths, and what there is to say of it. */
  override toHTML(): string {
    const say = runsStrings[this.#language];
    const levels = this.#levels;
    const sentences = this.#sentences();
    const at = (point: PlanePoint): string => this.#shareOf(point).map((share) => place(share * SIZE)).join(" ");
    const height = TOP + SIZE + 22 + 8 + LINE * this.paths.length + 4;
    const text = (content: string, x: number, y: number, anchor = "start"): Markup =>
      element("text", { x, y, fill: "currentColor", "text-anchor": anchor }, content);
    const picture = svg(
      { width: LEFT + SIZE + 90, height, title: say.planeTitle(), description: sentences.join(" ") },
      element(
        "g",
        { transform: `translate(${LEFT} ${TOP})` },
        drawField(this, { width: SIZE, height: SIZE }, levels, COLOURS.slice(0, levels.length + 1)),
        // Planes through directions have the model in the middle of these.
        this.plane === "principal components" ? null : element("path", {
          d: `M${this.#shareOf({ at: [0, 0] }).map((share) => place(share * SIZE)).join(" ")}m-6 0h12m-6-6v12`,
          stroke: "#000",
          "stroke-width": 2,
        }),
        this.paths.map(({ points }, k) =>
          element("path", {
            d: `M${points.map(at).join("L")}`,
            fill: "none",
            ...strokeOf(k),
            "stroke-linejoin": "round",
          })
        ),
        this.paths.map(({ points }, k) =>
          points.map((point, i) => {
            const [cx, cy] = at(point).split(" ");
            const isEnd = i === points.length - 1;
            return element("circle", {
              cx,
              cy,
              r: isEnd ? 6 : i === 0 ? 4.5 : 2,
              fill: cssColour(COLOURS[bandOf(point.loss, levels)] ?? COLOURS[0]),
              stroke: strokeOf(k).stroke,
              "stroke-width": isEnd || i === 0 ? 2 : 0.8,
            });
          })
        ),
      ),
      COLOURS.slice(0, levels.length + 1).map((colour, i, all) => {
        const y = TOP + SIZE - (i + 1) * SIZE / all.length;
        return [
          element("rect", {
            x: LEFT + SIZE + 12,
            y: place(y),
            width: 14,
            height: place(SIZE / all.length),
            fill: cssColour(colour),
            stroke: "#444",
            "stroke-width": 0.5,
          }),
          i < levels.length ? text(showNumber(levels[i]), LEFT + SIZE + 31, place(y + 4)) : null,
        ];
      }),
      this.axes.map((axis, i) => {
        const name = this.plane === "hessian" ? ["λmax", "λmin"][i] : String(i + 1);
        const range = `${say.direction(name)}: ${showNumber(axis.low)} … ${showNumber(axis.high)}`;
        return text(`${i === 0 ? "→" : "↑"} ${range}`, LEFT + i * (SIZE / 2 + 10), TOP + SIZE + 18);
      }),
      this.paths.map(({ label }, k) => {
        const y = TOP + SIZE + 30 + LINE * k;
        return [
          element("path", { d: `M${LEFT} ${y + 4}h26`, fill: "none", ...strokeOf(k) }),
          text(cleanText(label), LEFT + 32, y + 8),
        ];
      }),
    );
    return element("div", {}, picture, element("ul", {}, sentences.map((line) => element("li", {}, line)))).text;
  }

  /** All numbers, with kind and version; what is not finite is null. */
  override toJSON(): unknown {
    return plainData({ kind: "loss plane", version: 1, ...this });
  }
}

function strokeOf(k: number): Readonly<Record<string, string | number | undefined>> {
  return {
    stroke: cssColour(STROKES[k % STROKES.length]),
    "stroke-width": 2,
    "stroke-dasharray": DASHES[k % DASHES.length],
  };
}
