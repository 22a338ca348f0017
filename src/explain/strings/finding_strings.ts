import type { Strings } from "../../drawing/language.ts";
import { enFindings } from "./en_findings.ts";
import { esFindings } from "./es_findings.ts";

/** The texts of findings in every language. */
export const findingStrings: Strings<typeof enFindings> = { en: enFindings, es: esFindings };
