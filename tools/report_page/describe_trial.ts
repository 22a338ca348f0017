import type { ReportTrial } from "../../src/search/report/report_data.ts";
import { formatValue } from "./format_value.ts";

/** What a tooltip says about a trial, in lines. */
export function describeTrial(trial: ReportTrial, monitor: string): string {
  const error = trial.standardError === null ? "" : ` ± ${formatValue(trial.standardError)}`;
  const score = trial.score === null ? "no score" : `${monitor} ${formatValue(trial.score)}${error}`;
  const params = Object.entries(trial.params).map(([name, value]) => `${cut(name)} ${cut(formatValue(value))}`);
  return [`trial ${trial.id}, ${trial.status}`, score, ...params, `${trial.epochs} epochs`].join("\n");
}

function cut(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
