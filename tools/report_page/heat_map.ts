/// <reference lib="dom" />
import { largestOf } from "../../src/tensor/largest_of.ts";
import { cell, dot, plot, pointer, text, tip } from "npm:@observablehq/plot@0.6.17";
import type { ReportData, ReportParameter, ReportTrial } from "../../src/search/report/report_data.ts";
import { formatValue } from "./format_value.ts";
import { layParameter } from "./lay_parameter.ts";
import type { ScoreColor } from "./score_color.ts";

const MOST_VALUES = 16;
const BINS = 8;

/** The cells of one side of the map, in order, and which cell a trial is in. */
interface Side {
  readonly labels: readonly string[];
  readonly ranges: readonly string[];
  cellOf(trial: ReportTrial): number;
}

interface Cell {
  readonly x: number;
  readonly y: number;
  readonly score: number;
  readonly count: number;
}

/** What a cell shows: the mean of the scores in it, or the best of them. */
export type CellScore = "mean" | "best";

/** The scores over two parameters, each cut into cells; dots over one if both are the same. */
export function drawHeatMap(
  data: ReportData,
  [first, second]: readonly [ReportParameter, ReportParameter],
  { color, width, show }: { color: ScoreColor; width: number; show: CellScore },
): Element {
  const trials = data.trials.filter(({ score }) => score !== null);
  const [x, y] = [cutSide(first, trials), cutSide(second, trials)];
  const groups = new Map<string, { x: number; y: number; scores: number[] }>();
  for (const trial of trials) {
    const [i, j] = [x.cellOf(trial), y.cellOf(trial)];
    const group = groups.get(`${i} ${j}`) ?? { x: i, y: j, scores: [] };
    groups.set(`${i} ${j}`, group);
    group.scores.push(trial.score!);
  }
  const cells = [...groups.values()].map(({ x, y, scores }): Cell => ({
    x,
    y,
    score: show === "mean" ? scores.reduce((sum, each) => sum + each, 0) / scores.length : scores[0], // sorted: the best
    count: scores.length,
  }));
  const side = ({ labels }: Side) => ({
    domain: labels.map((_, i) => i),
    tickFormat: (i: number) => cut(labels[i]),
    tickSize: 0,
  });
  const hasRoom = width / x.labels.length > 46;
  const middle = (color.domain[0] + color.domain[1]) / 2;
  const isDarkHigh = color.range[0] > color.range[1]; // the best is dark
  const isBetter = (score: number): boolean => (score - middle) * (color.domain[1] - color.domain[0]) > 0;
  return plot({
    width,
    height: 360,
    marginLeft: 84,
    marginBottom: 44,
    padding: 0.04,
    x: { ...side(x), label: cut(first.name) },
    y: { ...side(y), reverse: true, label: cut(second.name) },
    color,
    marks: [
      cell(cells, { x: "x", y: "y", fill: "score" }),
      ...(hasRoom
        ? [text(cells, {
          x: "x",
          y: "y",
          text: ({ score }: Cell) => formatValue(Number(score.toPrecision(3))),
          fill: ({ score }: Cell) => isBetter(score) === isDarkHigh ? "#fff" : "#000",
        })]
        : [dot([], {})]),
      tip(
        cells,
        pointer({
          lineHeight: 1.25,
          x: "x",
          y: "y",
          title: (each: Cell) =>
            `${first.name} ${x.ranges[each.x]}\n${second.name} ${y.ranges[each.y]}\n` +
            `${show} ${data.monitor} ${formatValue(each.score)} of ${each.count} ${
              each.count === 1 ? "trial" : "trials"
            }`,
        }),
      ),
    ],
  });
}

/** Cells for the values of a parameter; of numbers with many values, equal parts of their axis. */
function cutSide(parameter: ReportParameter, trials: readonly ReportTrial[]): Side {
  const { name } = parameter;
  const values = [...new Set(trials.map(({ params }) => Object.hasOwn(params, name) ? params[name] : undefined))];
  if (values.every((value) => typeof value === "number")) values.sort((a, b) => a - b);
  if (values.length <= MOST_VALUES || !values.every((value) => value === undefined || typeof value === "number")) {
    const places = new Map(values.map((value, i) => [value, i]));
    const cellOf = ({ params }: ReportTrial): number =>
      places.get(Object.hasOwn(params, name) ? params[name] : undefined)!;
    const labels = values.map(formatValue);
    return { labels, ranges: labels, cellOf };
  }
  const { position } = layParameter({ ...parameter, scale: parameter.scale === "log" ? "log" : "linear" }, trials);
  const cellOf = (trial: ReportTrial): number => {
    const at = position(trial);
    return at === undefined ? BINS : Math.min(BINS - 1, Math.floor(at * BINS));
  };
  const numbers = values.filter((value) => typeof value === "number");
  const low = -largestOf(numbers.map((value) => -value));
  const high = largestOf(numbers);
  const edge = (i: number): string => {
    const share = i / BINS;
    const value = parameter.scale === "log" && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
    return formatValue(Number(value.toPrecision(2)));
  };
  const cells = Array.from({ length: BINS }, (_, i) => i);
  const isPartial = trials.some((trial) => position(trial) === undefined);
  return {
    labels: [...cells.map((i) => edge(i + 0.5)), ...(isPartial ? ["–"] : [])],
    ranges: [...cells.map((i) => `${edge(i)} to ${edge(i + 1)}`), ...(isPartial ? ["not given"] : [])],
    cellOf,
  };
}

function cut(text: string): string {
  return text.length <= 14 ? text : `${text.slice(0, 13)}…`;
}
