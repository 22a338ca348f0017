import type { Rule } from "../rule.ts";

/** The standard deviation of answers that are all the same; of squares, times the square root of the loss of a constant answer. */
const SPREAD = 1e-3;

/** Whatever the input is, the answer is the same: a symptom, which is named where no cause is. */
export const constantOutput: Rule = {
  rule: "constant_output",
  source: "TheDeepChecker (Ben Braiek and Khomh 2022), input dependence",
  find({ outputs, isLearning }, words, earlier) {
    const found = outputs.find(({ spread, constant, lossId }) =>
      spread < SPREAD * (lossId === "mean_squared_error" ? Math.sqrt(constant) : 1)
    );
    if (isLearning || found === undefined) return null;
    return {
      layer: found.layer,
      when: "end",
      isProblem: earlier.length === 0,
      evidence: { spread: found.spread, answer: found.middle },
      threshold: { spread: SPREAD },
      words: words.constantOutput(found.middle),
      remedy: { text: words.seeCauses(), change: null },
    };
  },
};
