import type { ReplyBody, Request } from "../protocol.ts";
import { compareSomeRates } from "./compare_rates.ts";
import { diagnoseRun, tryOut } from "./diagnose_run.ts";
import { explainChain } from "./explain_chain.ts";
import { exportScript } from "./export_script.ts";
import { measureCurvature } from "./measure_curvature.ts";
import { runRace } from "./race/run_race.ts";
import type { Situation } from "./situation.ts";
import { trainSeries } from "./train_series.ts";
import { traceRow } from "./trace_row.ts";

/** What answers a request of a kind. */
export type Handler<Kind extends Request["kind"]> = (
  request: Request & { readonly kind: Kind },
  situation: Situation,
) => ReplyBody | Promise<ReplyBody>;

/** The answers to requests about the run as it is. The run stays as it is. */
export const handlers: { readonly [Kind in Request["kind"]]?: Handler<Kind> } = {
  row: traceRow,
  chain: explainChain,
  diagnose: diagnoseRun,
  tryRemedies: tryOut,
  curvature: measureCurvature,
  compareRates: compareSomeRates,
  race: runRace,
  series: trainSeries,
  script: exportScript,
};
