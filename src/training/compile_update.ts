import type { Constraint } from "../constraints/constraint.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { accumulateFormula, averageFormula, takeAccumulatedFormula } from "../optimizers/update_formulas.ts";
import { type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import type { Program } from "../program/program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Block, ModelMemory } from "../workers/model_memory.ts";
import { applyConstraints } from "./apply_constraints.ts";
import { clipGradients } from "./clip_gradients.ts";
import { findRuns } from "./find_runs.ts";
import { listStateBlocks } from "./list_state_blocks.ts";
import { ProgramDraft } from "./program_draft.ts";

/** The programs of an update that have a name: those that the options ask for. */
export type UpdatePrograms = Readonly<Record<string, Program>>;

/** An optimizer compiled for the variables of a model. */
export interface Update {
  /**
   * What it keeps in the model's memory: `slot/<name>`, `ema` and `accumulator` have the layout of `weights`; `cells` holds the numbers
   * of the current step. All but `cells` are state, to be saved.
   */
  readonly blocks: readonly Block[];
  /**
   * The programs for `ranks` threads:
   *
   * - `step`: from `gradients` to new `weights`.
   * - `accumulate`: adds the gradients up, with gradient accumulation.
   * - `overwrite`: a step that ends with the average in place of the weights, with an overwrite frequency.
   * - `finish`: puts the average in place of the weights, with a moving average.
   */
  compile(ranks: number): UpdatePrograms;
  /** Fills the slots before the first step. */
  initialize(memory: ModelMemory): void;
  /** Writes the numbers of the step after `iteration` steps into the block `cells`. */
  writeCells(cells: Float32Array, iteration: number, learningRate: number): void;
  /**
   * Takes the gradients of one batch: adds them up or takes a step.
   *
   * @param programs the loaded programs, by name
   * @param cells the block `cells`
   * @param step the number of batches taken before
   * @param iteration the number of optimizer steps taken before
   * @returns the number of optimizer steps taken now
   */
  run(
    programs: Readonly<Record<string, LoadedProgram>>,
    cells: Float32Array | null,
    step: number,
    iteration: number,
    learningRate: number,
  ): number;
  /** The number of optimizer steps taken after the batch `step`. */
  iterationAfter(step: number, iteration: number): number;
  /** To be called when training ends: the weights become their moving average, if one is kept and a step was taken. */
  finish(programs: Readonly<Record<string, LoadedProgram>>, iteration: number): void;
}

/**
 * Compiles the step of an optimizer: averaging of accumulated gradients, clipping, weight decay and step in one pass, moving average,
 * constraints, in this order. Variables that lie side by side are updated by one kernel call; frozen ones are left out.
 *
 * @param variables all variables of the model
 * @param constraints by the variable's name
 */
export function compileUpdate(
  optimizer: Optimizer,
  variables: readonly VariablePlace[],
  constraints: ReadonlyMap<string, Constraint>,
): Update {
  const { common, formula } = optimizer;
  const { useEma, emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps } = common;
  const runs = findRuns(variables);
  const trained = variables.filter((v) => v.block === "weights" && v.trainable && v.elements > 0);
  const ends = variables.filter((v) => v.block === "weights").map((v) => v.offset + v.elements);
  const elements = Math.ceil(Math.max(0, ...ends) / 4) * 4;
  const emaCells = Math.ceil(formula.cells.length / 4) * 4;
  const blocks: Block[] = [
    ...listStateBlocks(optimizer).map((name) => ({ name, elements })),
    { name: "cells", elements: emaCells + 4 },
  ];

  const blockOf = (name: string): string => {
    const own: Record<string, string> = { w: "weights", g: "gradients", average: "ema", accumulator: "accumulator" };
    return own[name] ?? name;
  };
  const at = (draft: ProgramDraft, block: string, offset: number): BufferRef => draft.place(block, offset, elements);
  const overwriteWeights = (draft: ProgramDraft): void => {
    for (const run of runs) {
      const [to, from] = ["weights", "ema"].map((block) => at(draft, block, run.offset));
      draft.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(run.elements));
    }
  };
  const compileStep = (overwrite: boolean, ranks: number): Program => {
    const draft = new ProgramDraft();
    const cells = draft.place("cells", 0, emaCells + 4);
    const each = (f: (run: typeof runs[number], arrays: (name: string) => BufferRef) => void): void =>
      runs.forEach((run) => f(run, (name) => at(draft, blockOf(name), run.offset)));
    if (gradientAccumulationSteps !== null) {
      const scalars = [1 / gradientAccumulationSteps];
      each((run, arrays) => draft.apply(takeAccumulatedFormula, run.elements, arrays, { scalars }));
    }
    const gradient = (offset: number): BufferRef => at(draft, "gradients", offset);
    clipGradients(draft, common, { variables: trained, runs, gradient });
    const slots = new Set(optimizer.slots.map((slot) => slot.name));
    each((run, arrays) => {
      const array = (name: string): BufferRef => slots.has(name) ? at(draft, `slot/${name}`, run.offset) : arrays(name);
      draft.apply(formula, run.elements, array, { scalars: optimizer.scalars, cells });
    });
    if (useEma) {
      const emaAt = { ...cells, offset: emaCells };
      each((run, arrays) => draft.apply(averageFormula, run.elements, arrays, { cells: emaAt }));
    }
    if (overwrite) overwriteWeights(draft);
    applyConstraints(draft, trained, constraints);
    return draft.build(ranks);
  };

  const compile = (ranks: number): UpdatePrograms => {
    const programs: Record<string, Program> = { step: compileStep(false, ranks) };
    if (gradientAccumulationSteps !== null) {
      const draft = new ProgramDraft();
      for (const run of runs) {
        draft.apply(accumulateFormula, run.elements, (name) => at(draft, blockOf(name), run.offset));
      }
      programs.accumulate = draft.build(ranks);
    }
    if (useEma) {
      if (emaOverwriteFrequency !== null) programs.overwrite = compileStep(true, ranks);
      const draft = new ProgramDraft();
      overwriteWeights(draft);
      programs.finish = draft.build(ranks);
    }
    return programs;
  };
  const accumulates = (step: number): boolean =>
    gradientAccumulationSteps !== null && (step + 1) % gradientAccumulationSteps !== 0;

  const writeCells = (cells: Float32Array, iteration: number, learningRate: number): void => {
    const values = optimizer.cells(iteration, learningRate);
    for (let i = 0; i < values.length; i++) cells[i] = values[i];
    if (!useEma) return;
    const keep = iteration === 0 ? 0 : emaMomentum; // the first average is the weights themselves
    cells[emaCells] = keep;
    cells[emaCells + 1] = 1 - keep;
  };
  return {
    blocks,
    compile,
    initialize(memory) {
      for (const { name, initial } of optimizer.slots) memory.view(`slot/${name}`).fill(initial);
    },
    writeCells,
    run(loaded, cells, step, iteration, learningRate) {
      if (accumulates(step)) {
        loaded.accumulate.run();
        return iteration;
      }
      writeCells(cells!, iteration, learningRate);
      const overwrite = loaded.overwrite !== undefined && (iteration + 1) % emaOverwriteFrequency! === 0;
      (overwrite ? loaded.overwrite : loaded.step).run();
      return iteration + 1;
    },
    iterationAfter: (step, iteration) => accumulates(step) ? iteration : iteration + 1,
    finish(loaded, iteration) {
      if (useEma && iteration > 0) loaded.finish.run();
    },
  };
}
