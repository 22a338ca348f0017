import { abs, add, greater, max, min, mul, neg, select } from "../formula/build.ts";
import { constant, scalar, vector } from "../formula/expression.ts";
import { type Formula, formula } from "../formula/formula.ts";

const g = vector("g");

/** g limited to ± limit: y = min(max(g, −limit), limit) */
export const clipValueFormula: Formula = formula(
  "clip_value",
  min(max(g, neg(scalar("limit"))), scalar("limit")),
);

/**
 * A slot's values below 2^-110 become 0. A unit that has died leaves means that are multiplied by beta at every step, and float32 would
 * keep them subnormal for good, which makes every step several times slower. NaN stays NaN.
 */
export const flushFormula: Formula = {
  name: "flush_slot",
  vectors: ["slot"],
  scalars: [],
  cells: [],
  outputs: { slot: select(greater(2 ** -110, abs(vector("slot"))), 0, vector("slot")) },
};

/** accumulator += g */
export const accumulateFormula: Formula = {
  name: "accumulate",
  vectors: ["accumulator", "g"],
  scalars: [],
  cells: [],
  outputs: { accumulator: add(vector("accumulator"), g) },
};

/** g = (accumulator + g) · share, accumulator = 0 */
export const takeAccumulatedFormula: Formula = {
  name: "take_accumulated",
  vectors: ["accumulator", "g"],
  scalars: ["share"],
  cells: [],
  outputs: { accumulator: constant(0), g: mul(add(vector("accumulator"), g), scalar("share")) },
};

/** average = keep · average + take · w, with keep + take = 1 */
export const averageFormula: Formula = {
  name: "average_weights",
  vectors: ["average", "w"],
  scalars: [],
  cells: ["keep", "take"],
  outputs: { average: add(mul(scalar("keep"), vector("average")), mul(scalar("take"), vector("w"))) },
};

/** What is done around an optimizer's step: one kernel each. */
export const updateFormulas: readonly Formula[] = [
  clipValueFormula,
  accumulateFormula,
  takeAccumulatedFormula,
  averageFormula,
  flushFormula,
];
