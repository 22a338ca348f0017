import type { Symbolic } from "../tensor/symbolic.ts";

/** The nodes under `outputs`, in the order of the graph. */
export function orderNodes(outputs: readonly Symbolic[]): Symbolic[] {
  const found = new Map<number, Symbolic>();
  const pending = [...outputs];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (found.has(node.id)) continue;
    found.set(node.id, node);
    pending.push(...node.inputs);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}
