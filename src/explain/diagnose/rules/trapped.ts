import type { Rule } from "../rule.ts";

/** A gradient is short below this, and an eigenvalue of the Hessian leads down below −{@link DOWN}. */
const SHORT = 1e-2, DOWN = 1e-4;

/** A small network stands where the gradient is short: on a saddle or plateau that it leaves, or in a valley or minimum that it does not. */
export const trapped: Rule = {
  rule: "trap",
  source: "Sprinkhuizen-Kuyper and Boers 1999, The local minima of the error surface of the 2-2-1 XOR network",
  find({ trap, isLearning }, words, earlier) {
    // Steps that are too short or too long leave the model in flat places, too.
    if (isLearning || trap === null || earlier.some((rule) => rule.startsWith("rate_"))) return null;
    const { kind, loss, gradientNorm, lambdaMin, saturatedShare, level, waysDown } = trap;
    if (kind === "solved" || kind === "moving") return null;
    const isOpen = kind === "saddle" || kind === "plateau";
    return {
      when: "end",
      evidence: {
        kind,
        loss,
        gradientNorm,
        lambdaMin,
        ...(level === null ? {} : { answersOfHalf: level.halves }),
        ...(saturatedShare === null ? {} : { saturatedShare }),
      },
      threshold: { gradientNorm: SHORT, lambdaMin: -DOWN },
      words: kind === "saddle"
        ? words.trapSaddle(loss, gradientNorm, waysDown ?? 1)
        : kind === "plateau"
        ? words.trapPlateau(loss, gradientNorm)
        : words.trapValley(loss, gradientNorm, saturatedShare ?? 0),
      remedy: {
        text: isOpen ? words.useMoreEpochs() : words.useAnotherSeed(),
        change: isOpen ? { longer: 10 } : { seed: 1 },
      },
    };
  },
};
