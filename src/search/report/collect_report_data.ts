import type { ParameterImportance } from "./importance.ts";
import { listParamNames } from "../trials/list_param_names.ts";
import type { ReportData, ReportParameter, ReportTrial } from "./report_data.ts";
import type { Direction } from "../samplers/sampler.ts";
import { sortTrials } from "../trials/sort_trials.ts";
import type { ResolvedSpace } from "../space/space.ts";
import { thinOut } from "./thin_out.ts";
import type { Trial } from "../trials/trial.ts";

/** More curves than this cannot be told apart, and make the page slow. */
const MOST_CURVES = 1000;
/** More points than this cannot be seen on one curve. */
const MOST_POINTS = 200;

/** What {@link collectReportData} needs of a search. */
export interface ReportSource {
  readonly title: string;
  readonly monitor: string;
  readonly direction: Direction;
  readonly space: ResolvedSpace;
  readonly trials: readonly Trial[];
  readonly importance: readonly ParameterImportance[];
  readonly settings: unknown;
}

/**
 * Collects what the page of a report shows. Of more than 1,000 trials the curves of 1,000 are kept, the best among them, and of more than
 * 200 epochs evenly spaced ones with the last; all trials are in the table.
 */
export function collectReportData(source: ReportSource): ReportData {
  const { title, monitor, direction, space, importance, settings } = source;
  const trials = sortTrials(source.trials, direction);
  const withCurves = trials.filter(({ history }) => Object.values(history).some(({ length }) => length > 1));
  const kept = new Set(thinOut(withCurves, MOST_CURVES));
  return {
    title,
    monitor,
    direction,
    parameters: listParamNames(space.names, trials).map((name): ReportParameter => ({
      name,
      scale: findScale(name, space),
      importance: importance.find((each) => each.name === name)?.value ?? null,
    })),
    trials: trials.map((trial): ReportTrial => ({
      id: trial.id,
      status: trial.status,
      score: finite(trial.score),
      standardError: finite(trial.standardError),
      params: trial.params,
      epochs: trial.epochs,
      seconds: shorten(trial.seconds),
      ...(trial.reason === undefined ? {} : { reason: trial.reason }),
      ...(trial.why === undefined ? {} : { why: trial.why }),
      ...(kept.has(trial) ? { curves: thinOutCurves(trial.history) } : {}),
    })),
    curveCount: kept.size,
    areAllCurves: kept.size === withCurves.length,
    settings,
  };
}

function findScale(name: string, space: ResolvedSpace): ReportParameter["scale"] {
  const dimension = space.parameters.find((each) => each.name === name)?.dimension;
  if (dimension === undefined || dimension.kind === "choice" || dimension.kind === "constant") return "category";
  return dimension.kind === "logUniform" || dimension.kind === "integer" && dimension.log ? "log" : "linear";
}

function thinOutCurves(history: Readonly<Record<string, readonly number[]>>): ReportTrial["curves"] {
  return Object.fromEntries(
    Object.entries(history).map(([name, values]) => {
      const step = Math.ceil(values.length / MOST_POINTS);
      const points = values.map((value, i): [number, number | null] => [i + 1, finite(value)]);
      return [
        name,
        points.filter((_, i) => i === points.length - 1 || i % step === 0).map(([i, y]) => [i, y && shorten(y)]),
      ];
    }),
  );
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

/** Five digits are more than a picture shows. */
function shorten(value: number): number {
  return Number(value.toPrecision(5));
}
