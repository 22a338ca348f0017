import type { Strings } from "../../drawing/language.ts";
import { en } from "./en_runs.ts";
import { es } from "./es_runs.ts";

/** What is said of many trainings beside each other. */
export const runsStrings: Strings<typeof en> = { en, es };
