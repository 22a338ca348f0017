import type { Strings } from "../../drawing/language.ts";
import { enFindings } from "../strings/en_findings.ts";
import { esFindings } from "../strings/es_findings.ts";

/** The texts of findings in every language. */
export const findingWords: Strings<typeof enFindings> = { en: enFindings, es: esFindings };
