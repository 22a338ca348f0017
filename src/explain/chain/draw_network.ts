import { element, type Markup } from "../../drawing/markup.ts";
import { showNumber } from "../../drawing/maths.ts";
import { place, signStyle, svg } from "../../drawing/svg.ts";
import type { ChainRule } from "./chain_rule.ts";
import type { LayerRows } from "./describe_network.ts";

/** More units in a column than so many are not drawn, nor are more columns. */
const MOST_UNITS = 8;
const MOST_COLUMNS = 8;
const COLUMN = 170;
const ROW = 78;
const RADIUS = 24;
const TOP = 40;

interface Column {
  readonly title: string;
  readonly values: readonly number[];
  readonly gradients: readonly number[] | null;
  readonly units: number;
  /** The layer that the column is given by; null for the input. */
  readonly layer: string | null;
}

/**
 * A network of layers one behind the other as columns of units, with what they give and ∂E/∂a below it; lines are weights, blue and dashed where
 * they are negative, thicker where they are larger. null where it has another form, or is too large to be read.
 */
export function drawNetwork(
  chain: ChainRule,
  layers: readonly LayerRows[],
  title: string,
  description: string,
): Markup | null {
  const columns: Column[] = [];
  for (const { layer, number, rows, units } of layers) {
    if (number === 0 && !layer.startsWith("x")) continue;
    if (number === 0 && columns.length > 0) return null;
    const given = rows.find(({ name }) => ["x", "a", "ŷ"].includes(name));
    if (given === undefined || units > MOST_UNITS) return null;
    const back = rows.find(({ name }) => name === `∂E/∂${given.name}`);
    columns.push({
      title: number === 0 ? "x" : layer,
      values: given.values,
      gradients: back?.values ?? null,
      units,
      layer: number === 0 ? null : layer,
    });
  }
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return null;
  const tallest = columns.reduce((most, { units }) => Math.max(most, units), 0);
  const [width, height] = [columns.length * COLUMN - COLUMN + 2 * RADIUS + 80, TOP + tallest * ROW + 10];
  const at = (column: number, unit: number): [number, number] => {
    const start = TOP + (tallest - columns[column].units) * ROW / 2 + ROW / 2 - 8;
    return [40 + RADIUS + column * COLUMN, start + unit * ROW];
  };
  const lines = columns.flatMap((column, i) => i === 0 ? [] : drawWeights(chain, columns[i - 1], column, i, at));
  const circles = columns.flatMap(({ title, values, gradients }, i) => [
    element(
      "text",
      { x: at(i, 0)[0], y: 16, "text-anchor": "middle", "font-weight": "bold", fill: "currentColor" },
      cut(title),
    ),
    ...values.flatMap((value, unit) => {
      const [x, y] = at(i, unit);
      const { stroke, dash } = signStyle(value);
      return [
        element("circle", {
          cx: x,
          cy: place(y),
          r: RADIUS,
          fill: "#ffffff",
          stroke,
          "stroke-width": 2,
          "stroke-dasharray": dash,
        }),
        element("text", { x, y: place(y + 4), "text-anchor": "middle", fill: "#000000" }, showNumber(value)),
        gradients === null ? null : element("text", {
          x,
          y: place(y + RADIUS + 13),
          "text-anchor": "middle",
          fill: "currentColor",
          "font-size": 10,
        }, `∂E ${showNumber(gradients[unit])}`),
      ];
    }),
  ]);
  return svg({ width, height, title, description }, lines, circles);
}

/** The lines of a dense layer's kernel between two columns; none where the layer has no such kernel. */
function drawWeights(
  chain: ChainRule,
  from: Column,
  to: Column,
  column: number,
  at: (column: number, unit: number) => [number, number],
): Markup[] {
  const parameter = chain.trace.parameters.find(({ name }) => name === `${to.layer}/kernel`);
  if (parameter === undefined) return [];
  const { shape, value, gradient, name } = chain.node(parameter.node);
  if (shape.length !== 2 || shape[0] !== from.units || shape[1] !== to.units) return [];
  const largest = Float64Array.from(value).reduce((most, w) => Math.max(most, Math.abs(w)), 1e-30);
  return Array.from(value, (w, element_) => {
    const [i, j] = [Math.floor(element_ / to.units), element_ % to.units];
    const [[x1, y1], [x2, y2]] = [at(column - 1, i), at(column, j)];
    const { stroke, dash } = signStyle(w);
    const back = gradient === null ? "" : `, ∂E/∂w = ${showNumber(gradient[element_])}`;
    return element(
      "line",
      {
        x1: x1 + RADIUS,
        y1: place(y1),
        x2: x2 - RADIUS,
        y2: place(y2),
        stroke,
        "stroke-width": place(0.75 + 3 * Math.abs(w) / largest),
        "stroke-dasharray": dash,
      },
      element("title", {}, `${name}[${i},${j}] = ${showNumber(w)}${back}`),
    );
  });
}

function cut(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 20 ? text : `${characters.slice(0, 19).join("")}…`;
}
