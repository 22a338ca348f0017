import { map, type Symbolic } from "../tensor/symbolic.ts";
import { opNamed } from "../ops/table.ts";
import type { Graph } from "./graph.ts";

/**
 * Reverse-mode differentiation: adds to `graph` the nodes of ∂loss/∂target for every target.
 *
 * Walks the nodes once, from the loss back to its leaves. A node that feeds several others gets the sum of what flows back, added in
 * a fixed order. A target that the loss does not depend on gets null.
 *
 * @param loss a scalar, shape []
 */
export function differentiate(graph: Graph, loss: Symbolic, targets: readonly Symbolic[]): (Symbolic | null)[] {
  if (loss.shape.length !== 0) {
    throw new TypeError(`Cannot differentiate: the loss must be a scalar, got shape [${loss.shape}]`);
  }
  const needed = reaching(graph.nodes.slice(0, loss.id + 1), targets);
  const flows: (Symbolic | null)[] = new Array(loss.id + 1).fill(null);
  flows[loss.id] = graph.constant(1);
  for (let id = loss.id; id >= 0; id--) {
    const dy = flows[id];
    const node = graph.nodes[id];
    if (dy === null || node.inputs.length === 0 || !needed[id]) continue;
    const gradients = opNamed(node.op).differentiate(graph, node, dy);
    node.inputs.forEach((input, i) => {
      const gradient = gradients[i];
      if (gradient === null || gradient === undefined || !needed[input.id]) return;
      const other = flows[input.id];
      flows[input.id] = other === null ? gradient : map(graph, "add", [other, gradient]);
    });
  }
  return targets.map((target) => flows[target.id] ?? null);
}

/** For every node, whether one of the targets lies under it. */
function reaching(nodes: readonly Symbolic[], targets: readonly Symbolic[]): boolean[] {
  const wanted = new Set(targets.map((target) => target.id));
  const reaches: boolean[] = [];
  for (const node of nodes) reaches.push(wanted.has(node.id) || node.inputs.some((input) => reaches[input.id]));
  return reaches;
}
