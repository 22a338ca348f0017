import type { PortShapes } from "../data/signature.ts";
import { Graph } from "../graph/graph.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** How many shapes are remembered; they are small. */
const MOST_SHAPES = 256;

/** Finds the shapes at the ports of a network with axes of unknown length, for the lengths that a batch brings along. */
export class PortShapesFinder {
  /** The shapes of the outputs, where they do not depend on the lengths; else null. */
  readonly #outputs: readonly Shape[] | null;
  readonly #trace: (graph: Graph, inputs: readonly Symbolic[]) => readonly Symbolic[];
  /** By key; those that were asked for last are kept. */
  readonly #found: Map<string, PortShapes> = new Map();

  /** @param trace adds the network's ops to a graph, and gives its outputs; their shapes fit the graph's */
  constructor(graph: LayerGraph, trace: (graph: Graph, inputs: readonly Symbolic[]) => readonly Symbolic[]) {
    const outputs = graph.outputs.map(({ sampleShape }) => sampleShape);
    this.#outputs = outputs.every(isKnown) ? outputs : null;
    this.#trace = trace;
  }

  /**
   * The shapes for inputs of these shapes, the samples first, which fit the model's.
   *
   * @throws {TypeError | RangeError} If a layer cannot take them: lengths that must be equal are not, or one is too short
   */
  find(inputs: readonly { readonly shape: Shape }[]): PortShapes {
    const shapes = inputs.map(({ shape }) => shape.slice(1));
    const key = shapes.map((shape) => shape.join("x")).join(" ");
    const known = this.#found.get(key);
    this.#found.delete(key);
    const found = known ?? { key, inputs: shapes, outputs: this.#outputs ?? this.#findOutputs(shapes) };
    if (this.#found.size === MOST_SHAPES) this.#found.delete(this.#found.keys().next().value!);
    this.#found.set(key, found);
    return found;
  }

  #findOutputs(inputs: readonly Shape[]): readonly Shape[] {
    const graph = new Graph({ batch: 1, shapesOnly: true });
    const nodes = this.#trace(graph, inputs.map((shape, i) => graph.input(`x/${i}`, [1, ...shape])));
    return nodes.map(({ shape }) => shape.slice(1));
  }
}
