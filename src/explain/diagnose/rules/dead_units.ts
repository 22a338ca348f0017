import type { LayerFacts } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** The share of units that answer 0 for every sample. */
const SHARE = 0.5;

/** Half of a layer's units or more answer 0 for every sample at the end. */
export const deadUnits: Rule = {
  rule: "dead_units",
  source: "Lu et al. 2020, Dying ReLU and initialization; SageMaker Debugger's rule DeadRelu",
  find({ layers, isLearning, optimizer: { rate } }, words) {
    const shareOf = ({ end }: LayerFacts): number => end?.deadShare ?? 0;
    const found = layers.filter((layer) => !layer.isOutput && shareOf(layer) >= SHARE && shareOf(layer) < 1);
    // Deep nets that learn well have units that are not needed.
    if (isLearning || found.length === 0) return null;
    const most = found.reduce((a, b) => shareOf(a) >= shareOf(b) ? a : b);
    return {
      layer: most.name,
      when: "end",
      evidence: { deadShare: shareOf(most) },
      threshold: { deadShare: SHARE },
      words: words.deadUnits(shareOf(most), most.name),
      remedy: {
        text: words.useLeakyRelu(),
        change: most.isTrained
          ? { layers: { [most.name]: { activation: "leaky_relu" } } }
          : rate === null
          ? null
          : { optimizer: { learningRate: rate / 5 } },
      },
    };
  },
};
