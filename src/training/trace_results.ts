import type { Layer } from "../layers/layer.ts";
import type { StepScope } from "../layers/step_scope.ts";
import type { LabelChange } from "../layers/tracing.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What layers do besides giving outputs, while they are traced. */
export interface TraceResults {
  /** The new values of variables in a training step, by name. */
  readonly assigned: Map<string, Symbolic>;
  /** What is added to the loss. */
  readonly losses: Symbolic[];
  /** How labels are changed, in this order. */
  readonly changes: LabelChange[];
  /** The masks of tensors, those of the outputs among them. */
  readonly masks: Map<Symbolic, Symbolic>;
  /** Where the inputs are one step of a sequence: what is known of the others. */
  readonly steps?: StepScope;
  /** The calls of layers, in their order. */
  readonly calls?: LayerCall[];
}

/** A call of a layer in a graph of ops. */
export interface LayerCall {
  readonly layer: Layer;
  /** Its nodes: those with these numbers, the last one left out. */
  readonly from: number;
  readonly to: number;
  readonly outputs: readonly Symbolic[];
}

/** None yet. */
export function noResults(): TraceResults {
  return { assigned: new Map(), losses: [], changes: [], masks: new Map() };
}
