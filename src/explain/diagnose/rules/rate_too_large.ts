import { meanOf, medianOf, shareOfRises } from "../../curvature/averages.ts";
import { betterRate } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** ‖Δw‖/‖w‖ of one step, and of half of the first steps, that are too much. */
const ONE = 1, USUAL = 0.1;
/** The share of epochs whose loss rose. */
const RISES = 0.3;
/** By how much the loss goes up and down from epoch to epoch, as a share of the loss of a constant answer. */
const SWING = 0.05;
/** η·λmax before the first step, and the share of the first 50 epochs that rose. */
const EDGE = 4.5, EARLY_RISES = 0.2;
/** η·λmax below which gradient descent does not overshoot. */
const STABLE = 2;

/** Steps are too long: the loss goes up and down, or weights are thrown far away. */
export const rateTooLarge: Rule = {
  rule: "rate_too_large",
  source: "Cohen et al. 2021 (η·λmax and 2); Karpathy, CS231n (‖Δw‖/‖w‖ about 1e-3)",
  find(facts, words) {
    const { losses, updates, layers, crash, startLoss, constant, best, optimizer: { rate }, sharpness, isLearning } =
      facts;
    if (isLearning) return null;
    const largest = updates.reduce((most, each) => Math.max(most, each), 0);
    const usual = medianOf(updates, 0);
    const rises = shareOfRises(losses);
    const half = losses.slice(losses.length >> 1);
    const swing = half.length < 2 ? 0 : meanOf(half.slice(1).map((loss, i) => Math.abs(loss - half[i])));
    const isDead = layers.some(({ isOutput, start, end }) => {
      if (isOutput || start === null || end === null) return false;
      return end.deadShare === 1 && start.deadShare !== 1 ||
        (end.saturatedShare ?? 0) >= 0.5 && (start.saturatedShare ?? 0) < 0.5;
    });
    const last = losses[losses.length - 1] ?? Infinity;
    const isWorse = startLoss !== null && last > startLoss;
    const isLong = largest > ONE || usual > USUAL;
    const edge = sharpness === null || rate === null ? null : rate * sharpness;
    // Where the curvature is known, it says more than the size of a step.
    const isStable = edge !== null && edge < STABLE;
    const isOver = edge !== null && edge > EDGE && shareOfRises(losses, 50) > EARLY_RISES;
    const found = isOver || crash !== null || isLong && !isStable && (rises > RISES || isDead || isWorse) ||
      rises > RISES && swing > SWING * (constant - best);
    if (!found) return null;
    const better = rate === null
      ? null
      : edge !== null && edge > STABLE
      ? 2 / sharpness!
      : Math.min(rate / 5, betterRate(rate, updates) ?? Infinity);
    return {
      when: "training",
      evidence: {
        rises,
        largestUpdate: largest,
        usualUpdate: usual,
        loss: last,
        constantLoss: constant,
        ...(edge === null ? {} : { rateTimesSharpness: edge }),
        ...(crash === null ? {} : { nonFiniteInEpoch: crash.epoch + 1 }),
      },
      threshold: { rises: RISES, largestUpdate: ONE, usualUpdate: USUAL, swing: SWING, rateTimesSharpness: EDGE },
      words: crash !== null
        ? words.rateCrash(crash.epoch + 1, largest)
        : edge !== null && edge > 2
        ? words.rateLargeEdge(edge, rises, last, constant)
        : words.rateLarge(largest, rises, last, constant),
      remedy: {
        text: words.useSmallerRate(better),
        change: better === null ? null : { optimizer: { learningRate: better } },
      },
    };
  },
};
