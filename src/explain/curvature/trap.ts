import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import { SentencesDrawing } from "../../drawing/sentences_drawing.ts";
import { type Language, readLanguage } from "../../drawing/language.ts";
import { showNumber } from "../../drawing/maths.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { curvatureStrings } from "../strings/curvature_strings.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import { type Answers, isSolved, judgeAnswers } from "./judge_answers.ts";
import { LossSurface } from "./loss_surface.ts";
import { spectrumAt } from "./spectrum.ts";

/** Options of `trap`. */
export interface TrapOptions {
  /** The language of the text. Default `"en"`. */
  language?: Language;
}

/**
 * Where a model stands on its loss:
 *
 * - `solved`: all answers are right, or for labels that are no classes the loss is below 5 % of that of their mean;
 * - `moving`: the gradient is 1e-2 or longer, so training goes on;
 * - `saddle`: the gradient is shorter, but the Hessian has an eigenvalue below −1e-4: a way down;
 * - `plateau`: no way down, and all answers are alike;
 * - `minimum`: no way down, every direction curves up, and the loss could fall by 0.1 % at most (|g|²/2λmin);
 * - `valley`: no way down, but the floor is not level: the loss falls ever more slowly.
 */
export type TrapKind = "solved" | "moving" | "saddle" | "plateau" | "minimum" | "valley";

/** A loss that answers of 0.5 explain. */
export interface HalfLevel {
  /** How many answers are about 0.5. */
  readonly halves: number;
  /** Of how many; the others are right. */
  readonly of: number;
  /** The loss that this goes to: halves/of · ln 2. */
  readonly loss: number;
}

/** A gradient is short below this, and an eigenvalue negative below −{@link DOWN}. */
const SHORT = 1e-2, DOWN = 1e-4;
/** Answers are alike within this, as a share of the labels' range. */
const ALIKE = 0.05;
/** A loss that could fall by this share at most stands in a minimum. */
const LEVEL = 1e-3;
/** How far an answer is from 0.5 at most to count as such, and from its label to count as right. */
const NEAR = 0.1;
/** Answers that are written out. */
const SHOWN = 8;

/** Where a model stands, with the evidence. */
export class Trap extends SentencesDrawing {
  /** What it is. */
  readonly kind: TrapKind;
  /** The loss on all samples, penalties included. */
  readonly loss: number;
  /** The loss of answering with the mean of the labels, always. */
  readonly baseline: number;
  /** The share of right answers; null where labels are no classes. */
  readonly right: number | null;
  /** The length of the gradient. */
  readonly gradientNorm: number;
  /** The largest eigenvalue of the Hessian. */
  readonly lambdaMax: number;
  /** The smallest one. */
  readonly lambdaMin: number;
  /** How many eigenvalues are below −1e-4; null for more than 100 weights, where only the ends are known. */
  readonly waysDown: number | null;
  /** Binary crossentropy alone: the loss that the answers stand for, where all are right or about 0.5; else null. */
  readonly level: HalfLevel | null;
  /** The share of answers of hidden sigmoids and tanhs where the slope is below 5 % of its maximum; null where there are none. */
  readonly saturatedShare: number | null;
  /** The first answers, eight at most. */
  readonly answers: readonly number[];
  readonly #language: Language;

  /** @ignore */
  constructor(found: Omit<Trap, keyof SentencesDrawing>, language: Language) {
    super();
    this.kind = found.kind;
    this.loss = found.loss;
    this.baseline = found.baseline;
    this.right = found.right;
    this.gradientNorm = found.gradientNorm;
    this.lambdaMax = found.lambdaMax;
    this.lambdaMin = found.lambdaMin;
    this.waysDown = found.waysDown;
    this.level = found.level;
    this.saturatedShare = found.saturatedShare;
    this.answers = found.answers;
    this.#language = language;
  }

