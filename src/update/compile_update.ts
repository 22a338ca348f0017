import type { Constraint } from "../constraints/constraint.ts";
import { findEntry } from "../errors/find_entry.ts";
import { type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { Program } from "../program/program.ts";
import { ProgramBuilder } from "../program/program_builder.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { applyConstraints } from "./apply_constraints.ts";
import { applyFormula } from "../program/apply_formula.ts";
import { clipGradients } from "./clip_gradients.ts";
import { findWeightRanges, shareWeightRanges, type WeightRange } from "./find_weight_ranges.ts";
import { accumulateFormula, averageFormula, flushFormula, takeAccumulatedFormula } from "./formulas.ts";
import { traceStep } from "./trace_step.ts";
import { updateTouched } from "./update_touched.ts";
import { UpdateLayout } from "./update_layout.ts";

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
 * Compiles the step of an optimizer: averaging of accumulated gradients, clipping, weight decay and step, moving average, constraints, in
 * this order; group by group, where there are several. A fused optimizer updates variables that lie side by side by one kernel call; frozen ones are left out.
 *
 * @param variables all variables of the model
 * @param constraints by the variable's name
 * @param ranks for how many threads
 */
export function compileUpdate(
  optimizer: Optimizer | OptimizerGroups,
  variables: readonly VariablePlace[],
  constraints: ReadonlyMap<string, Constraint>,
  ranks: number,
): UpdatePrograms {
  const layout = new UpdateLayout(optimizer, variables);
  const groups = layout.groups.map((group) => {
    const trained = group.variables.filter(({ elements, touched }) => elements > 0 && touched === undefined);
    const sparse = group.variables.filter(({ touched }) => touched !== undefined);
    return { ...group, trained, sparse, ranges: findWeightRanges(trained), common: group.optimizer.common };
  });
  const averaged = groups.filter(({ common }) => common.useEma);
  const slots = layout.slotBlocks;
  /** A range in a block: `weights`, `gradients`, or one of state. */
  const at = (builder: ProgramBuilder, block: string, range: WeightRange): BufferRef => {
    const { offset, slot, elements } = range;
    if (block === "weights") return builder.place({ block, offset }, elements);
    return builder.place({ block, offset: block === "gradients" ? slot : layout.partAt(block, slot).offset }, elements);
  };
  const blockOf = (name: string): string => {
    const own = { w: "weights", g: "gradients", average: "ema", accumulator: "accumulator" };
    return findEntry<string>(own, name) ?? name;
  };
  const overwriteWeights = (builder: ProgramBuilder): void => {
    for (const range of averaged.flatMap(({ ranges }) => ranges)) {
      const [to, from] = ["weights", "ema"].map((block) => at(builder, block, range));
      builder.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(range.elements));
    }
  };
  /** A program that begins by taking over what the step has given variables as new values. */
  const begin = (): ProgramBuilder => {
    const builder = new ProgramBuilder(ranks);
    for (const { offset, elements, staged } of variables) {
      if (!staged) continue;
      const [to, from] = ["state", "state_next"].map((block) => builder.place({ block, offset }, elements));
      builder.call("copy_forward", [write(to, 1), read(from, 1), count()], byParameter(elements));
    }
    return builder;
  };
  const step = (builder: ProgramBuilder, group: typeof groups[number]): void => {
    const { optimizer: rule, ranges, trained, sparse } = group;
    if (!("formula" in rule)) return traceStep(builder, layout, rule, group);
    const { formula, scalars } = rule;
    const names = new Set(rule.slots.map((slot) => slot.name));
    const cells = builder.place({ block: "cells", offset: group.cells }, group.commonCells - group.cells);
    const arrays = (range: WeightRange) => (name: string): BufferRef =>
      at(builder, names.has(name) ? `slot/${name}` : blockOf(name), range);
    for (const range of ranks === 1 ? ranges : shareWeightRanges(ranges, trained)) {
      applyFormula(builder, formula, range.elements, arrays(range), { scalars, cells, quantum: range.quantum });
    }
    for (const variable of sparse) updateTouched(builder, rule, variable, arrays(variable), cells);
  };
  const compileStep = (overwrite: boolean, flush: boolean): Program => {
    const builder = begin();
    const gradient = (slot: number, elements: number): BufferRef =>
      builder.place({ block: "gradients", offset: slot }, elements);
    for (const { ranges, trained, common } of groups) {
      const { gradientAccumulationSteps } = common;
      for (const range of gradientAccumulationSteps === null ? [] : ranges) {
        const scalars = [1 / gradientAccumulationSteps!];
        const array = (name: string): BufferRef => at(builder, blockOf(name), range);
        applyFormula(builder, takeAccumulatedFormula, range.elements, array, { scalars });
      }
      clipGradients(builder, common, { variables: trained, ranges, gradient });
    }
    for (const group of groups) step(builder, group);
    if (flush) {
      for (const block of slots) {
        const elements = layout.sizeOf(block);
        const all = builder.place({ block, offset: 0 }, elements);
        applyFormula(builder, flushFormula, elements, () => all);
      }
    }
    for (const { ranges, commonCells } of averaged) {
      const cells = builder.place({ block: "cells", offset: commonCells }, 2);
      for (const range of ranges) {
        applyFormula(builder, averageFormula, range.elements, (name) => at(builder, blockOf(name), range), { cells });
      }
    }
    if (overwrite) overwriteWeights(builder);
    applyConstraints(builder, groups.flatMap(({ trained }) => trained), constraints);
    return builder.build();
  };

  const programs: Record<string, Program> = { step: compileStep(false, false) };
  if (slots.length > 0) programs.step_flush = compileStep(false, true);
  if (groups[0].common.gradientAccumulationSteps !== null) {
    const builder = begin();
    for (const range of groups.flatMap(({ ranges }) => ranges)) {
      applyFormula(builder, accumulateFormula, range.elements, (name) => at(builder, blockOf(name), range));
    }
    programs.accumulate = builder.build();
  }
  if (averaged.length > 0) {
    if (averaged[0].common.emaOverwriteFrequency !== null) {
      programs.overwrite = compileStep(true, false);
      if (slots.length > 0) programs.overwrite_flush = compileStep(true, true);
    }
    const builder = new ProgramBuilder(ranks);
    overwriteWeights(builder);
    programs.finish = builder.build();
  }
  return programs;
}
