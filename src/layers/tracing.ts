import type { Graph } from "../graph/graph.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { CallOptions } from "./layer_output.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** What a layer needs while its part of the graph is traced. */
export interface Tracing {
  /** The graph that is traced. */
  readonly graph: Graph;
  /** True for a training step: dropout drops. */
  readonly training: boolean;
  /** The layer's weight of that name. */
  weight(name: string): Symbolic;
  /** Traces a layer that is inside this one, by the name that `addLayer` gave it. */
  within(name: string, ...inputs: Symbolic[]): Symbolic[];
  /** The seed of the model. */
  readonly seed: number;
  /** A number that is this call's own in its model, for its random stream. */
  readonly index: number;
}

/** What is the same for all layers while a graph is traced. */
export interface TraceScope {
  readonly graph: Graph;
  readonly training: boolean;
  readonly seed: number;
  /** The node of a layer's weight. */
  variable(layer: object, weight: WeightSpec): Symbolic;
  /** A number for a call of a layer inside another one, in the order of tracing. */
  nextIndex(): number;
}

/** Which call of a layer is traced. */
export interface TracePlace {
  /** The number of the call, for random streams. */
  readonly index: number;
  /** The layer's name; of a layer inside another one with the outer's before it. */
  readonly path: string;
  readonly options: Readonly<CallOptions>;
}
