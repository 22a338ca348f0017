import { trainedOf } from "../facts.ts";
import type { Found, Rule } from "../rule.ts";

/** How many times as large as the loss of guessing the first loss may be. */
const FIRST = 10;
/** By how much values, and gradients, may grow from layer to layer. */
const FORWARD = 1.5, BACKWARD = 1.2;
/** How many layers make a growth worth speaking of. */
const DEPTH = 4;

/** Values and gradients grow from layer to layer before training begins. */
export const exploding: Rule = {
  rule: "exploding",
  source: "Glorot and Bengio 2010; He et al. 2015",
  find(facts, words): Found | null {
    const { startLoss, constant, zero } = facts;
    const trained = trainedOf(facts);
    const guess = Math.max(constant, zero);
    const remedy = {
      text: words.useSmallerStart(),
      change: {
        layers: Object.fromEntries(
          trained.map(({ name, activation }) => [name, { kernelInitializer: initializerFor(activation) }]),
        ),
      },
    };
    const hidden = trained.filter(({ isOutput, start }) => !isOutput && start !== null && (start.dz ?? 0) > 0);
    const [first, last] = [hidden[0], hidden[hidden.length - 1]];
    const steps = hidden.length - 1;
    const growth = steps < 1 ? 1 : (last.start!.z.sd / first.start!.z.sd) ** (1 / steps);
    const back = steps < 1 ? 1 : (first.start!.dz! / last.start!.dz!) ** (1 / steps);
    const isFirst = startLoss !== null && !(startLoss <= FIRST * guess);
    if (trained.length >= DEPTH && growth > FORWARD && back > BACKWARD) {
      return {
        when: "start",
        evidence: { growth, gradientGrowth: back, startLoss: startLoss!, constantLoss: constant },
        threshold: { growth: FORWARD, gradientGrowth: BACKWARD },
        words: words.explodingGrowth(growth, back, startLoss!, guess),
        remedy,
      };
    }
    // Of activations that are bounded it is saturation that large weights bring.
    const isSaturated = facts.layers.some(({ isOutput, start }) => !isOutput && (start?.saturatedShare ?? 0) >= 0.5);
    if (!isFirst || isSaturated) return null;
    return {
      when: "start",
      evidence: { startLoss, constantLoss: constant },
      threshold: { timesGuessing: FIRST },
      words: words.explodingStart(startLoss, guess),
      remedy,
    };
  },
};

/** The initializer that keeps values as large as they are behind that activation. */
export function initializerFor(activation: string | null): string {
  return activation !== null && /relu|elu|gelu|silu|swish|mish/.test(activation) ? "he_normal" : "glorot_uniform";
}
