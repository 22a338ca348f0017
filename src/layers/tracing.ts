import type { Ops } from "../compose/all_ops.ts";
import type { Graph } from "../graph/graph.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { CallOptionsOf } from "./call_options.ts";
import type { StepScope } from "./step_scope.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** What a layer inside another one is called with: its inputs, and behind them options of the call. */
export type InnerCall = Symbolic[] | [...Symbolic[], Readonly<CallOptionsOf<Symbolic>>];

/** What a layer needs while its part of the graph is traced. */
export interface Tracing {
  /** The graph that is traced, for ops that are not among `ops`. */
  readonly graph: Graph;
  /** The ops that the layer is composed of, by name: `t.ops.multiply(x, t.weight("factor"))`. */
  readonly ops: Ops;
  /** True for a training step: dropout drops. */
  readonly training: boolean;
  /** The layer's weight of that name. */
  weight(name: string): Symbolic;
  /**
   * Gives a weight that no optimizer changes (`trainable: false`) a new value, in a training step: what reads it later in the step reads that.
   * It becomes real with the optimizer's step, so that a step that is refused leaves it alone. In prediction nothing happens.
   */
  assign(name: string, value: Symbolic): void;
  /**
   * Adds a scalar, shape [], to the loss: in training and in `evaluate`, as it is, whatever the size of the batch and the weights of samples.
   */
  addLoss(value: Symbolic): void;
  /**
   * Changes the labels of a training step, as where samples are mixed: `change` is called with the labels of each output that is trained, and
   * gives others of the same shape, which loss and metrics then see. Layers change them in the order in which they are called. In `predict` and
   * `evaluate` nothing happens. Labels that are numbers of classes cannot be changed: training is refused then.
   */
  changeLabels(change: (labels: Symbolic) => Symbolic): void;
  /**
   * The mask of a tensor, of the shape of its first axes, such as [batch, steps]: 1 where it counts, 0 where it is masked. null where it has
   * none. An input has the mask that the call was given, or else its own.
   */
  mask(x: Symbolic): Symbolic | null;
  /**
   * Gives a result of the layer a mask, of the shape of its first axes; what is not 0 counts. null: it has none, whatever
   * `supportsMasking` says. A mask has no gradient. What goes to a layer inside (`within`), and is no input of this one, can be given a mask too.
   */
  setMask(y: Symbolic, mask: Symbolic | null): void;
  /** Whether the layer was frozen when the model was compiled: its weights are not trained. */
  readonly isFrozen: boolean;
  /** The options of this call: `t.options.useCausalMask`. */
  readonly options: Readonly<CallOptionsOf<Symbolic>>;
  /** Traces a layer that is inside this one, by the name that `addLayer` gave it; behind its inputs may stand options of the call. */
  within(name: string, ...inputs: InnerCall): Symbolic[];
  /** The seed of the model. */
  readonly seed: number;
  /** A number that is this call's own in its model, for its random stream. */
  readonly index: number;
}

/** How a layer changes the labels of a training step. */
export interface LabelChange {
  /** The layer, for messages. */
  readonly layer: string;
  /** Labels of the same shape. */
  change(labels: Symbolic): Symbolic;
}

/** What is the same for all layers while a graph is traced. */
export interface TraceScope {
  readonly graph: Graph;
  readonly training: boolean;
  readonly seed: number;
  /** The masks of tensors. */
  readonly masks: Map<Symbolic, Symbolic>;
  /** What is known of the steps of sequences, where one step is traced; undefined where whole sequences are. */
  readonly steps?: StepScope | undefined;
  /** The node of a layer's weight. */
  variable(layer: object, weight: WeightSpec): Symbolic;
  /** Notes the new value of a layer's weight. */
  assign(layer: object, weight: WeightSpec, value: Symbolic): void;
  /** Notes what is added to the loss. */
  addLoss(value: Symbolic): void;
  /** Notes how a layer changes labels. */
  changeLabels(change: LabelChange): void;
  /** Whether a layer is frozen. */
  isFrozen(layer: object): boolean;
  /** A number for a call of a layer inside another one, in the order of tracing. */
  nextIndex(): number;
}

/** Which call of a layer is traced. */
export interface TracePlace {
  /** The number of the call, for random streams. */
  readonly index: number;
  /** The layer's name; of a layer inside another one with the outer's before it. */
  readonly path: string;
  /** The options of the call, as they were given. */
  readonly options: Readonly<CallOptionsOf<Symbolic>>;
}
