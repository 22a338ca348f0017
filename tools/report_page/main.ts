/// <reference lib="dom" />
/**
 * The script of a report's page: reads the data that stands in the page, and draws it. Bundled with the plotting library by
 * tools/bundle_report.ts.
 *
 * @module
 */
import { legend } from "npm:@observablehq/plot@0.6.17";
import type { ReportData, ReportParameter } from "../../src/search/report/report_data.ts";
import { formatValue } from "./format_value.ts";
import { type CellScore, drawHeatMap } from "./heat_map.ts";
import { drawImportanceBars } from "./importance_bars.ts";
import { drawLearningCurves } from "./learning_curves.ts";
import { makeElement } from "./make_element.ts";
import { drawParallelCoordinates } from "./parallel_coordinates.ts";
import { type ScoreColor, scoreColor } from "./score_color.ts";
import { drawSearchProgress } from "./search_progress.ts";
import { makeTrialTable } from "./trial_table.ts";

const data: ReportData = JSON.parse(document.getElementById("data")!.textContent!);
const root = document.getElementById("report")!;
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Charts draw themselves again when the page's width or its colours change. */
const drawings: ((color: ScoreColor) => void)[] = [];

function drawAll(): void {
  const color = scoreColor(data, dark.matches);
  for (const draw of drawings) draw(color);
}

/** A card with a heading, controls and a place for a chart. */
function addChart(
  title: string,
  { note, controls = [], isWide = false, draw }: {
    note: string;
    controls?: readonly HTMLElement[];
    isWide?: boolean;
    draw: (color: ScoreColor, width: number) => Element;
  },
): void {
  const place = makeElement("div", { class: "chart" });
  const head = makeElement("div", { class: "head" }, makeElement("h2", {}, title), ...controls);
  root.append(
    makeElement("section", isWide ? { class: "wide" } : {}, head, makeElement("p", { class: "note" }, note), place),
  );
  drawings.push((color) => place.replaceChildren(draw(color, Math.max(280, place.clientWidth))));
}

/** A choice that draws all charts again. */
function makeSelect(label: string, options: readonly string[], chosen: number): HTMLSelectElement {
  const select = makeElement(
    "select",
    { "aria-label": label },
    ...options.map((text, i) => makeElement("option", { value: String(i) }, text)),
  );
  select.selectedIndex = chosen;
  select.addEventListener("change", drawAll);
  return select;
}

function addHeader(): void {
  const { trials, monitor, direction } = data;
  root.append(makeElement("h1", {}, data.title));
  const best = trials.find(({ status, score }) => status === "done" && score !== null);
  if (best !== undefined) {
    const error = best.standardError === null ? "" : ` ± ${formatValue(Number(best.standardError.toPrecision(2)))}`;
    const params = Object.entries(best.params).map(([name, value]) =>
      makeElement("span", { class: "chip" }, makeElement("b", {}, name), ` ${formatValue(value)}`)
    );
    root.append(
      makeElement(
        "section",
        { class: "wide best" },
        makeElement("p", { class: "note" }, `Best trial: number ${best.id}`),
        makeElement("p", { class: "score" }, makeElement("b", {}, formatValue(best.score)), `${error} ${monitor}`),
        makeElement("p", {}, ...params),
      ),
    );
  }
  const counts = new Map<string, number>();
  for (const { status } of trials) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
  const seconds = trials.reduce((sum, trial) => sum + trial.seconds, 0);
  const epochs = trials.reduce((sum, trial) => sum + trial.epochs, 0);
  const rule = direction === "max" ? "larger is better" : "smaller is better";
  root.append(
    makeElement(
      "p",
      { class: "wide facts" },
      `${trials.length} trials (${parts}), ${epochs} epochs, ${
        formatValue(Number(seconds.toPrecision(3)))
      } s of training. ` +
        `Score: ${monitor}, ${rule}.`,
    ),
    makeElement("div", { class: "wide legend" }),
  );
  drawings.push((color) => root.querySelector(".legend")!.replaceChildren(legend({ color, width: 300 })!));
}

function addCharts(): void {
  const { parameters, trials } = data;
  const hasScores = trials.some(({ score }) => score !== null);
  if (hasScores) {
    addChart("Parallel coordinates", {
      note:
        "A line for every trial (at most 1,000), the best on top. The worst tenth lies at the lower end of the score.",
      isWide: true,
      draw: (color, width) => drawParallelCoordinates(data, color, width),
    });
    addHeatMap(parameters);
  }
  const names = [...new Set(trials.flatMap(({ curves = {} }) => Object.keys(curves)))];
  if (names.length > 0) {
    const name = makeSelect("What to show", names, Math.max(0, names.indexOf(data.monitor)));
    const scale = makeSelect("Scale", ["linear", "logarithmic"], 0);
    addChart("Learning curves", {
      note: data.areAllCurves
        ? "A curve for every trial; the best stands out."
        : `${data.curveCount} of the trials: the best, and evenly spaced ones of the others.`,
      controls: [name, scale],
      draw: (color, width) => {
        return drawLearningCurves(data, names[name.selectedIndex], { color, width, isLog: scale.selectedIndex === 1 });
      },
    });
  }
  if (hasScores) {
    addChart("Progress of the search", {
      note: "The score of every trial in the order in which they were proposed; the line is the best so far.",
      draw: (color, width) => drawSearchProgress(data, color, width),
    });
  }
  if (parameters.some(({ importance }) => importance !== null)) {
    addChart("Importance of the parameters", {
      note: "How much of the score's variation each parameter explains.",
      draw: (_, width) => drawImportanceBars(parameters, width),
    });
  }
}

/** Begins with the two most important parameters that vary. */
function addHeatMap(parameters: readonly ReportParameter[]): void {
  const names = parameters.map(({ name }) => name);
  const count = (name: string): number =>
    new Set(data.trials.map(({ params }) => Object.hasOwn(params, name) ? params[name] : undefined)).size;
  const ranked = names.map((_, i) => i).sort((a, b) =>
    Number(count(names[b]) > 1) - Number(count(names[a]) > 1) ||
    (parameters[b].importance ?? 0) - (parameters[a].importance ?? 0)
  );
  const x = makeSelect("Across", names, ranked[0]);
  const y = makeSelect("Up", names, ranked[1] ?? ranked[0]);
  const show = makeSelect("What a cell shows", ["mean", "best"], 0);
  addChart("Heat map", {
    note: "The score over two parameters; the others vary within a cell.",
    controls: [x, y, show],
    draw: (color, width) => {
      const pair = [parameters[x.selectedIndex], parameters[y.selectedIndex]] as const;
      return drawHeatMap(data, pair, { color, width, show: (["mean", "best"] as CellScore[])[show.selectedIndex] });
    },
  });
}

root.replaceChildren();
addHeader();
addCharts();
root.append(
  makeElement("section", { class: "wide" }, makeElement("h2", {}, "Trials"), makeTrialTable(data)),
  makeElement(
    "section",
    { class: "wide" },
    makeElement("h2", {}, "Settings"),
    makeElement(
      "p",
      { class: "note" },
      "With the same build, data and these settings the search gives the same trials again.",
    ),
    makeElement("pre", {}, JSON.stringify(data.settings, null, 2)),
  ),
);
drawAll();
dark.addEventListener("change", drawAll);
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth !== width) drawAll();
  width = innerWidth;
});
