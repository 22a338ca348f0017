import type { Program } from "../program/program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Block, ModelMemory } from "../workers/model_memory.ts";

/** What a trainer needs of what it trains. */
export interface TrainerHost {
  /** How many inputs the model has. */
  readonly inputCount: number;
  /** Fixes what is drawn at random in training steps. */
  readonly seed: number;
  /** Whether constraints change what is trained. */
  readonly isConstrained: boolean;
  readonly variables: readonly VariablePlace[];
  /** Elements of the block `weights`. */
  readonly weightElements: number;
  /** Elements of the block for new values of variables that no optimizer changes; 0 for none. */
  readonly stagedElements: number;
  /** Elements of the gradients, and of everything that has their layout. */
  readonly slotElements: number;
  /** The memory as it is now. */
  readonly memory: ModelMemory;
  /** Makes a memory with these blocks besides `weights`, `state` and `step`, which keep their values. */
  allocate(blocks: readonly Block[]): ModelMemory;
  /** The name in the memory of a block that `allocate` was asked for, or of a common one. */
  blockOf(name: string): string;
  /** Loads a program that names blocks as `allocate` was asked for them. */
  load(program: Program): LoadedProgram;
}
