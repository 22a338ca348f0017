import { SQUARES_BLOCK } from "../kernels/gen/constants.ts";
import { largestOf } from "../tensor/largest_of.ts";
import type { CommonConfig } from "../optimizers/optimizer.ts";
import { begin, type BufferRef, byParameter, count, read, write } from "../ops/op.ts";
import { applyFormula } from "../program/apply_formula.ts";
import type { ProgramBuilder } from "../program/program_builder.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { WeightRange } from "./find_weight_ranges.ts";
import { clipValueFormula } from "./formulas.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";

/** Float32 elements in the place of one partial sum, which is float64: squares of gradients from 1.85e19 on need it. */
const PARTIAL = 2;

/** What clipping works on. */
export interface Clipped {
  /** The variables that are trained. */
  readonly variables: readonly VariablePlace[];
  readonly ranges: readonly WeightRange[];
  /** So many elements of the block `gradients` from `slot` on. */
  readonly gradient: (slot: number, elements: number) => BufferRef;
}

/**
 * Adds the clipping of the gradients: by value, g = min(max(g, −c), c); or by norm, g = g · c / max(‖g‖, c), with the norm of one
 * variable (`clipnorm`) or of all (`globalClipnorm`).
 */
export function clipGradients(
  builder: ProgramBuilder,
  common: CommonConfig,
  { variables, ranges, gradient }: Clipped,
): void {
  const { clipvalue, clipnorm, globalClipnorm } = common;
  if (clipvalue !== null) {
    for (const { slot, elements } of ranges) {
      applyFormula(builder, clipValueFormula, elements, () => gradient(slot, elements), { scalars: [clipvalue] });
    }
    return;
  }
  const limit = clipnorm ?? globalClipnorm;
  if (limit === null) return;
  const factor = builder.create("clip factor", 1);
  const scale = (slot: number, elements: number): void => {
    const at = gradient(slot, elements);
    builder.call("scale_by_forward", [write(at, 1), read(at, 1), read(factor, 0), count()], byParameter(elements));
  };
  const blocksOf = (variable: VariablePlace): number => Math.ceil(variable.elements / SQUARES_BLOCK);
  const findFactor = (group: readonly VariablePlace[], partials: BufferRef): void => {
    let blocks = 0;
    for (const variable of group) {
      const target = { ...partials, offset: partials.offset + PARTIAL * blocks };
      const elements = wholeVectors(variable.elements);
      builder.call("sum_squares_blocks", [
        write(target, PARTIAL),
        read(gradient(variable.slot, elements), SQUARES_BLOCK),
        count(),
        begin(SQUARES_BLOCK),
        variable.elements,
      ], byParameter(blocksOf(variable)));
      blocks += blocksOf(variable);
    }
    builder.call("clip_factor_forward", [write(factor, 0), read(partials, 0), limit, blocks], null);
  };
  if (globalClipnorm !== null) {
    const partials = builder.create(
      "partial sums of squares",
      PARTIAL * variables.reduce((sum, v) => sum + blocksOf(v), 0),
    );
    findFactor(variables, partials);
    for (const { slot, elements } of ranges) scale(slot, elements);
    return;
  }
  const partials = builder.create("partial sums of squares", PARTIAL * largestOf(variables.map(blocksOf), 0));
  for (const variable of variables) {
    findFactor([variable], partials);
    scale(variable.slot, wholeVectors(variable.elements));
  }
}
