import type { Request } from "../../protocol.ts";

/** The requests that the engine answers: a view whose request is not among them is not shown. */
const ANSWERED: readonly Request["kind"][] = ["row", "script", "keep", "forget", "race"];

/** Whether the engine answers a kind of request. */
export function isAnswered(kind: Request["kind"]): boolean {
  return ANSWERED.includes(kind);
}
