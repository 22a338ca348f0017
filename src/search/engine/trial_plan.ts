import type { Port } from "../../data/signature.ts";
import type { Numerics } from "../../kernels/numerics.ts";
import type { Program } from "../../program/program.ts";
import type { VariablePlace } from "../../program/variable_place.ts";
import type { UpdatePrograms } from "../../update/compile_update.ts";
import type { SavedLoss } from "./saved_loss.ts";
import type { SavedMetric } from "./saved_metric.ts";
import type { SavedRow } from "./saved_row.ts";
import type { TrainerState } from "./trainer_state.ts";

/** What one output is trained for. */
export interface PlannedGoal {
  readonly port: Port;
  /** Its number among the outputs. */
  readonly output: number;
  readonly loss: SavedLoss;
  readonly lossWeight: number;
  readonly metrics: readonly SavedMetric[];
  readonly weightedMetrics: readonly SavedMetric[];
}

/**
 * A model that is to be trained, as plain data: what `build` returned, without its functions. Any thread can train it, and gets the same
 * bits.
 */
export interface TrialPlan {
  readonly numerics: Numerics;
  /** How many inputs the model has. */
  readonly inputCount: number;
  /** Whether constraints change what is trained. */
  readonly isConstrained: boolean;
  readonly variables: readonly VariablePlace[];
  /** Elements of the block `weights`. */
  readonly weightElements: number;
  /** Elements of the gradients, and of each optimizer slot. */
  readonly slotElements: number;
  /** Elements of the block `state_next`. */
  readonly stagedElements: number;
  /** Elements of the block `state`. */
  readonly stateElements: number;
  /** The programs of a step, by the names that `nameStep` gives: `train/32`, `test/32`. */
  readonly steps: Readonly<Record<string, Program>>;
  /** The programs of the optimizer. */
  readonly update: UpdatePrograms;
  readonly optimizer: SavedRow;
  /** For each output that is trained. */
  readonly goals: readonly PlannedGoal[];
  /** The metric by which an optimizer without gradients chooses; null for the loss, and for a function, which no plan holds. */
  readonly selection: { readonly goal: number; readonly metric: SavedMetric; readonly direction: "max" | "min" } | null;
  /** Whether the logs name the outputs. */
  readonly namesOutputs: boolean;
  /** The learning rate, or its schedule. */
  readonly learningRate: number | SavedRow;
  /** Where training begins. */
  readonly start: TrainerState;
  /** Fixes the shuffles. */
  readonly seed: number;
}
