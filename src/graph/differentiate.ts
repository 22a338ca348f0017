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
  /** What flows back to the results of a node that has several, by its number. */
  const partFlows = new Map<number, (Symbolic | null)[]>();
  const sum = (a: Symbolic | null, b: Symbolic): Symbolic => a === null ? b : map(graph, "add", [a, b]);
  for (let id = loss.id; id >= 0; id--) {
    const node = graph.nodes[id];
    const dy = flows[id];
    if (!needed[id]) continue;
    const op = opNamed(node.op);
    let gradients: readonly (Symbolic | null)[];
    if ("shapes" in op) {
      const dys = partFlows.get(id);
      if (dys === undefined) continue;
      gradients = op.differentiate(graph, node, dys);
    } else {
      if (dy === null || node.inputs.length === 0) continue;
      if (node.op === "part") {
        const [source] = node.inputs;
        let dys = partFlows.get(source.id);
        if (dys === undefined) partFlows.set(source.id, dys = source.parts!.map(() => null));
        const index = node.attributes.index as number;
        dys[index] = sum(dys[index], dy);
        continue;
      }
      gradients = op.differentiate(graph, node, dy);
    }
    node.inputs.forEach((input, i) => {
      const gradient = gradients[i];
      if (gradient === null || gradient === undefined || !needed[input.id]) return;
      flows[input.id] = sum(flows[input.id], gradient);
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
