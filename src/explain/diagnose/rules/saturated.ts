import type { Facts, LayerFacts } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** The share of slopes below 5 % of the activation's largest from which a layer counts as saturated. */
const SHARE = 0.5;

/** The hidden layer that is most saturated, if one is. */
function find({ layers }: Facts, time: "start" | "end"): LayerFacts | null {
  const shareOf = (layer: LayerFacts): number => layer[time]?.saturatedShare ?? 0;
  const hidden = layers.filter(({ isOutput }) => !isOutput);
  const most = hidden.reduce<LayerFacts | null>((a, b) => a !== null && shareOf(a) >= shareOf(b) ? a : b, null);
  return most !== null && shareOf(most) >= SHARE ? most : null;
}

/** Units stand where their activation is flat before training begins. */
export const saturatedAtStart: Rule = {
  rule: "saturated_at_start",
  source: "Glorot and Bengio 2010; TheDeepChecker (Ben Braiek and Khomh 2022)",
  find(facts, words) {
    const found = find(facts, "start");
    if (found === null) return null;
    const share = found.start!.saturatedShare!;
    const hidden = facts.layers.filter(({ isTrained, isOutput }) => isTrained && !isOutput);
    return {
      layer: found.name,
      when: "start",
      evidence: { saturatedShare: share },
      threshold: { saturatedShare: SHARE },
      words: words.saturatedStart(share, found.name, found.activation ?? ""),
      remedy: {
        text: words.useSmallerStart(),
        change: {
          layers: Object.fromEntries(hidden.map(({ name }) => [name, { kernelInitializer: "glorot_uniform" }])),
        },
      },
    };
  },
};

/** Units stand where their activation is flat at the end. */
export const saturated: Rule = {
  rule: "saturated",
  source: "Rakitianskaia and Engelbrecht 2015, Measuring saturation in neural networks",
  find(facts, words) {
    const found = facts.isLearning ? null : find(facts, "end");
    if (found === null) return null;
    const { rate } = facts.optimizer;
    const share = found.end!.saturatedShare!;
    return {
      layer: found.name,
      when: "end",
      evidence: { saturatedShare: share },
      threshold: { saturatedShare: SHARE },
      words: words.saturatedEnd(share, found.name, found.activation ?? ""),
      remedy: {
        text: words.useSmallerRate(rate === null ? null : rate / 5),
        change: rate === null ? null : { optimizer: { learningRate: rate / 5 } },
      },
    };
  },
};
