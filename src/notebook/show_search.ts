import { element, type Markup } from "../drawing/markup.ts";
import { cssColour, PALETTE } from "../drawing/paint.ts";
import { place, svg } from "../drawing/svg.ts";
import { cleanText } from "../errors/clean_text.ts";
import { toBase64 } from "../files/to_base64.ts";
import type { ParameterImportance } from "../search/report/importance.ts";
import type { SearchResult } from "../search/report/search_result.ts";
import { formatScore } from "../search/trials/format_score.ts";
import { listParamNames } from "../search/trials/list_param_names.ts";
import { sortTrials } from "../search/trials/sort_trials.ts";
import type { Trial } from "../search/trials/trial.ts";
import { type DisplayBundle, displayBundle } from "../drawing/display_bundle.ts";

/** More trials than these stand in the report alone. */
const MOST_TRIALS = 20;
/** More parameters than these stand in the report alone. */
const MOST_PARAMETERS = 12;

/** What came of a search as a notebook shows it: its best trials, what mattered, and a link to the whole report, which lies in it. */
export function showSearch(result: SearchResult): DisplayBundle {
  const { trials, monitor, direction, importance } = result;
  const sorted = sortTrials(trials, direction);
  const report = toBase64(new TextEncoder().encode(result.report()));
  const more = sorted.length - MOST_TRIALS;
  return displayBundle({
    text: result.table({ limit: MOST_TRIALS }),
    html: element(
      "div",
      {},
      tableOf(sorted.slice(0, MOST_TRIALS), monitor),
      more > 0 ? element("div", {}, `… and ${more} more`) : null,
      importance.every(({ value }) => !(value > 0)) ? null : drawImportance(importance.slice(0, MOST_PARAMETERS)),
      element(
        "div",
        {},
        element("a", { href: `data:text/html;base64,${report}`, download: "search.html" }, "Save the whole report"),
      ),
    ).text,
    // Curves are many numbers: they are in the report.
    data: {
      kind: "search",
      version: 1,
      ...result.toJSON(),
      trials: trials.map(({ history: _, runs: __, ...trial }) => trial),
    },
  });
}

function tableOf(trials: readonly Trial[], monitor: string): Markup {
  const names = listParamNames([], trials);
  const hasReasons = trials.some(({ reason }) => reason !== undefined);
  const line = (tag: "th" | "td", cells: readonly (string | number)[]): Markup =>
    element("tr", {}, cells.map((cell) => element(tag, {}, cell)));
  const head = ["trial", monitor, ...names, "epochs", "seconds", "status", ...(hasReasons ? ["reason"] : [])];
  return element(
    "table",
    {},
    element("thead", {}, line("th", head)),
    element(
      "tbody",
      {},
      trials.map(({ id, score, standardError, params, epochs, seconds, status, reason }) =>
        line("td", [
          id,
          formatScore(score) + (standardError === null ? "" : ` ± ${Number(standardError.toPrecision(2))}`),
          ...names.map((name) => Object.hasOwn(params, name) ? showParam(params[name]) : ""),
          epochs,
          seconds.toFixed(2),
          status,
          ...(hasReasons ? [cleanText(reason ?? "", 300)] : []),
        ])
      ),
    ),
  );
}

function showParam(value: unknown): string {
  return typeof value === "number" ? String(Number(value.toPrecision(6))) : String(value);
}

const LEFT = 130, WIDE = 200, LINE = 18;

/** How much of the score each parameter explains, as bars. */
function drawImportance(importance: readonly ParameterImportance[]): Markup {
  const percent = (value: number): string => `${Math.round(100 * value)} %`;
  const text = (content: string, attributes: Readonly<Record<string, string | number>>): Markup =>
    element("text", { fill: "currentColor", ...attributes }, content);
  return svg(
    {
      width: LEFT + WIDE + 60,
      height: LINE * (importance.length + 1) + 4,
      title: "How much each parameter explains",
      description: importance.map(({ name, value }) => `${cleanText(name)}: ${percent(value)}.`).join(" "),
    },
    text("How much each parameter explains", { x: 0, y: 13, "font-weight": "bold" }),
    importance.map(({ name, value }, i) => {
      const top = LINE * (i + 1);
      const width = place(Math.max(0, Math.min(1, value)) * WIDE);
      return [
        text(cleanText(name, 18), { x: LEFT - 6, y: top + 13, "text-anchor": "end" }),
        element("rect", { x: LEFT, y: top + 3, width, height: LINE - 6, fill: cssColour(PALETTE[0]) }),
        text(percent(value), { x: LEFT + width + 6, y: top + 13 }),
      ];
    }),
  );
}
