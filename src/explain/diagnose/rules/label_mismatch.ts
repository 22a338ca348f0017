import type { OutputFacts } from "../facts.ts";
import type { Found, Rule, Words } from "../rule.ts";

/** Labels that the output cannot reach are a problem if they cost so much of the loss of a constant answer. */
const COST = 0.1;

/** Between which numbers an activation answers. */
export const RANGES: Readonly<Record<string, readonly [low: number, high: number]>> = {
  sigmoid: [0, 1],
  hard_sigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  hard_tanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Infinity],
  relu6: [0, 6],
  softplus: [0, Infinity],
  exponential: [0, Infinity],
  log_sigmoid: [-Infinity, 0],
};

/** Which activations give what a crossentropy takes: probabilities. */
const PROBABILITIES: Readonly<Record<string, readonly string[]>> = {
  binary_crossentropy: ["sigmoid", "hard_sigmoid", "softmax"],
  binary_focal_crossentropy: ["sigmoid", "hard_sigmoid", "softmax"],
  categorical_crossentropy: ["softmax", "sigmoid"],
  categorical_focal_crossentropy: ["softmax", "sigmoid"],
  sparse_categorical_crossentropy: ["softmax", "sigmoid"],
};

/** Output activation, loss and labels do not go together. */
export const labelMismatch: Rule = {
  rule: "label_mismatch",
  source: "NeuraLint (Nikanjam et al. 2021); UMLAUT (Schoop et al. 2021)",
  find({ outputs, isLearning }, words) {
    for (const output of outputs) {
      const found = judge(output, words, isLearning);
      if (found !== null) return found;
    }
    return null;
  },
};

function judge(output: OutputFacts, words: Words, isLearning: boolean): Found | null {
  const { layer, lossId, link, labelsFrom, labelsTo, constant, reachable, best, areClasses } = output;
  const activation = output.activation ?? "linear";
  const about = { layer, when: "start" as const };
  const wanted = PROBABILITIES[lossId];
  if (link !== null && (activation === "sigmoid" || activation === "softmax")) {
    return {
      ...about,
      evidence: { activation, loss: lossId },
      threshold: {},
      words: words.labelsTwice(activation, lossId),
      remedy: { text: words.useLinearOutput(), change: { layers: { [layer]: { activation: "linear" } } } },
    };
  }
  if (wanted !== undefined && link === null && !wanted.includes(activation)) {
    return {
      ...about,
      evidence: { activation, loss: lossId },
      threshold: {},
      words: words.labelsLoss(lossId, activation),
      remedy: { text: words.useProbabilities(wanted[0]), change: { layers: { [layer]: { activation: wanted[0] } } } },
    };
  }
  // Whether numbers of classes are as many as the output has, the loss checks itself.
  const range = link === null && !areClasses ? RANGES[activation] : undefined;
  if (range !== undefined && (labelsFrom < range[0] - 1e-6 || labelsTo > range[1] + 1e-6)) {
    const [low, high] = range;
    const cost = (reachable - best) / Math.max(constant - best, Number.MIN_VALUE);
    return {
      ...about,
      isProblem: cost > COST,
      evidence: { labelsFrom, labelsTo, activation, least: reachable },
      threshold: { low, high, cost: COST },
      words: words.labelsOutside(labelsFrom, labelsTo, activation, low, high, reachable),
      remedy: {
        text: words.useLinearForNumbers(),
        change: { layers: { [layer]: { activation: "linear" } }, loss: "mean_squared_error" },
      },
    };
  }
  if (
    !isLearning && areClasses && lossId === "mean_squared_error" &&
    (activation === "sigmoid" || activation === "softmax")
  ) {
    const better = activation === "sigmoid" ? "binary_crossentropy" : "categorical_crossentropy";
    return {
      ...about,
      isProblem: false,
      evidence: { activation, loss: lossId },
      threshold: {},
      words: words.labelsSquares(activation),
      remedy: { text: words.useLoss(better), change: { loss: better } },
    };
  }
  return null;
}
