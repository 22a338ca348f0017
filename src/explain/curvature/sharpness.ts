import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import { SentencesDrawing } from "../../drawing/sentences_drawing.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { showNumber } from "../../drawing/maths.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { curvatureStrings } from "../strings/curvature_strings.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { LossSurface } from "./loss_surface.ts";
import { type RateEdge, rateEdge } from "./rate_edge.ts";
import { type Spectrum, spectrumAt } from "./spectrum.ts";

/** Options of `sharpness`. */
export interface SharpnessOptions {
  /** Products of the Hessian with a vector at most, where there are more than 100 weights: an integer >= 2. Default 100. */
  iterations?: number;
  /** One weight a sample, as in `fit`. */
  sampleWeight?: SampleWeights;
  /** The language of the text. Default `"en"`. */
  language?: Language;
}

/** How sharply the loss curves at the weights of a model, and what that says of the learning rate. */
export class Sharpness extends SentencesDrawing {
  /** The loss on all samples, penalties included. */
  readonly loss: number;
  /** The length of its gradient. */
  readonly gradientNorm: number;
  /** How many weights are trained. */
  readonly weights: number;
  /** The largest eigenvalue of the Hessian: the sharpness. */
  readonly lambdaMax: number;
  /** The smallest one: below 0 where the loss still falls to both sides. */
  readonly lambdaMin: number;
  /** All eigenvalues, falling; null for more than 100 weights. */
  readonly eigenvalues: readonly number[] | null;
  /** How far `lambdaMax` and `lambdaMin` are from eigenvalues at most, where Lanczos found them, ‖H·v − λ·v‖; else 0. */
  readonly residuals: readonly [lambdaMax: number, lambdaMin: number];
  /** The optimizer's name. */
  readonly optimizer: string;
  /** The learning rate η of the next step. */
  readonly learningRate: number;
  /** η·λmax; null for an optimizer that is not gradient descent, of which it says nothing. */
  readonly etaLambdaMax: number | null;
  /** Below which η·λmax full-batch steps on a quadratic are stable: 2, with momentum β 2 + 2β, with Nesterov's (2 + 2β)/(1 + 2β); or null. */
  readonly edge: number | null;
  /** 2/λmax, a rate to try with gradient descent without momentum; else null. */
  readonly suggestedRate: number | null;
  readonly #language: Language;

  /** @ignore */
  constructor(
    spectrum: Spectrum,
    { optimizer, learningRate, edge, isPlain }: RateEdge,
    weights: number,
    language: Language,
  ) {
    super();
    const { largest, smallest, values, loss, gradientNorm } = spectrum;
    this.loss = loss;
    this.gradientNorm = gradientNorm;
    this.weights = weights;
    this.lambdaMax = largest.value;
    this.lambdaMin = smallest.value;
    this.eigenvalues = values;
    this.residuals = [largest.residual, smallest.residual];
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.etaLambdaMax = edge === null ? null : learningRate * largest.value;
    this.edge = edge;
    this.suggestedRate = isPlain && largest.value > 0 ? 2 / largest.value : null;
    this.#language = language;
  }

  /** @ignore */
  protected override sentences(): string[] {
    const say = curvatureStrings[this.#language];
    const { lambdaMax, lambdaMin, eigenvalues, edge, etaLambdaMax, suggestedRate } = this;
    const lines = [
      say.sharpness(showNumber(lambdaMax), String(this.weights), showNumber(this.loss)),
      say.lowest(showNumber(lambdaMin)),
    ];
    if (eigenvalues !== null) {
      const below = eigenvalues.filter((value) => value < -NOISE).length;
      lines.push(say.negative(String(below), String(eigenvalues.length)));
    }
    if (edge === null || etaLambdaMax === null) lines.push(say.otherOptimizer(this.optimizer));
    else lines.push(say.stable(showNumber(this.learningRate), showNumber(etaLambdaMax), showNumber(edge)));
    if (suggestedRate !== null) lines.push(say.suggested(showNumber(suggestedRate)));
    else if (lambdaMax <= 0) lines.push(say.flat());
    return lines;
  }

  /** All numbers, with kind and version. */
  override toJSON(): unknown {
    return { kind: "sharpness", version: 1, ...this };
  }
}

/** What eigenvalues of differences of float64 gradients may be off from 0. */
const NOISE = 1e-8;

/**
 * The sharpness of a model: the largest eigenvalue λmax of the Hessian of the loss on all samples, and the smallest one. Steps of gradient
 * descent with learning rate η overshoot along its vector when η·λmax > 2, so 2/λmax is a rate to try; training at larger rates makes
 * the loss rise, or settles where η·λmax is about 2. For other optimizers than gradient descent η·λmax says nothing, and is null; and steps on small
 * batches want a smaller rate than full ones.
 *
 * Everything is computed in float64: the Hessian times a vector is a difference of two gradients. All eigenvalues are found for up to 100 weights,
 * else the ends of the spectrum by Lanczos. Dropout and the like are off. The model does not change. Costs two gradients for each weight, or at
 * most `2 · iterations`; the reference of the ops is slow, so give some thousand samples at most.
 *
 * Source: Cohen et al. 2021, Gradient descent on neural networks typically occurs at the edge of stability.
 *
 * @example
 * ```ts
 * import { layers, optimizers, sequential } from "retroprop";
 * import { sharpness } from "retroprop/explain";
 *
 * const model = sequential([layers.dense({ units: 1, useBias: false, inputShape: [1] })], { seed: 1 });
 * model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: "mse" });
 * Math.abs(sharpness(model, [[1], [3]], [[0], [0]]).lambdaMax - 10) < 1e-6; // true: the mean of 2·1² and 2·3²
 * ```
 * @throws {TypeError | RangeError} As `fit`, for data that the model cannot take; if loss or gradient are not finite, or their values would take
 *   more than 2 GiB; Error if the model is not built or not compiled
 */
export function sharpness(
  model: AnyModel,
  x: SampleInputs,
  y: DataInputs,
  options: SharpnessOptions = {},
): Sharpness {
  const what = "find the sharpness";
  checkOptions(what, options, ["iterations", "sampleWeight", "language"]);
  const iterations = checkInteger(what, "iterations", options.iterations ?? 100, { min: 2 });
  const language = readLanguage(what, options.language);
  const surface = new LossSurface(what, model, x, y, options.sampleWeight);
  const spectrum = spectrumAt(what, surface, surface.weights, iterations);
  return new Sharpness(spectrum, rateEdge(model), surface.count, language);
}