  /** @ignore */
  protected override sentences(): string[] {
    const say = curvatureStrings[this.#language];
    const { kind, level, saturatedShare, waysDown } = this;
    const lines = [
      say.standsAt(say[kind](), showNumber(this.loss), showNumber(this.baseline)),
      say.evidence(
        showNumber(this.gradientNorm),
        showNumber(this.lambdaMin),
        waysDown === null ? "?" : String(waysDown),
      ),
      say.answers(this.answers.map((each) => each.toFixed(2)).join(", ")),
    ];
    if (level !== null && level.halves > 0) {
      const { halves, of, loss } = level;
      lines.push(halves === of ? say.allHalves() : say.halves(String(halves), String(of), showNumber(loss)));
    }
    if (saturatedShare !== null && saturatedShare >= 0.25) {
      lines.push(say.saturated(String(Math.round(100 * saturatedShare))));
    }
    lines.push(say[`${kind}Advice`]());
    return lines;
  }

  /** All numbers, with kind and version; what it is stands in `trap`. */
  override toJSON(): unknown {
    return { ...this, kind: "trap", version: 1, trap: this.kind };
  }
}

/**
 * Says by the Hessian where a model stands that does not learn any more: on a saddle or plateau that training leaves, or in a valley or
 * minimum that it does not leave. See {@link TrapKind} for what is called what; everything is measured in float64 on all samples given, without
 * dropout. For small networks: see `sharpness` for the cost. The model does not change.
 *
 * Of XOR it is known that 2-2-1 networks of sigmoids have saddles where they answer 0.5 always (loss ln 2), and no local minima at finite weights, but
 * valleys whose floor falls towards infinite weights, where two answers are right and two are 0.5 (loss ½ ln 2).
 *
 * Source: Sprinkhuizen-Kuyper and Boers 1999, The local minima of the error surface of the 2-2-1 XOR network.
 *
 * @example
 * ```ts ignore
 * import { trap } from "retroprop/explain";
 * await model.fit(x, y, { epochs: 400 });
 * console.log(trap(model, x, y)); // a valley: no direction leads down …
 * ```
 * @throws {TypeError | RangeError} As `sharpness`
 */
export function trap(model: AnyModel, x: SampleInputs, y: DataInputs, options: TrapOptions = {}): Trap {
  const what = "look for a trap";
  checkOptions(what, options, ["language"]);
  const language = readLanguage(what, options.language);
  const surface = new LossSurface(what, model, x, y);
  const w = surface.weights;
  const { loss, gradientNorm, largest, smallest, values } = spectrumAt(what, surface, w, 100);
  const answers = judgeAnswers(what, model, x, y);
  const { predictions, baseline, right } = answers;
  const lambdaMin = smallest.value;
  const kindOf = (): TrapKind => {
    if (isSolved(answers, loss)) return "solved";
    if (gradientNorm >= SHORT) return "moving";
    if (lambdaMin < -DOWN) return "saddle";
    const [low, high] = [Math.min, Math.max].map((pick) => predictions.reduce((a, b) => pick(a, b)));
    if (loss >= (1 - ALIKE) * baseline && high - low < ALIKE * Math.max(1, Math.abs(high))) return "plateau";
    return lambdaMin > 0 && gradientNorm ** 2 / (2 * lambdaMin) < LEVEL * loss ? "minimum" : "valley";
  };
  return new Trap({
    kind: kindOf(),
    loss,
    baseline,
    right,
    gradientNorm,
    lambdaMax: largest.value,
    lambdaMin,
    waysDown: values?.filter((value) => value < -DOWN).length ?? null,
    level: levelOf(model, answers),
    saturatedShare: surface.saturatedShare(w),
    answers: [...predictions.subarray(0, SHOWN)],
  }, language);
}

/** The loss that answers of 0.5 stand for. */
function levelOf({ trainer }: AnyModel, { predictions, labels }: Answers): HalfLevel | null {
  const { goals } = trainer.compiled.objective;
  if (goals.length !== 1 || goals[0].loss.id !== "binary_crossentropy" || goals[0].loss.link !== undefined) return null;
  const countNear = (target: (i: number) => number): number =>
    predictions.reduce((sum, p, i) => sum + Number(Math.abs(p - target(i)) < NEAR), 0);
  const of = labels.length;
  const halves = countNear(() => 0.5);
  return halves + countNear((i) => labels[i]) === of ? { halves, of, loss: halves / of * Math.LN2 } : null;
}
