import type { Graph } from "../graph/graph.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** The gradient of a sparse variable: flags say which of its rows there are. */
export interface TouchedGradient {
  /** Null where no row is looked up. */
  readonly gradient: Symbolic | null;
  readonly flags: Symbolic;
}

/**
 * The gradient of a variable that rows are looked up in: of these rows alone.
 *
 * @param found its gradient as `differentiate` gives it, the sum of what all places give that look rows up
 * @throws {TypeError} If anything else is done with the variable
 */
export function traceTouched(graph: Graph, name: string, shape: Shape, found: Symbolic | null): TouchedGradient {
  const [rows, ...row] = shape;
  if (found === null) return { gradient: null, flags: graph.constant(0, [rows]) };
  const width = sizeOf(row);
  const places = listPlaces(found, name).map(({ inputs: [dy, indices] }) => {
    const count = sizeOf(indices.shape);
    return [
      graph.apply("reshape", [dy], { shape: [count, width] }),
      graph.apply("reshape", [indices], { shape: [count] }),
    ] as const;
  });
  const join = (nodes: readonly Symbolic[]): Symbolic =>
    nodes.length === 1 ? nodes[0] : graph.apply("concatenate", nodes, { axis: 0 });
  const [dy, indices] = [0, 1].map((i) => join(places.map((place) => place[i])));
  const flags = graph.apply("touched_rows", [indices], { rows });
  const gradient = graph.apply("scatter_touched", [dy, indices, flags], { rows });
  return { gradient: graph.apply("reshape", [gradient], { shape }), flags };
}

/** The places that look rows up, in the order in which their gradients are added. */
function listPlaces(node: Symbolic, name: string): readonly Symbolic[] {
  if (node.op === "scatter_rows") return [node];
  if (node.op === "map" && node.attributes.formula === "add") {
    return node.inputs.flatMap((input) => listPlaces(input, name));
  }
  throw new TypeError(
    `Cannot train the model: "${name}" is sparse, so nothing may be done with it but looking up rows; ` +
      `without sparse: true its gradient has all rows`,
  );
}
