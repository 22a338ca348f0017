import type { Rule } from "../rule.ts";

/** By how much validation may be worse than it was, in percent: Prechelt's generalization loss. */
const LOSS = 20;
/** And as a share of the loss of a constant answer: a tiny loss that doubles is tiny. */
const SHARE = 0.02;

/** Validation became worse again while the training loss went on to fall. */
export const overfitting: Rule = {
  rule: "overfitting",
  source: "Prechelt 1998, Early stopping – but when? (generalization loss)",
  find({ losses, validation, validationRows, constant, best }, words) {
    if (validation.length < 2) return null;
    const least = validation.reduce((a, b) => Math.min(a, b));
    const last = validation[validation.length - 1];
    const at = validation.indexOf(least);
    const loss = 100 * (last / least - 1);
    const isFalling = losses[losses.length - 1] < losses[Math.round(at * (losses.length / validation.length))];
    if (!(loss > LOSS && last - least > SHARE * (constant - best) && isFalling)) return null;
    return {
      when: "training",
      isProblem: false,
      evidence: {
        bestEpoch: at + 1,
        bestValidation: least,
        lastValidation: last,
        generalizationLoss: loss,
        ...(validationRows === null ? {} : { validationRows }),
      },
      threshold: { generalizationLoss: LOSS },
      words: words.overfitting(at + 1, least, last, validationRows),
      remedy: { text: words.useEarlyStopping(), change: null },
    };
  },
};
