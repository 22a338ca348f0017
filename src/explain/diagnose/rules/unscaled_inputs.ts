import type { Found, Rule } from "../rule.ts";

/** Standard deviations of a column that weights of the usual size do not fit. */
const LARGEST = 10, LEAST = 0.01;
/** How many times as much one column may vary as another one. */
const RATIO = 10;
/** How many standard deviations a mean may be away from 0. */
const OFFSET = 5;

/** Columns of the inputs have scales that weights, which begin equally large for all, do not fit. */
export const unscaledInputs: Rule = {
  rule: "unscaled_inputs",
  source: "LeCun et al. 1998, Efficient BackProp, section 4.3; measured in BENCHMARKS.md",
  find({ columns }, words): Found | null {
    if (columns.length === 0) return null;
    const remedy = { text: words.useNormalization(), change: { standardize: "x" as const } };
    const [least, most] = columns.reduce(
      ([low, high], each) => [each.sd < low.sd ? each : low, each.sd > high.sd ? each : high],
      [columns[0], columns[0]],
    );
    if (most.sd > RATIO * least.sd) {
      return {
        when: "start",
        evidence: { ratio: most.sd / least.sd, most: most.name, least: least.name },
        threshold: { ratio: RATIO },
        words: words.unscaledRatio(most.name, least.name, most.sd / least.sd),
        remedy,
      };
    }
    const odd = most.sd > LARGEST ? most : least.sd < LEAST ? least : null;
    if (odd !== null) {
      return {
        when: "start",
        evidence: { column: odd.name, sd: odd.sd },
        threshold: { largest: LARGEST, least: LEAST },
        words: words.unscaledSpread(odd.name, odd.sd),
        remedy,
      };
    }
    const far = columns.find(({ mean, sd }) => Math.abs(mean) > OFFSET * sd);
    if (far === undefined) return null;
    return {
      when: "start",
      isProblem: false,
      evidence: { column: far.name, mean: far.mean, sd: far.sd },
      threshold: { offset: OFFSET },
      words: words.unscaledOffset(far.name, far.mean, far.sd),
      remedy,
    };
  },
};
