import type { ParamValue } from "../space/params.ts";
import type { Direction } from "../samplers/sampler.ts";
import type { TrialStatus } from "../trials/trial.ts";

/** A parameter in a report. */
export interface ReportParameter {
  name: string;
  /** Whether its values lie on a line, evenly or by their logarithm, or are told apart by name alone. */
  scale: "linear" | "log" | "category";
  /** The most important has the most. */
  importance: number | null;
}

/** A trial in a report. */
export interface ReportTrial {
  id: number;
  status: TrialStatus;
  score: number | null;
  standardError: number | null;
  params: Record<string, ParamValue>;
  epochs: number;
  seconds: number;
  reason?: string;
  why?: string;
  /** By name `[epoch, value]` pairs, thinned out if there are many; left out for some trials if there are too many. */
  curves?: Record<string, [epoch: number, value: number | null][]>;
}

/** What the page of a report shows: plain JSON. */
export interface ReportData {
  title: string;
  /** What the score is. */
  monitor: string;
  direction: Direction;
  parameters: ReportParameter[];
  /** From the best to the worst. */
  trials: ReportTrial[];
  /** How many trials have their curves here. */
  curveCount: number;
  /** Whether these are all that have any. */
  areAllCurves: boolean;
  /** What to set to get the same search again. */
  settings: unknown;
}
