import { meanOf } from "../../curvature/averages.ts";
import type { Rule } from "../rule.ts";

/** By how much of its own the loss of the last quarter of the epochs is below that of the quarter before, where it still falls. */
const FALLS = 0.01;

/** It does not learn, and no other rule says why. */
export const notLearning: Rule = {
  rule: "not_learning",
  source: "loss of the best constant answer",
  find({ isLearning, skill, losses, constant, layers }, words, earlier) {
    if (isLearning || earlier.length > 0) return null;
    const loss = losses[losses.length - 1] ?? NaN;
    const quarter = losses.length >> 2;
    const late = (from: number) =>
      meanOf(losses.slice(losses.length - from * quarter, losses.length - (from - 1) * quarter));
    const isFalling = quarter > 0 && late(1) < (1 - FALLS) * late(2);
    const hidden = layers.filter(({ isTrained, isOutput }) => isTrained && !isOutput);
    return {
      when: "end",
      evidence: { skill, loss, constantLoss: constant, falls: quarter > 0 ? 1 - late(1) / late(2) : 0 },
      threshold: { skill: 0.5, falls: FALLS },
      words: isFalling ? words.notYet(skill, loss, constant) : words.notLearning(skill, loss, constant),
      remedy: {
        text: words.useMore(),
        change: hidden.length === 0 || isFalling
          ? { longer: 4 }
          : { longer: 2, layers: Object.fromEntries(hidden.map(({ name }) => [name, { wider: true as const }])) },
      },
    };
  },
};
