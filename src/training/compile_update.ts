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
import type { Program } from "../program/program.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { applyConstraints } from "./apply_constraints.ts";
import { clipGradients } from "./clip_gradients.ts";
import { findRuns, type Run, shareRuns } from "./find_runs.ts";
import { ProgramDraft } from "./program_draft.ts";
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
  const ends = (begin: "offset" | "slot"): number =>
    trained.reduce((end, v) => Math.max(end, v[begin] + Math.ceil(v.elements / 4) * 4), 0);
  const [weightsEnd, slotsEnd] = [ends("offset"), ends("slot")];
  const emaCells = averageCells(optimizer);
  const blockOf = (name: string): string => {
    const own = { w: "weights", g: "gradients", average: "ema", accumulator: "accumulator" };
    return findEntry<string>(own, name) ?? name;
  };
  /** A run in a block: `weights`, or one that has the layout of the gradients. */
  const at = (draft: ProgramDraft, block: string, run: Run): BufferRef =>
    block === "weights" ? draft.place(block, run.offset, weightsEnd) : draft.place(block, run.slot, slotsEnd);
  const overwriteWeights = (draft: ProgramDraft): void => {
    for (const run of runs) {
      const [to, from] = ["weights", "ema"].map((block) => at(draft, block, run));
      draft.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(run.elements));
    }
  };
  const staged = variables.filter((v) => v.staged);
  const stateEnd = staged.reduce((end, v) => Math.max(end, v.offset + Math.ceil(v.elements / 4) * 4), 0);
  /** A program that begins by taking over what the step has given variables as new values. */
  const begin = (): ProgramDraft => {
    const draft = new ProgramDraft(ranks);
    for (const { offset, elements } of staged) {
      const [to, from] = ["state", "state_next"].map((block) => draft.place(block, offset, stateEnd));
      draft.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(elements));
    }
    return draft;
  };
  const compileStep = (overwrite: boolean, flush: boolean): Program => {
    const draft = begin();
    const cells = draft.place("cells", 0, emaCells + 4);
    const each = (f: (run: Run, arrays: (name: string) => BufferRef) => void): void =>
      runs.forEach((run) => f(run, (name) => at(draft, blockOf(name), run)));
    if (gradientAccumulationSteps !== null) {
      const scalars = [1 / gradientAccumulationSteps];
      each((run, arrays) => draft.apply(takeAccumulatedFormula, run.elements, arrays, { scalars }));
    }
    const gradient = (slot: number): BufferRef => draft.place("gradients", slot, slotsEnd);
    clipGradients(draft, common, { variables: trained, runs, gradient });
    const slots = new Set(optimizer.slots.map((slot) => slot.name));
    for (const run of ranks === 1 ? runs : shareRuns(runs, trained)) {
      const array = (name: string): BufferRef => at(draft, slots.has(name) ? `slot/${name}` : blockOf(name), run);
      draft.apply(formula, run.elements, array, { scalars: optimizer.scalars, cells, quantum: run.quantum });
    }
    if (flush) {
      for (const slot of slots) {
        each((run) => draft.apply(flushFormula, run.elements, () => at(draft, `slot/${slot}`, run)));
      }
    }
    if (useEma) {
      const emaAt = { ...cells, offset: emaCells };
      each((run, arrays) => draft.apply(averageFormula, run.elements, arrays, { cells: emaAt }));
    }
    if (overwrite) overwriteWeights(draft);
    applyConstraints(draft, trained, constraints);
    return draft.build();
  };

  const programs: Record<string, Program> = { step: compileStep(false, false) };
  if (optimizer.slots.length > 0) programs.step_flush = compileStep(false, true);
  if (gradientAccumulationSteps !== null) {
    const draft = begin();
    for (const run of runs) {
      draft.apply(accumulateFormula, run.elements, (name) => at(draft, blockOf(name), run));
    }
    programs.accumulate = draft.build();
  }
  if (useEma) {
    if (emaOverwriteFrequency !== null) {
      programs.overwrite = compileStep(true, false);
      if (optimizer.slots.length > 0) programs.overwrite_flush = compileStep(true, true);
    }
    const draft = new ProgramDraft(ranks);
    overwriteWeights(draft);
    programs.finish = draft.build();
  }
  return programs;
}
