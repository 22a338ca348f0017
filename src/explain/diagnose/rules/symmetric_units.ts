import type { KernelFacts } from "../facts.ts";
import type { Rule } from "../rule.ts";

/** Units of a hidden layer that began equal get equal gradients. */
export const symmetricUnits: Rule = {
  rule: "symmetric_units",
  source: "Goodfellow et al. 2016, Deep Learning, section 8.4; NeuraLint (Nikanjam et al. 2021)",
  find({ kernels }, words) {
    for (let i = 0; i + 1 < kernels.length; i++) {
      const { layer, units } = kernels[i];
      const equal = countEqual(kernels[i], kernels[i + 1]);
      // A pair among many would be a matter of chance, as in a quantized model.
      if (equal < Math.max(2, units / 2)) continue;
      return {
        layer,
        when: "start",
        evidence: { equal, units },
        threshold: { equal: 2 },
        words: words.symmetricUnits(equal, units, layer),
        remedy: { text: words.useInitializer(), change: { layers: initializers(kernels) } },
      };
    }
    return null;
  },
};

/** How many units of a layer have the weights, and the outgoing weights, of another one. */
function countEqual({ units, values }: KernelFacts, next: KernelFacts): number {
  if (units < 2) return 0;
  const groups = new Map<string, number>();
  const rows = next.values.length / next.units;
  const isOutgoing = rows === units;
  // Behind flattened maps nobody can say which weights are a unit's: those that are all equal are equal for all units.
  if (!isOutgoing && next.values.some((value) => value !== next.values[0])) return 0;
  for (let unit = 0; unit < units; unit++) {
    const own: number[] = [];
    for (let i = unit; i < values.length; i += units) own.push(values[i]);
    const outgoing = isOutgoing ? next.values.subarray(unit * next.units, (unit + 1) * next.units) : [];
    const key = `${own.join()};${outgoing.join()}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  const most = [...groups.values()].reduce((a, b) => Math.max(a, b));
  return most > 1 ? most : 0;
}

function initializers(kernels: readonly KernelFacts[]) {
  return Object.fromEntries(kernels.map(({ layer }) => [layer, { kernelInitializer: "glorot_uniform" }]));
}
