import type { ReplyBody, Request } from "../protocol.ts";
import { exportScript } from "./export_script.ts";
import { runRace } from "./race/run_race.ts";
import type { Situation } from "./situation.ts";
import { traceRow } from "./trace_row.ts";

/** What answers a request of a kind. */
export type Handler<Kind extends Request["kind"]> = (
  request: Request & { readonly kind: Kind },
  situation: Situation,
) => ReplyBody | Promise<ReplyBody>;

/** The answers to requests about the run as it is. The run stays as it is. */
export const handlers: { readonly [Kind in Request["kind"]]?: Handler<Kind> } = {
  row: traceRow,
  script: exportScript,
  race: runRace,
};
