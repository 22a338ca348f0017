import type { Composing } from "../compose/composing.ts";
import { type Ops, ops } from "../compose/all_ops.ts";
import { describeValue } from "../errors/describe_value.ts";
import { checkNode } from "../ops/check_node.ts";
import { opNamed } from "../ops/table.ts";
import { placeParts } from "../tensor/place_parts.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes, Symbolic } from "../tensor/symbolic.ts";
import { Node } from "./node.ts";
import { printGraph } from "./print_graph.ts";

/** A graph of symbolic tensors: nodes are added, never changed, so their order is a valid order of computation. */
export class Graph implements Composing {
  /** All nodes; a node's id is its index. */
  readonly nodes: Symbolic[] = [];
  /** The layer that is being traced; new nodes bear its name. */
  layer = "";
  /** How many samples the batch has. Threads share tensors whose first axis is a multiple of it by samples. */
  readonly batch: number | null;
  /** True where only shapes are asked for, and nothing of the graph will be computed. */
  readonly shapesOnly: boolean;
  /** False where a compiled model is made of it: layers then use no op that its runtimes lack, where others give the same. */
  readonly hasAllKernels: boolean;
  #leaves: Map<string, Symbolic> = new Map();

  /** An empty graph; without `batch` the first axis of every tensor is taken for the batch. */
  constructor(
    { batch = null, shapesOnly = false, hasAllKernels = true }: {
      readonly batch?: number | null;
      readonly shapesOnly?: boolean;
      readonly hasAllKernels?: boolean;
    } = {},
  ) {
    this.batch = batch;
    this.shapesOnly = shapesOnly;
    this.hasAllKernels = hasAllKernels;
  }

  /** The ops that layers, losses and activations are composed of. */
  get ops(): Ops {
    return ops;
  }

  /**
   * Adds the node `op(inputs)`.
   *
   * @throws {RangeError} If there is no such op.
   * @throws {TypeError} If an attribute is unknown or missing, an input is no tensor of this graph, or shapes do not go together.
   */
  apply(op: string, inputs: readonly Symbolic[], attributes: Attributes = {}): Symbolic {
    const row = opNamed(op);
    this.#checkInputs(op, inputs);
    checkNode(op, row.takes, inputs.length, attributes);
    const shapes = inputs.map((input) => input.shape);
    const common = { id: this.nodes.length, op, inputs, attributes, layer: this.layer, batch: this.batch };
    let node: Symbolic;
    if ("shapes" in row) {
      const parts = row.shapes(shapes, attributes);
      node = new Node(this, { ...common, shape: [placeParts(parts).elements], parts });
    } else {
      node = new Node(this, { ...common, shape: row.shape(shapes, attributes) });
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

  /** All nodes as text, one line each. In a layer's `call`: what has been traced so far, the layer's own nodes last. */
  toString(): string {
    return printGraph(this.nodes);
  }

  /** Whether a value is a node of this graph. */
  has(value: unknown): value is Symbolic {
    return typeof value === "object" && value !== null && this.nodes[(value as Symbolic).id] === value;
  }

  #checkInputs(op: string, inputs: readonly Symbolic[]): void {
    if (!Array.isArray(inputs)) {
      throw new TypeError(`Cannot apply ${op}: inputs must be an array of tensors, got ${describeValue(inputs)}`);
    }
    inputs.forEach((input: unknown, i) => {
      if (this.has(input)) return;
      const hint = typeof input === "number"
        ? "; ops such as t.ops.add take numbers"
        : typeof input === "object" && input !== null && "op" in input
        ? " of another graph; what a layer keeps from an earlier call cannot be used"
        : "";
      throw new TypeError(
        `Cannot apply ${op}: input ${i} must be a tensor of the graph that is traced, got ${
          hint.startsWith(" ") ? "one" : describeValue(input)
        }${hint}`,
      );
    });
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
