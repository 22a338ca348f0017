import type { Translation } from "../../drawing/language.ts";
import type { enFindings } from "../strings/en_findings.ts";
import type { Facts } from "./facts.ts";
import type { Finding, RuleName } from "./finding.ts";

/** The texts of findings in one language. */
export type Words = Translation<typeof enFindings>;

/** What a rule has found. */
export interface Found extends Omit<Finding, "rule" | "severity" | "source" | "layer"> {
  readonly layer?: string | null;
  /** Whether it is a problem where the model does not learn. Default true; else it is a note. */
  readonly isProblem?: boolean;
}

/** One rule: which evidence, which threshold, which words. */
export interface Rule {
  readonly rule: RuleName;
  /** Where rule and thresholds come from. */
  readonly source: string;
  /**
   * What it finds; null for nothing.
   *
   * @param earlier the rules before it that name a problem
   */
  find(facts: Facts, words: Words, earlier: readonly RuleName[]): Found | null;
}
