import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { type AnyModel, internalsOf } from "../trace/internals_of.ts";
import { Diagnosis } from "./diagnosis.ts";
import type { Finding, RuleName } from "./finding.ts";
import { findingStrings } from "../strings/finding_strings.ts";
import { gatherFacts } from "./gather_facts.ts";
import { type FailedFit, type HistoryLike, readProgress, type WatchLike } from "./read_progress.ts";
import { RULES } from "./rules/table.ts";

/** What a model was trained on. */
export interface DiagnoseData {
  /** Samples, as `fit` takes them. */
  readonly x: SampleInputs;
  /** Labels, as `fit` takes them. */
  readonly y: DataInputs;
  /** What it was validated with, if it was: how many samples these are is told with what is found about them. */
  readonly validation?: { readonly x: SampleInputs; readonly y: DataInputs };
}

/** Options of `diagnose`. */
export interface DiagnoseOptions {
  /** The language of the words. Default `"en"`. */
  language?: Language;
}

const WHAT = "diagnose a training";

/**
 * Says why a model learns, or why not: findings with their evidence, the threshold that it was held against and where that comes from, and
 * what is most likely to help.
 *
 * A finding is a problem only if the model does not learn: if its *skill* is below 0.5, or its values stopped being finite. Skill is
 * (L₀ − L)/(L₀ − L*), where L is the mean training loss of the last quarter of the epochs, without penalties, L₀ the loss of the best constant
 * answer, and L* that of perfect ones. Else it is a note. Causes stand before what they cause; the first problem is the headline.
 *
 * What was before the first step is what `watch` has seen; without it, the model is built again of its description and its seed, and at most
 * 20 steps are taken again, with batches as large as those of the fit. This is what happened if the weights were those that the seed draws;
 * give what `watch` has seen if they were not. Weights of samples and of classes are not looked at. The model does not change.
 *
 * @param progress the history of the fit, what `watch` has seen of it, or the NonFiniteError that it threw
 * @param model the model, after training
 * @param data what it was trained on
 * @example
 * ```ts
 * import { layers, optimizers, sequential } from "retroprop";
 * import { diagnose } from "retroprop/explain";
 *
 * const [x, y] = [[[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]];
 * const model = sequential([layers.dense({ units: 7, inputShape: [2] }), layers.dense({ units: 1, activation: "sigmoid" })]);
 * model.compile({ optimizer: optimizers.sgd({ learningRate: 1 }), loss: "binary_crossentropy" });
 * const history = await model.fit(x, y, { epochs: 50, verbose: 0 });
 * const why = diagnose(history, model, { x, y });
 * why.headline?.rule; // "linear_stack"
 * ```
 * @throws {TypeError | RangeError} As `fit` for data that the model cannot take; Error if the model is not built or not compiled
 */
export function diagnose(
  progress: HistoryLike | WatchLike | (Error & FailedFit),
  model: AnyModel,
  data: DiagnoseData,
  options: DiagnoseOptions = {},
): Diagnosis {
  checkOptions(WHAT, options, ["language"]);
  const language = readLanguage(WHAT, options.language);
  const known = readProgress(WHAT, progress);
  const { samplesFor } = internalsOf(WHAT, model);
  if (typeof data !== "object" || data === null) {
    throw new TypeError(`Cannot ${WHAT}: data must be { x, y, validation? }, got ${describeValue(data)}`);
  }
  checkOptions(WHAT, data, ["x", "y", "validation"]);
  const { validation } = data;
  const rows = validation === undefined ? null : samplesFor(model, validation.x, validation.y, undefined).count;
  const { facts, missing, batchSize } = gatherFacts(WHAT, known, model, data, rows);
  const words = findingStrings[language];
  const findings: Finding[] = [];
  const problems: RuleName[] = [];
  for (const { rule, source, find } of RULES) {
    const found = find(facts, words, problems);
    if (found === null) continue;
    const { isProblem = true, layer = null, ...rest } = found;
    const severity = isProblem && !facts.isLearning ? "problem" : "note";
    if (severity === "problem") problems.push(rule);
    findings.push({ rule, severity, layer, source, ...rest });
  }
  return new Diagnosis(findings, { facts, missing, language, model, data, batchSize });
}
