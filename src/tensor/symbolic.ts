import type { Json } from "./json.ts";
import { placeParts } from "./place_parts.ts";
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
  /** The shapes of its results, where it has several; they are read through `partsOf`, and `shape` is that of their common buffer. */
  readonly parts?: readonly Shape[];
  /** The graph that it is a node of. */
  readonly graph: Builder;
}

/** Adds nodes to a graph. Layers, losses and derivative rules are written against it. */
export interface Builder {
  /** True where only shapes are asked for, and nothing of the graph will be computed. */
  readonly shapesOnly?: boolean;
  /** Adds the node `op(inputs)`; its shape follows from the op's shape rule. */
  apply(op: string, inputs: readonly Symbolic[], attributes?: Attributes): Symbolic;
}

/** The results of a node that has several: one node each. */
export function partsOf(g: Builder, node: Symbolic): Symbolic[] {
  const shapes = node.parts ?? [];
  const { offsets } = placeParts(shapes);
  return shapes.map((shape, index) => g.apply("part", [node], { index, offset: offsets[index], shape }));
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
