import type { Strings } from "../../drawing/language.ts";
import { en } from "./en_curvature.ts";
import { es } from "./es_curvature.ts";

/** What is said of curvature and traps. */
export const curvatureStrings: Strings<typeof en> = { en, es };
