import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Tracing } from "./tracing.ts";

/**
 * What a layer needs while a model is traced for one step of a sequence (`stepper`). Tensors with an axis of steps have the length 1 there:
 * [batch, 1, features], or [batch, 1] for indices.
 *
 * A layer that can be run so has `step(t, x, …)` beside `call`: it gives what `call` gives for the last step of all until now. One that does
 * the same to each step by itself calls `call`; others keep what they must know of the steps before in states.
 */
export interface StepTracing extends Tracing {
  /** What the layer has kept under this name after the step before: [batch, …shape], zeros in the first step. */
  state(name: string, shape: Shape): Symbolic;
  /** Keeps a tensor for the next step, under a name and of the shape that `state` was asked for. */
  setState(name: string, value: Symbolic): void;
  /** Whether a tensor that the layer is given has an axis of steps. */
  isSequence(x: Symbolic): boolean;
  /** The number of the step, from 0: [batch, 1]. */
  readonly position: Symbolic;
  /**
   * How many steps there may be, for layers that keep all of them.
   *
   * @throws {TypeError} If nobody has said so
   */
  readonly maxSteps: number;
  /** Says that there may be at most so many steps. */
  limitSteps(most: number): void;
  /** Says that a result has no axis of steps: it stands for the whole sequence until this step, as where only the last output counts. */
  endSequence(y: Symbolic): void;
  /** The same tracing without steps: layers inside are traced by their `call`. */
  readonly plain: Tracing;
}

/** A layer that can be run step by step. */
export interface SteppedLayer {
  /** Composes the ops of one step: what `call` gives for the last step of all until now. */
  step(t: StepTracing, x: Symbolic, ...others: Symbolic[]): Symbolic | readonly Symbolic[];
}
