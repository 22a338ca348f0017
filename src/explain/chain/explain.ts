import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import type { Language } from "../../drawing/language.ts";
import { readLanguage } from "../../drawing/language.ts";
import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { chainWords } from "../strings/chain_strings.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { traceBatch } from "../trace/trace.ts";
import { ChainRule } from "./chain_rule.ts";
import { Explanation } from "./explanation.ts";
import { type IndexOrder, Names } from "./names.ts";

/** Options of `explain`. */
export interface ExplainOptions {
  /** The language of the words: `"en"`, the default, or `"es"`. Names of weights, formulas and JSON are the same in both. */
  language?: Language;
  /** `"float32"`: the numbers that the kernels compute, the default. `"float64"`: those of every op's reference, which is slow. */
  precision?: "float32" | "float64";
  /**
   * How elements are named. `"library"`, the default: from 0, layers by name, weights as `dense/kernel[from,to]`. `"lecture"`: from 1, layers by
   * number, weights as `w[layer][to][from]`.
   */
  order?: IndexOrder;
  /** Significant digits of the numbers that are shown, an integer from 2 to 17. Default 5. */
  digits?: number;
  /** Of a batch, the number of the sample whose values are shown, from 0. Default 0. */
  sample?: number;
  /** Whether dropout and the like are on, as in a training step. Default true, since it is a training step that is explained. */
  training?: boolean;
  /** One weight a sample, as in `fit`. */
  sampleWeight?: SampleWeights;
}

/**
 * Explains one training step: every value on the way forward, every derivative on the way back, and for each weight the chain of factors that
 * its derivative is made of, ∂E/∂w = Σ over paths of Π ∂next/∂value. The model does not change; it is traced once, as it is now.
 *
 * Works for models of any layers. z is what goes into a layer's activation, a what the layer gives, ŷ the prediction, E the loss.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * import { explain } from "retroprop/explain";
 *
 * const model = sequential([layers.dense({ units: 1, activation: "sigmoid", inputShape: [2], name: "only" })], { seed: 1 });
 * model.compile({ optimizer: "sgd", loss: "half_sum_of_squares" });
 * const why = explain(model, [[0.1, 0.5]], [[0]]);
 * console.log(why); // the network with z, a, ∂E/∂z, ∂E/∂a, and all weights with their gradients
 * console.log(why.path("only/kernel[0,0]")); // ∂E/∂w = ∂E/∂ŷ · ∂ŷ/∂z · ∂z/∂w, with formulas and numbers
 * ```
 * @param x samples, as for `fit`: a batch of one or more
 * @param y their labels
 * @throws {TypeError | RangeError} As `fit`, for data that the model cannot take, and for options; Error if it is not built or not compiled
 */
export function explain(model: AnyModel, x: SampleInputs, y: DataInputs, options: ExplainOptions = {}): Explanation {
  const what = "explain a model";
  checkOptions(what, options, ["language", "precision", "order", "digits", "sample", "training", "sampleWeight"]);
  const { order = "library", precision = "float32", sampleWeight } = options;
  const language = readLanguage(what, options.language);
  if (order !== "library" && order !== "lecture") {
    throw new RangeError(`Cannot ${what}: order must be "library" or "lecture", got ${describeValue(order)}`);
  }
  const digits = checkInteger(what, "digits", options.digits ?? 5, { min: 2, max: 17 });
  const training = checkBoolean(what, "training", options.training ?? true);
  const { trace, traced } = traceBatch(what, model, x, y, { training, precision, sampleWeight });
  const sample = checkInteger(what, "sample", options.sample ?? 0, { min: 0, max: trace.samples - 1 });
  const chain = new ChainRule(trace, traced);
  const writing = { chain, names: new Names(chain, order), words: chainWords(language), digits };
  return new Explanation(writing, { model, x, y, sample, sampleWeight });
}
