import { element, type Markup } from "../../drawing/markup.ts";
import { blend, type Colour, cssColour } from "../../drawing/paint.ts";
import { place } from "../../drawing/svg.ts";

/** Values over a rectangle: rows from the top, each from the left; every value stands for the middle of its cell. */
export interface Field {
  /** How many values a row has. */
  readonly columns: number;
  /** How many rows there are. */
  readonly rows: number;
  /** The values, row by row. */
  readonly values: ArrayLike<number>;
}

/** White, between the colours of both ends of a scale. */
const WHITE: Colour = [255, 255, 255];

/** So many colours from `low` over white to `high`; without `low` from white on. */
export function scaleOf(count: number, high: Colour, low?: Colour): readonly Colour[] {
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 1 : i / (count - 1);
    if (low === undefined) return blend(WHITE, high, share);
    return share < 0.5 ? blend(low, WHITE, 2 * share) : blend(WHITE, high, 2 * share - 1);
  });
}

/** The number of the band that a value is in: how many levels are at or below it. What is not finite is in the last one. */
export function bandOf(value: number, levels: readonly number[]): number {
  return Number.isFinite(value) ? levels.filter((level) => value >= level).length : levels.length;
}

/**
 * A field as bands of colour, with lines at some levels.
 *
 * @param levels ascending: between them lie the bands
 * @param colours one more than levels
 * @param lines the levels that get a line; default all
 */
export function drawField(
  field: Field,
  { width, height }: { readonly width: number; readonly height: number },
  levels: readonly number[],
  colours: readonly Colour[],
  lines: readonly number[] = levels,
): Markup[] {
  const { columns, rows, values } = field;
  const [across, down] = [width / columns, height / rows];
  const bands = colours.map(() => "");
  for (let row = 0; row < rows; row++) {
    for (let from = 0; from < columns;) {
      const band = bandOf(values[row * columns + from], levels);
      let to = from + 1;
      while (to < columns && bandOf(values[row * columns + to], levels) === band) to++;
      bands[band] += `M${place(from * across)} ${place(row * down)}h${place((to - from) * across)}v${place(down)}h-${
        place((to - from) * across)
      }z`;
      from = to;
    }
  }
  return [
    // Crisp edges: no seams between the rows.
    element(
      "g",
      { "shape-rendering": "crispEdges" },
      bands.map((d, i) => d === "" ? null : element("path", { d, fill: cssColour(colours[i]) })),
    ),
    ...lines.map((level) =>
      element("path", {
        d: traceLevel(field, level).map(([x, y, u, v]) =>
          `M${place((x + 0.5) * across)} ${place((y + 0.5) * down)}L${place((u + 0.5) * across)} ${
            place((v + 0.5) * down)
          }`
        ).join(""),
        stroke: "#444",
        fill: "none",
        "stroke-width": 0.7,
      })
    ),
  ];
}

/** The line on which a field has a value, as pieces from (x, y) to (u, v), in cells, by marching squares. */
export function traceLevel(
  { columns, rows, values }: Field,
  level: number,
): (readonly [x: number, y: number, u: number, v: number])[] {
  const pieces: (readonly [number, number, number, number])[] = [];
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const at = y * columns + x;
      // The corners clockwise from the upper left.
      const corners = [values[at], values[at + 1], values[at + columns + 1], values[at + columns]];
      if (!corners.every(Number.isFinite)) continue;
      const isAbove = corners.map((value) => value >= level);
      const crossings: (readonly [number, number])[] = [];
      for (let side = 0; side < 4; side++) {
        const [from, to] = [corners[side], corners[(side + 1) % 4]];
        if (isAbove[side] === isAbove[(side + 1) % 4]) continue;
        const t = (level - from) / (to - from);
        crossings.push([[x + t, y], [x + 1, y + t], [x + 1 - t, y + 1], [x, y + 1 - t]][side] as [number, number]);
      }
      // In a saddle the middle says which corners hang together.
      const isTurned = crossings.length === 4 && (corners.reduce((a, b) => a + b) / 4 >= level) !== isAbove[0];
      if (isTurned) crossings.unshift(crossings.pop()!);
      for (let k = 0; k + 1 < crossings.length; k += 2) pieces.push([...crossings[k], ...crossings[k + 1]]);
    }
  }
  return pieces;
}
