import { element, type Markup } from "../../drawing/markup.ts";
import { cssColour, PALETTE } from "../../drawing/paint.ts";
import { place, svg } from "../../drawing/svg.ts";

const BARS = "▁▂▃▄▅▆▇█";

/** Values as a line of bars between 0 and `high`, `×` where they are not finite. */
export function sparkline(values: readonly number[], high: number, width = 16): string {
  const count = Math.min(width, values.length);
  return Array.from({ length: count }, (_, i) => {
    const part = values.slice(Math.floor(i * values.length / count), Math.floor((i + 1) * values.length / count));
    const mean = part.reduce((a, b) => a + b, 0) / part.length;
    return Number.isFinite(mean) ? BARS[Math.max(0, Math.min(7, Math.floor(8 * mean / high)))] : "×";
  }).join("");
}

/** Points of a small curve at most. */
const POINTS = 40;
const WIDTH = 110, HEIGHT = 40;

/** Small curves over each other, between 0 and `high`: what is above is drawn at the top. @param last epochs that the width stands for */
export function smallCurves(all: readonly (readonly number[])[], high: number, last: number, title: string): Markup {
  const paths = all.map((values) => {
    let path = "";
    const step = Math.max(1, (values.length - 1) / POINTS);
    for (let k = 0; k < values.length; k += step) {
      const i = Math.round(k);
      const y = Number.isFinite(values[i]) ? Math.min(1, values[i] / high) : 1;
      path += `${path === "" ? "M" : "L"}${place(i / Math.max(1, last - 1) * WIDTH)} ${
        place((1 - y) * (HEIGHT - 2) + 1)
      }`;
    }
    return element("path", { d: path });
  });
  return svg(
    { width: WIDTH, height: HEIGHT, title },
    element("path", { d: `M0 ${HEIGHT - 1}h${WIDTH}`, stroke: "currentColor", "stroke-opacity": 0.3 }),
    element("g", { fill: "none", stroke: cssColour(PALETTE[0]), "stroke-opacity": all.length > 3 ? 0.5 : 1 }, paths),
  );
}
