import { add, max, min, mul, neg } from "../formula/build.ts";
import { constant, scalar, vector } from "../formula/expression.ts";
import { type Formula, formula } from "../formula/formula.ts";

const g = vector("g");

/** g limited to ± limit: y = min(max(g, −limit), limit) */
export const clipValueFormula: Formula = formula(
  "clip_value",
  min(max(g, neg(scalar("limit"))), scalar("limit")),
);

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
