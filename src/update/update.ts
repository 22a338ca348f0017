import { describeValue } from "../errors/describe_value.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Block } from "../workers/model_memory.ts";
import { rateOfGroup } from "./rate_of_group.ts";
import type { StateTensor } from "./state_tensor.ts";
import { type StatePart, UpdateLayout } from "./update_layout.ts";
import { checkTouched } from "./update_touched.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** How often tiny values in the slots are flushed to 0, in steps: often enough that 0.9 to that power does not make them subnormal. */
const FLUSH_EVERY = 64;

/** The loaded programs of an update, by name; `compileUpdate` says which there are. */
export type LoadedUpdate = Readonly<Record<string, LoadedProgram>>;

/** The numbers of one batch. */
export interface StepNumbers {
  /** Batches taken before. */
  readonly step: number;
  /** Optimizer steps taken before. */
  readonly iteration: number;
  /** The learning rate of the step; with groups of optimizers, that of the first group. */
  readonly learningRate: number;
}

/** What an optimizer keeps in a model's memory, and when it runs which program. */
export interface Update {
  /** What it keeps in the model's memory: blocks of state, and `cells`, which holds the numbers of the current step. */
  readonly blocks: readonly Block[];
  /** What there is of state, to be saved. */
  readonly parts: readonly StateTensor[];
  /** Whether the state before the first step has the weights in it, so that it is to be filled again where these change. */
  readonly followsWeights: boolean;
  /** Where training reads a variable, if it is at other weights than those of the model. */
  pointOf(variable: VariablePlace): StatePart | null;
  /** Fills the state before the first step; it holds zeros. */
  initialize(view: (block: string) => Float32Array): void;
  /** Writes the numbers of a step into the block `cells`. */
  writeCells(cells: Float32Array, numbers: StepNumbers): void;
  /**
   * Takes the gradients of one batch: adds them up or takes a step.
   *
   * @param programs the loaded programs
   * @param cells the block `cells`
   * @returns the number of optimizer steps taken until now
   */
  run(programs: LoadedUpdate, cells: Float32Array | null, numbers: StepNumbers): number;
  /** The number of optimizer steps taken after the batch `step`. */
  iterationAfter(step: number, iteration: number): number;
  /** To be called when training ends: the weights become their moving average, if one is kept and a step was taken. */
  finish(programs: LoadedUpdate, iteration: number): void;
}

/** The update of an optimizer, or of groups of them, for the variables of a model. */
export function createUpdate(optimizer: Optimizer | OptimizerGroups, variables: readonly VariablePlace[]): Update {
  const layout = new UpdateLayout(optimizer, variables);
  const { groups, parts, blocks } = layout;
  const hasSlots = layout.slotBlocks.length > 0;
  const useEma = groups.some((group) => group.optimizer.common.useEma);
  const frequency = groups.find((group) => group.optimizer.common.useEma)?.optimizer.common.emaOverwriteFrequency ??
    null;
  const { gradientAccumulationSteps } = groups[0].optimizer.common;
  checkTouched(groups);
  for (const group of groups) {
    const scalars = "formula" in group.optimizer ? group.optimizer.scalars : [];
    const bad = scalars.find((value) => typeof value !== "number" || !Number.isFinite(Math.fround(value)));
    if (bad !== undefined) throw unusable(group.optimizer, 0, bad);
  }
  const accumulates = (step: number): boolean =>
    gradientAccumulationSteps !== null && (step + 1) % gradientAccumulationSteps !== 0;
  const writeCells = (cells: Float32Array, { step, iteration, learningRate }: StepNumbers): void => {
    for (let i = 0; i < groups.length; i++) { // an epoch may take a microsecond
      const group = groups[i];
      const { cells: begin, commonCells } = group;
      const rate = i === 0 ? learningRate : rateOfGroup(group.optimizer, groups[0].optimizer, step, learningRate);
      const values = group.optimizer.cells(iteration, rate);
      for (let j = 0; j < values.length; j++) {
        cells[begin + j] = values[j];
        if (typeof values[j] !== "number" || !Number.isFinite(cells[begin + j])) {
          throw unusable(group.optimizer, iteration, values[j]);
        }
      }
      const keep = iteration === 0 ? 0 : group.optimizer.common.emaMomentum; // the first average is the weights themselves
      cells[commonCells] = keep;
      cells[commonCells + 1] = 1 - keep;
      cells[commonCells + 2] = rate;
    }
  };
  return {
    blocks,
    parts,
    followsWeights: parts.some(({ initial }) => initial === "weights"),
    pointOf: (variable) => layout.pointOf(variable),
    initialize(view) {
      for (const { block, offset, elements, initial, variable } of parts) {
        if (initial === 0) continue;
        const state = view(block).subarray(offset, offset + wholeVectors(elements));
        if (typeof initial === "number") state.fill(initial);
        else state.set(view(variable.block).subarray(variable.offset, variable.offset + elements));
      }
    },
    writeCells,
    run(programs, cells, numbers) {
      const { step, iteration } = numbers;
      if (accumulates(step)) {
        programs.accumulate.run();
        return iteration;
      }
      writeCells(cells!, numbers);
      const overwrite = frequency !== null && (iteration + 1) % frequency === 0;
      const flush = hasSlots && (iteration + 1) % FLUSH_EVERY === 0;
      const program = overwrite
        ? (flush ? programs.overwrite_flush : programs.overwrite)
        : (flush ? programs.step_flush : programs.step);
      program.run();
      return iteration + 1;
    },
    iterationAfter: (step, iteration) => accumulates(step) ? iteration : iteration + 1,
    finish(programs, iteration) {
      if (useEma && iteration > 0) programs.finish.run();
    },
  };
}

/** What is wrong with a number that would make all weights NaN or infinite. */
function unusable({ id }: Optimizer, iteration: number, found: unknown): Error {
  const rule = "its numbers must be finite in float32, which ends at 3.4e38";
  const message = `Cannot take step ${iteration} of optimizer ${describeValue(id)}: ${rule}, got ${
    describeValue(found)
  }`;
  return typeof found === "number" ? new RangeError(message) : new TypeError(message);
}
