/// <reference lib="dom" />
import type { ReportData, ReportTrial } from "../../src/search/report/report_data.ts";
import { formatValue } from "./format_value.ts";
import { makeElement } from "./make_element.ts";

const FIRST_ROWS = 100;

interface Column {
  readonly name: string;
  readonly value: (trial: ReportTrial) => string | number | boolean | null | undefined;
  readonly format?: (trial: ReportTrial) => string;
}

/** All trials as a table that is sorted by a click on a heading. */
export function makeTrialTable(data: ReportData): HTMLElement {
  const columns: Column[] = [
    { name: "trial", value: ({ id }) => id },
    { name: data.monitor, value: ({ score }) => score, format: formatScore },
    ...data.parameters.map(({ name }): Column => ({
      name,
      value: ({ params }) => Object.hasOwn(params, name) ? params[name] : undefined,
    })),
    { name: "epochs", value: ({ epochs }) => epochs },
    {
      name: "seconds",
      value: ({ seconds }) => seconds,
      format: ({ seconds }) => formatValue(Number(seconds.toPrecision(3))),
    },
    { name: "status", value: ({ status }) => status },
  ];
  if (data.trials.some(({ reason }) => reason !== undefined)) {
    columns.push({ name: "reason", value: ({ reason }) => reason, format: ({ reason }) => reason ?? "" });
  }
  if (data.trials.some(({ why }) => why !== undefined)) {
    columns.push({ name: "why", value: ({ why }) => why, format: ({ why }) => why ?? "" });
  }

  let trials: readonly ReportTrial[] = data.trials;
  let sortedBy = -1;
  let isDescending = false;
  let shown = FIRST_ROWS;
  const body = makeElement("tbody");
  const headings = columns.map(({ name }, i) => {
    const button = makeElement("button", { type: "button" }, name);
    button.addEventListener("click", () => {
      isDescending = sortedBy === i && !isDescending;
      sortedBy = i;
      trials = sortBy(data.trials, columns[i], isDescending);
      headings.forEach((each, j) => {
        each.setAttribute("aria-sort", j !== i ? "none" : isDescending ? "descending" : "ascending");
      });
      fill();
    });
    const isNumber = data.trials.some((trial) => typeof columns[i].value(trial) === "number");
    return makeElement("th", { scope: "col", class: isNumber ? "number" : "" }, button);
  });
  const more = makeElement("button", { type: "button", class: "more" });
  more.addEventListener("click", () => {
    shown = Infinity;
    fill();
  });
  const bestId = data.trials.find(({ score, status }) => score !== null && status === "done")?.id;
  function fill(): void {
    body.replaceChildren(
      ...trials.slice(0, shown).map((trial) => {
        const cells = columns.map(({ name, value, format }) => {
          const kind = typeof value(trial) === "number"
            ? "number"
            : name === "reason" || name === "why"
            ? "reason"
            : "";
          return makeElement("td", { class: kind }, format?.(trial) ?? formatValue(value(trial)));
        });
        return makeElement("tr", trial.id === bestId ? { class: "best" } : { class: trial.status }, ...cells);
      }),
    );
    more.hidden = trials.length <= shown;
    more.textContent = `Show all ${trials.length} trials`;
  }
  fill();
  const table = makeElement("table", {}, makeElement("thead", {}, makeElement("tr", {}, ...headings)), body);
  return makeElement("div", {}, makeElement("div", { class: "scroll" }, table), more);
}

function formatScore({ score, standardError }: ReportTrial): string {
  if (score === null) return "–";
  return formatValue(score) + (standardError === null ? "" : ` ± ${formatValue(Number(standardError.toPrecision(2)))}`);
}

/** What is missing comes last in either order. */
function sortBy(trials: readonly ReportTrial[], { value }: Column, isDescending: boolean): ReportTrial[] {
  return trials.toSorted((a, b) => {
    const [x, y] = [value(a) ?? undefined, value(b) ?? undefined];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    const order = typeof x === "number" && typeof y === "number"
      ? x - y
      : String(x).localeCompare(String(y), undefined, { numeric: true });
    return isDescending ? -order : order;
  });
}
