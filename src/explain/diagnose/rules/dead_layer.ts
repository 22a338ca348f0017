import type { Rule } from "../rule.ts";
import { initializerFor } from "./exploding.ts";

const SOURCE = "Lu et al. 2020, Dying ReLU and initialization";

/** A layer of which every unit answers 0 for every sample before the first step. */
export const deadLayer: Rule = {
  rule: "dead_layer",
  source: SOURCE,
  find(facts, words) {
    const dead = facts.layers.find(({ start, isOutput }) => !isOutput && start?.deadShare === 1);
    if (dead === undefined) return null;
    const hidden = facts.layers.filter(({ isTrained, isOutput }) => isTrained && !isOutput);
    const start = { kernelInitializer: initializerFor(dead.activation), biasInitializer: "zeros" };
    return {
      layer: dead.name,
      when: "start",
      evidence: { deadShare: 1 },
      threshold: { deadShare: 1 },
      words: words.deadStart(dead.name),
      remedy: {
        text: words.useZeroBias(),
        change: { layers: Object.fromEntries(hidden.map(({ name }) => [name, start])) },
      },
    };
  },
};

/** One that was alive before the first step. */
export const diedLayer: Rule = {
  rule: "dead_layer",
  source: SOURCE,
  find({ layers, optimizer: { rate } }, words) {
    const dead = layers.find(({ start, end, isOutput }) => {
      return !isOutput && end?.deadShare === 1 && start !== null && start.deadShare !== 1;
    });
    if (dead === undefined) return null;
    return {
      layer: dead.name,
      when: "training",
      evidence: { deadShare: 1, deadShareAtStart: dead.start!.deadShare! },
      threshold: { deadShare: 1 },
      words: words.deadLater(dead.name),
      remedy: {
        text: words.useSmallerRate(rate === null ? null : rate / 10),
        change: rate === null ? null : { optimizer: { learningRate: rate / 10 } },
      },
    };
  },
};
