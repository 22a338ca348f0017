import type { Constraint } from "../constraints/constraint.ts";
import { findEntry } from "../errors/find_entry.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import {
  accumulateFormula,
  averageFormula,
  flushFormula,
  takeAccumulatedFormula,
} from "../optimizers/update_formulas.ts";
import { type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import { applyFormula } from "../program/apply_formula.ts";
import type { Program } from "../program/program.ts";
import { ProgramBuilder } from "../program/program_builder.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { applyConstraints } from "./apply_constraints.ts";
import { clipGradients } from "./clip_gradients.ts";
import { findRuns, type Run, shareRuns } from "./find_runs.ts";
import { averageCells } from "./update.ts";

/**
 * The programs of an update: those that the options ask for.
 *
 * - `step`: from `gradients` to new `weights`.
 * - `accumulate`: adds the gradients up, with gradient accumulation.
 * - `overwrite`: a step that ends with the average in place of the weights, with an overwrite frequency.
 * - `step_flush`, `overwrite_flush`: the same, and tiny values in the slots become 0.
 * - `finish`: puts the average in place of the weights, with a moving average.
 */
export type UpdatePrograms = Readonly<Record<string, Program>>;

/**
 * Compiles the step of an optimizer: averaging of accumulated gradients, clipping, weight decay and step in one pass, moving average,
 * constraints, in this order. Variables that lie side by side are updated by one kernel call; frozen ones are left out.
 *
 * @param variables all variables of the model
 * @param constraints by the variable's name
 * @param ranks for how many threads
 */
export function compileUpdate(
  optimizer: Optimizer,
  variables: readonly VariablePlace[],
  constraints: ReadonlyMap<string, Constraint>,
  ranks: number,
): UpdatePrograms {
  const { common, formula } = optimizer;
  const { useEma, emaOverwriteFrequency, gradientAccumulationSteps } = common;
  const runs = findRuns(variables);
  const trained = variables.filter((v) => v.slot >= 0 && v.elements > 0);
  const emaCells = averageCells(optimizer);
  const blockOf = (name: string): string => {
    const own = { w: "weights", g: "gradients", average: "ema", accumulator: "accumulator" };
    return findEntry<string>(own, name) ?? name;
  };
  /** A run in a block: `weights`, or one that has the layout of the gradients. */
  const at = (builder: ProgramBuilder, block: string, { offset, slot, elements }: Run): BufferRef =>
    builder.place({ block, offset: block === "weights" ? offset : slot }, elements);
  const overwriteWeights = (builder: ProgramBuilder): void => {
    for (const run of runs) {
      const [to, from] = ["weights", "ema"].map((block) => at(builder, block, run));
      builder.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(run.elements));
    }
  };
  const staged = variables.filter((v) => v.staged);
  /** A program that begins by taking over what the step has given variables as new values. */
  const begin = (): ProgramBuilder => {
    const builder = new ProgramBuilder(ranks);
    for (const { offset, elements } of staged) {
      const [to, from] = ["state", "state_next"].map((block) => builder.place({ block, offset }, elements));
      builder.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(elements));
    }
    return builder;
  };
  const compileStep = (overwrite: boolean, flush: boolean): Program => {
    const builder = begin();
    const cells = builder.place({ block: "cells", offset: 0 }, emaCells + 4);
    const each = (f: (run: Run, arrays: (name: string) => BufferRef) => void): void =>
      runs.forEach((run) => f(run, (name) => at(builder, blockOf(name), run)));
    if (gradientAccumulationSteps !== null) {
      const scalars = [1 / gradientAccumulationSteps];
      each((run, arrays) => applyFormula(builder, takeAccumulatedFormula, run.elements, arrays, { scalars }));
    }
    const gradient = (slot: number, elements: number): BufferRef =>
      builder.place({ block: "gradients", offset: slot }, elements);
    clipGradients(builder, common, { variables: trained, runs, gradient });
    const slots = new Set(optimizer.slots.map((slot) => slot.name));
    for (const run of ranks === 1 ? runs : shareRuns(runs, trained)) {
      const array = (name: string): BufferRef => at(builder, slots.has(name) ? `slot/${name}` : blockOf(name), run);
      applyFormula(builder, formula, run.elements, array, { scalars: optimizer.scalars, cells, quantum: run.quantum });
    }
    if (flush) {
      for (const slot of slots) {
        each((run) => applyFormula(builder, flushFormula, run.elements, () => at(builder, `slot/${slot}`, run)));
      }
    }
    if (useEma) {
      const emaAt = { ...cells, offset: emaCells };
      each((run, arrays) => applyFormula(builder, averageFormula, run.elements, arrays, { cells: emaAt }));
    }
    if (overwrite) overwriteWeights(builder);
    applyConstraints(builder, trained, constraints);
    return builder.build();
  };

  const programs: Record<string, Program> = { step: compileStep(false, false) };
  if (optimizer.slots.length > 0) programs.step_flush = compileStep(false, true);
  if (gradientAccumulationSteps !== null) {
    const builder = begin();
    for (const run of runs) {
      applyFormula(builder, accumulateFormula, run.elements, (name) => at(builder, blockOf(name), run));
    }
    programs.accumulate = builder.build();
  }
  if (useEma) {
    if (emaOverwriteFrequency !== null) {
      programs.overwrite = compileStep(true, false);
      if (optimizer.slots.length > 0) programs.overwrite_flush = compileStep(true, true);
    }
    const builder = new ProgramBuilder(ranks);
    overwriteWeights(builder);
    programs.finish = builder.build();
  }
  return programs;
}
