import { trainedOf } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** Several layers without a nonlinear activation between them are one layer. */
export const linearStack: Rule = {
  rule: "linear_stack",
  source: "Minsky and Papert 1969; NeuraLint (Nikanjam et al. 2021)",
  find(facts, words) {
    const trained = trainedOf(facts);
    if (!facts.isLinear || trained.length < 2) return null;
    const hidden = trained.slice(0, -1);
    return {
      layer: hidden[0].name,
      when: "start",
      evidence: { layers: trained.length, skill: facts.skill },
      threshold: { layers: 1 },
      words: words.linearStack(trained.length, facts.skill),
      remedy: {
        text: words.useHiddenActivation(),
        change: { layers: Object.fromEntries(hidden.map(({ name }) => [name, { activation: "tanh" }])) },
      },
    };
  },
};
