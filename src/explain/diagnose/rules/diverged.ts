import type { Rule } from "../rule.ts";

/** Labels that are larger are worth scaling first. */
const LARGE = 10;

/** How many times as large as the first loss all later ones are. */
const ALL = 3;
/** How many times as large as the first loss, or that of a constant answer, the last one is. */
const LAST = 10;

/** The loss became much larger than it was. */
export const diverged: Rule = {
  rule: "diverged",
  source: "AutoTrainer (Zhang et al. 2021), whose threshold of 1e3 is made relative here",
  find({ losses, startLoss, constant, outputs, optimizer: { rate }, isLearning }, words) {
    const first = startLoss ?? losses[0];
    const last = losses[losses.length - 1];
    if (isLearning || last === undefined) return null;
    const least = losses.reduce((a, b) => Math.min(a, b));
    if (!(least > ALL * first || last > LAST * Math.max(constant, first))) return null;
    const isLarge = outputs.some((output) =>
      !output.areClasses && Math.max(-output.labelsFrom, output.labelsTo) > LARGE
    );
    return {
      when: "training",
      evidence: { first, last, least },
      threshold: { timesFirst: ALL, lastTimesFirst: LAST },
      words: words.diverged(first, last),
      remedy: {
        text: words.useSmallerRateOrScale(rate === null ? null : rate / 10),
        change: isLarge ? { standardize: "y" } : rate === null ? null : { optimizer: { learningRate: rate / 10 } },
      },
    };
  },
};
