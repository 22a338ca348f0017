import { medianOf, shareOfRises } from "../../curvature/averages.ts";
import { betterRate } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** ‖Δw‖/‖w‖ of half of the first steps. */
const USUAL = 1e-3;
/** The share of epochs whose loss rose. */
const RISES = 0.1;
/** η·λmax before the first step. */
const EDGE = 0.2;

/** Steps are so short that the epochs do not suffice. */
export const rateTooSmall: Rule = {
  rule: "rate_too_small",
  source: "Karpathy, CS231n (‖Δw‖/‖w‖ about 1e-3); Cohen et al. 2021 (η·λmax); measured in BENCHMARKS.md",
  find({ losses, updates, optimizer: { rate }, sharpness, isLearning }, words, earlier) {
    if (isLearning || updates.length === 0 || earlier.length > 0) return null;
    const usual = medianOf(updates, 0);
    const rises = shareOfRises(losses);
    const edge = sharpness === null || rate === null || !(sharpness > 0) ? null : rate * sharpness;
    const isSlow = usual < USUAL && rises < RISES || edge !== null && edge < EDGE && rises < RISES;
    if (!isSlow) return null;
    const better = rate === null
      ? null
      : edge !== null
      ? 2 / sharpness!
      : Math.max(10 * rate, betterRate(rate, updates) ?? 0);
    return {
      when: "training",
      evidence: {
        usualUpdate: usual,
        rises,
        epochs: losses.length,
        ...(edge === null ? {} : { rateTimesSharpness: edge }),
      },
      threshold: { usualUpdate: USUAL, rises: RISES, rateTimesSharpness: EDGE },
      words: edge === null ? words.rateSmall(usual, losses.length) : words.rateSmallEdge(edge, losses.length),
      remedy: {
        text: words.useLargerRate(better),
        change: better === null ? null : { optimizer: { learningRate: better } },
      },
    };
  },
};
