import type { Session } from "./session.ts";

/** What a request is answered by. */
export interface Situation {
  readonly session: Session;
  /** The language of words. */
  readonly language: "en" | "es";
}
