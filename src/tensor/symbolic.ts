import type { Json } from "./json.ts";
import type { Shape } from "./shape.ts";

/** The settings of one node: plain data. */
export type Attributes = Readonly<Record<string, Json>>;

/** A tensor that is not computed yet: one node of a graph. */
export interface Symbolic {
  /** Its number in the graph; inputs have smaller numbers. */
  readonly id: number;
  /** The op that computes it: a name in the table of ops. */
  readonly op: string;
  /** What the op reads. */
  readonly inputs: readonly Symbolic[];
  /** The op's settings. */
  readonly attributes: Attributes;
  /** Its shape, with the batch size filled in. */
  readonly shape: Shape;
  /** The layer it was traced from, for messages; empty for the loss and the gradients. */
  readonly layer: string;
  /** How many samples the graph's batch has; null where nobody said: then the first axis is the batch. */
  readonly batch: number | null;
}

/** Adds nodes to a graph. Layers, losses and derivative rules are written against it. */
export interface Builder {
  /** Adds the node `op(inputs)`; its shape follows from the op's shape rule. */
  apply(op: string, inputs: readonly Symbolic[], attributes?: Attributes): Symbolic;
}

/** Adds the elementwise formula `name` of `inputs`, with its scalars by name. */
export function map(
  g: Builder,
  name: string,
  inputs: readonly Symbolic[],
  scalars: Readonly<Record<string, number>> = {},
): Symbolic {
  return g.apply("map", inputs, { formula: name, scalars });
}
