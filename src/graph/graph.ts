import { opNamed } from "../ops/table.ts";
import { placeParts } from "../tensor/place_parts.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes, Builder, Symbolic } from "../tensor/symbolic.ts";

/** A graph of symbolic tensors: nodes are added, never changed, so their order is a valid order of computation. */
export class Graph implements Builder {
  /** All nodes; a node's id is its index. */
  readonly nodes: Symbolic[] = [];
  /** The layer that is being traced; new nodes bear its name. */
  layer = "";
  /** How many samples the batch has. Threads share tensors whose first axis is a multiple of it by samples. */
  readonly batch: number | null;
  /** True where only shapes are asked for, and nothing of the graph will be computed. */
  readonly shapesOnly: boolean;
  #leaves: Map<string, Symbolic> = new Map();

  /** An empty graph; without `batch` the first axis of every tensor is taken for the batch. */
  constructor({ batch = null, shapesOnly = false }: { readonly batch?: number | null; shapesOnly?: boolean } = {}) {
    this.batch = batch;
    this.shapesOnly = shapesOnly;
  }

  /** Adds the node `op(inputs)`. */
  apply(op: string, inputs: readonly Symbolic[], attributes: Attributes = {}): Symbolic {
    const row = opNamed(op);
    const shapes = inputs.map((input) => input.shape);
    const common = { id: this.nodes.length, op, inputs, attributes, layer: this.layer, batch: this.batch };
    let node: Symbolic;
    if ("shapes" in row) {
      const parts = row.shapes(shapes, attributes);
      node = { ...common, shape: [placeParts(parts).elements], parts };
    } else {
      node = { ...common, shape: row.shape(shapes, attributes) };
    }
    this.nodes.push(node);
    return node;
  }

  /** Data of the batch, one node a name. */
  input(name: string, shape: Shape): Symbolic {
    return this.#leaf("input", name, shape);
  }

  /** A weight of the model, one node a name. */
  variable(name: string, shape: Shape): Symbolic {
    return this.#leaf("variable", name, shape);
  }

  /** A number that changes from step to step, one node a name. */
  cell(name: string): Symbolic {
    return this.#leaf("cell", name, []);
  }

  /** A tensor of equal numbers. */
  constant(value: number, shape: Shape = []): Symbolic {
    return this.apply("constant", [], { value, shape });
  }

  #leaf(op: string, name: string, shape: Shape): Symbolic {
    const key = `${op} ${name}`;
    let node = this.#leaves.get(key);
    if (node === undefined) {
      node = this.apply(op, [], { name, shape });
      this.#leaves.set(key, node);
    }
    return node;
  }
}
