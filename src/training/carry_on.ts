import type { ModelPlace } from "../program/program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What a program beside those of training writes at its end: the states that batches carry on, where they lie. */
export function carryOn(
  network: { variableNamed(name: string): VariablePlace },
  assigned: ReadonlyMap<string, Symbolic>,
): { name: string; node: Symbolic; place: ModelPlace }[] {
  return [...assigned].map(([name, node]) => {
    const { block, offset } = network.variableNamed(name);
    return { name: `next ${name}`, node, place: { block, offset } };
  });
}
