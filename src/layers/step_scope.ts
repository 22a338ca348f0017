import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** What is known of the steps while one of them is traced. */
export interface StepScope {
  /** The tensors that have an axis of steps. */
  readonly sequences: Set<Symbolic>;
  readonly position: Symbolic;
  /** How many steps there may be; null if nobody has said so. */
  readonly maxSteps: number | null;
  /** Notes that a layer can do no more than so many. */
  limitSteps(most: number): void;
  /** The value that a state has before the step; `call` is the number of a layer's call. */
  stateBefore(path: string, call: number, name: string, shape: Shape): Symbolic;
  /** Notes the value that it has afterwards. */
  setState(path: string, call: number, name: string, value: Symbolic): void;
}
