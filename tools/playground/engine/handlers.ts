import type { Phase, ReplyBody, Request } from "../protocol.ts";
import type { Session } from "./session.ts";
import { exportScript } from "./export_script.ts";
import { traceRow } from "./trace_row.ts";

/** Requests that are answered at once, by what the run is at that moment. */
type Handled = "row" | "script";

/** What answers a request. */
type Handler<Kind extends Request["kind"]> = (
  request: Request & { readonly kind: Kind },
  session: Session,
  phase: Phase,
) => ReplyBody;

/** The answers to requests about the run as it is. */
export const handlers: { readonly [Kind in Handled]: Handler<Kind> } = {
  row: traceRow,
  script: exportScript,
};
