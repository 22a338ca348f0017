import { trainedOf } from "../facts.ts";
import type { Rule } from "../rule.ts";
import { initializerFor } from "./exploding.ts";

/** How much of ∂E/∂z has to reach the first layer. */
const ATTENUATION = 1e-2;
/** Between how many hidden layers a loss is worth speaking of. */
const DEPTH = 3;

/** Gradients become smaller from layer to layer, so that the first ones do not learn. */
export const vanishing: Rule = {
  rule: "vanishing",
  source: "Hochreiter 1991; Glorot and Bengio 2010; the attenuation of ∂E/∂z is measured in BENCHMARKS.md",
  find(facts, words) {
    const trained = trainedOf(facts).filter(({ start }) => start !== null && start.dz !== null);
    if (trained.length <= DEPTH) return null;
    const [first, last] = [trained[0], trained[trained.length - 1]];
    // Of maps and sequences each place has its share of the gradient: what counts is how much there is at all of them together.
    const attenuation = first.start!.dz! / last.start!.dz! * Math.sqrt(first.places / last.places);
    if (!(attenuation < ATTENUATION)) return null;
    const factor = attenuation ** (1 / (trained.length - 1));
    const frozen = first.start!.frozenShare;
    const hidden = trained.slice(0, -1).filter(({ activation, layer }) =>
      activation !== null && /^(dense|conv)/.test(layer?.type ?? "")
    );
    return {
      layer: first.name,
      when: "start",
      evidence: {
        attenuation,
        factor,
        layers: trained.length,
        ...(frozen === null ? {} : { frozenShare: frozen }),
      },
      threshold: { attenuation: ATTENUATION, layers: DEPTH },
      words: words.vanishing(factor, trained.length, attenuation, frozen, first.name),
      remedy: {
        text: words.useReluAndHe(),
        change: hidden.length === 0 ? null : {
          layers: Object.fromEntries(
            hidden.map(({ name }) => [name, { activation: "relu", kernelInitializer: initializerFor("relu") }]),
          ),
        },
      },
    };
  },
};
