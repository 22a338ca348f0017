import { describeValue } from "../errors/describe_value.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Block } from "../workers/model_memory.ts";
import { type StatePart, UpdateLayout } from "./update_layout.ts";

/** How often tiny values in the slots are flushed to 0, in steps: often enough that 0.9 to that power does not make them subnormal. */
const FLUSH_EVERY = 64;

/** The loaded programs of an update, by name; `compileUpdate` says which there are. */
export type LoadedUpdate = Readonly<Record<string, LoadedProgram>>;

/** What an optimizer keeps in a model's memory, and when it runs which program. */
export interface Update {
  /** What it keeps in the model's memory: blocks of state, and `cells`, which holds the numbers of the current step. */
  readonly blocks: readonly Block[];
  /** What there is of state, to be saved. */
  readonly parts: readonly StatePart[];
  /** Whether the state before the first step has the weights in it, so that it is to be filled again where these change. */
  readonly followsWeights: boolean;
  /** Where training reads a variable, if it is at other weights than those of the model. */
  pointOf(variable: VariablePlace): StatePart | null;
  /** Fills the state before the first step. */
  initialize(view: (block: string) => Float32Array): void;
  /** Writes the numbers of the step after `iteration` steps into the block `cells`. */
  writeCells(cells: Float32Array, iteration: number, learningRate: number): void;
  /**
   * Takes the gradients of one batch: adds them up or takes a step.
   *
   * @param programs the loaded programs
   * @param cells the block `cells`
   * @param step the number of batches taken before
   * @param iteration the number of optimizer steps taken before
   * @returns the number of optimizer steps taken now
   */
  run(
    programs: LoadedUpdate,
    cells: Float32Array | null,
    step: number,
    iteration: number,
    learningRate: number,
  ): number;
  /** The number of optimizer steps taken after the batch `step`. */
  iterationAfter(step: number, iteration: number): number;
  /** To be called when training ends: the weights become their moving average, if one is kept and a step was taken. */
  finish(programs: LoadedUpdate, iteration: number): void;
}

/** The update of an optimizer for the variables of a model. */
export function createUpdate(optimizer: Optimizer, variables: readonly VariablePlace[]): Update {
  const { useEma, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps } = optimizer.common;
  const layout = new UpdateLayout(optimizer, variables);
  const { commonCells, parts, blocks } = layout;
  const hasSlots = parts.some(({ block }) => block.startsWith("slot/"));
  const scalars = "formula" in optimizer ? optimizer.scalars : [];
  const bad = scalars.findIndex((value) => typeof value !== "number" || !Number.isFinite(Math.fround(value)));
  if (bad >= 0) throw unusable(optimizer, 0, scalars[bad]);
  const accumulates = (step: number): boolean =>
    gradientAccumulationSteps !== null && (step + 1) % gradientAccumulationSteps !== 0;
  const writeCells = (cells: Float32Array, iteration: number, learningRate: number): void => {
    const values = optimizer.cells(iteration, learningRate);
    for (let i = 0; i < values.length; i++) {
      cells[i] = values[i];
      if (typeof values[i] !== "number" || !Number.isFinite(cells[i])) throw unusable(optimizer, iteration, values[i]);
    }
    const keep = iteration === 0 ? 0 : emaMomentum; // the first average is the weights themselves
    cells[commonCells] = keep;
    cells[commonCells + 1] = 1 - keep;
    cells[commonCells + 2] = learningRate;
  };
  return {
    blocks,
    parts,
    followsWeights: parts.some(({ initial }) => initial === "weights"),
    pointOf: (variable) => layout.pointOf(variable),
    initialize(view) {
      for (const { block, offset, elements, initial, variable } of parts) {
        const state = view(block).subarray(offset, offset + Math.ceil(elements / 4) * 4);
        if (typeof initial === "number") state.fill(initial);
        else state.set(view(variable.block).subarray(variable.offset, variable.offset + elements));
      }
    },
    writeCells,
    run(programs, cells, step, iteration, learningRate) {
      if (accumulates(step)) {
        programs.accumulate.run();
        return iteration;
      }
      writeCells(cells!, iteration, learningRate);
      const overwrite = useEma && emaOverwriteFrequency !== null && (iteration + 1) % emaOverwriteFrequency === 0;
      const flush = hasSlots && (iteration + 1) % FLUSH_EVERY === 0;
      programs[`${overwrite ? "overwrite" : "step"}${flush ? "_flush" : ""}`].run();
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
