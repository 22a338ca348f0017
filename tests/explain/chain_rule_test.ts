import { assert } from "@std/assert";
import { ChainRule, type Station } from "../../src/explain/chain/chain_rule.ts";
import { traceBatch } from "../../src/explain/trace/trace.ts";
import { layerSamples } from "../layers/samples.ts";
import { STAGE_OUTPUTS, STAGE_WIDTH, stageInputs, stageSample } from "../layers/stage_sample.ts";
import { drawNumbers } from "../models/draw_numbers.ts";

Deno.test("for every layer the chain's sum is the derivative: of its weights, and of what flows into it", () => {
  const y = drawNumbers(3, STAGE_OUTPUTS, 2);
  for (const [type, samples] of Object.entries(layerSamples)) {
    for (const sample of samples) {
      const x = stageInputs(sample, drawNumbers(3, STAGE_WIDTH, 1));
      const staged = stageSample(sample);
      staged.compile({ optimizer: "sgd", loss: "mse" });
      const { trace, traced } = traceBatch("test", staged, x, y, { training: true, precision: "float64" });
      const chain = new ChainRule(trace, traced);
      const weights = trace.parameters.map(({ node }) => node);
      const given = trace.calls.filter(({ layer }) => layer.startsWith("before")).map(({ a }) => a);
      for (const node of [...weights, ...given]) {
        const { gradient: found, name } = chain.node(node);
        if (found === null) continue;
        const gradient = Float64Array.from(found);
        // The first element, the last, and the one that counts most.
        const most = gradient.reduce((best, g, i) => Math.abs(g) > Math.abs(gradient[best]) ? i : best, 0);
        for (const element of new Set([0, gradient.length - 1, most])) {
          const from: Station = { node, element };
          const terms = chain.leapsFrom(from).map(({ to, factor }) => factor * chain.gradientOf(to));
          const sum = terms.reduce((a, b) => a + b, 0);
          // Behind a softmax some derivatives are 0 because what is summed within a leap cancels.
          const scale = terms.reduce((a, b) => a + Math.abs(b), 1e-6);
          assert(
            Math.abs(sum - gradient[element]) <= 1e-9 * scale,
            `${type} ${name}[${element}]: ${sum}, wanted ${gradient[element]} (${terms.length} terms)`,
          );
        }
      }
    }
  }
});
