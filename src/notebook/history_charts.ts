import { type Curve, lineChart } from "../drawing/line_chart.ts";
import { element, type Markup } from "../drawing/markup.ts";
import type { History } from "../training/history.ts";

/** More charts than these are not looked at. */
const MOST_CHARTS = 12;
/** More curves than these cannot be told apart in one chart. */
const MOST_CURVES = 8;

/** The curves of a history, a chart for each name with its `val_` twin; what is no number, or a matrix of them, has none. */
export function historyCharts({ epoch, history, params }: Pick<History, "epoch" | "history" | "params">): Markup {
  const places = epoch.map((each) => each + 1);
  const validated = places.filter((each) => each % (params.validationFreq ?? 1) === 0);
  const curvesOf = (name: string): Curve[] => {
    const values: readonly unknown[] = history[name];
    // What does not stand in every epoch stands in those that were validated, or nobody knows in which: then evenly.
    const at = [places, validated].find(({ length }) => length === values.length) ?? spread(values.length, places);
    return split(name, values).map((curve) => ({ ...curve, at }));
  };
  const names = Object.keys(history);
  const charts = names.flatMap((name) => {
    if (name.startsWith("val_") && names.includes(name.slice(4))) return [];
    const curves = [name, ...names.filter((other) => other === `val_${name}`)].flatMap(curvesOf);
    return curves.length === 0 ? [] : [lineChart({ title: name, curves: curves.slice(0, MOST_CURVES) })];
  });
  return element("div", { style: "display:flex;flex-wrap:wrap;gap:8px" }, charts.slice(0, MOST_CHARTS));
}

/** The curves of a name: one of numbers, several of lists of one length. */
function split(name: string, values: readonly unknown[]): Curve[] {
  if (values.length === 0) return [];
  if (values.every((value) => typeof value === "number")) return [{ name, values: values as number[] }];
  const width = Array.isArray(values[0]) ? values[0].length : 0;
  const areLists = values.every((value) =>
    Array.isArray(value) && value.length === width && value.every((each) => typeof each === "number")
  );
  if (!areLists) return [];
  return Array.from({ length: Math.min(width, MOST_CURVES) }, (_, i) => {
    return { name: `${name}[${i}]`, values: (values as number[][]).map((value) => value[i]) };
  });
}

function spread(count: number, places: readonly number[]): number[] {
  const [first, last] = [places[0] ?? 1, places.at(-1) ?? 1];
  return Array.from({ length: count }, (_, i) => count === 1 ? last : first + i / (count - 1) * (last - first));
}
