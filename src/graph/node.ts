import type { Shape } from "../tensor/shape.ts";
import type { Attributes, Builder, Symbolic } from "../tensor/symbolic.ts";

/** One node of a graph. Its graph is not among its entries, so that a node shows itself and not all others. */
export class Node implements Symbolic {
  readonly id: number;
  readonly op: string;
  readonly inputs: readonly Symbolic[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly layer: string;
  readonly batch: number | null;
  readonly parts?: readonly Shape[];
  readonly #graph: Builder;

  constructor(graph: Builder, entries: Omit<Symbolic, "graph">) {
    this.#graph = graph;
    this.id = entries.id;
    this.op = entries.op;
    this.inputs = entries.inputs;
    this.attributes = entries.attributes;
    this.shape = entries.shape;
    this.layer = entries.layer;
    this.batch = entries.batch;
    if (entries.parts !== undefined) this.parts = entries.parts;
  }

  get graph(): Builder {
    return this.#graph;
  }
}
