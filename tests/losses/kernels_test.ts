import { assert } from "@std/assert";
import { evaluate } from "../../src/formula/evaluate.ts";
import { backwardFormula, type FormulaRow } from "../../src/formula/formula_row.ts";
import { lossFormulas } from "../../src/losses/formulas.ts";
import { runFormula } from "../formula/run_formula.ts";

const SCALARS: Readonly<Record<string, number>> = { delta: 0.75, gamma: 2, alpha: 0.25 };

/** What predictions each formula takes. Others take any number. */
const PROBABILITIES = [0, 1e-8, 1e-3, 0.1, 0.25, 0.5, 0.7, 0.99, 1 - 2 ** -12];
const COUNTS = [0, 1e-3, 0.5, 1, 3.7, 100];
const NUMBERS = [-30, -7.3, -1, -0.4, 0, 1e-4, 0.6, 1, 2.5, 17, 30];
const DOMAINS: Readonly<Record<string, readonly number[]>> = {
  binary_crossentropy: PROBABILITIES,
  logit: PROBABILITIES,
  log_probability: PROBABILITIES,
  kl_divergence: PROBABILITIES,
  poisson: COUNTS,
  categorical_focal: NUMBERS.filter((x) => x <= 0),
};
const LABELS = [0, 0.3, 1];

/** All pairs of labels and predictions, or what else the formula reads, one array a vector. */
function arguments_(row: FormulaRow): Float32Array[] {
  const domain = DOMAINS[row.id] ?? NUMBERS;
  const others = row.forward.vectors.includes("t") ? LABELS : domain;
  const pairs = others.flatMap((a) => domain.map((b) => [a, b]));
  return row.forward.vectors.map((_, i) =>
    Float32Array.from(pairs, (pair) => pair[row.forward.vectors.length === 1 ? 1 : i])
  );
}

for (const numerics of ["fast", "portable"] as const) {
  for (const row of lossFormulas) {
    Deno.test(`${row.id}: kernels agree with the float64 reference (${numerics})`, () => {
      const vectors = arguments_(row);
      const named: Record<string, number> = Object.fromEntries(
        row.forward.scalars.map((name) => [name, SCALARS[name]]),
      );
      const read: Record<string, Float32Array> = Object.fromEntries(
        row.forward.vectors.map((name, i) => [name, vectors[i]]),
      );
      read.dy = new Float32Array(vectors[0].length).fill(1);
      read.y = runFormula(row.forward, vectors, row.forward.scalars.map((name) => named[name]), numerics);
      for (const formula of [row.forward, ...row.by.map((name) => backwardFormula(row, name))]) {
        const got = runFormula(
          formula,
          formula.vectors.map((name) => read[name]),
          formula.scalars.map((s) => named[s]),
          numerics,
        );
        got.forEach((value, i) => {
          const values = {
            ...named,
            ...Object.fromEntries(Object.entries(read).map(([name, data]) => [name, data[i]])),
          };
          const want = evaluate(formula.outputs.y, values);
          // 32 ulp: about ten operations, each within 2.5 ulp, of which some double the error; terms cancel, so of at least 1.
          const bound = 32 * 2 ** -24 * Math.max(1, Math.abs(want));
          assert(
            Math.abs(value - want) <= bound,
            `${formula.name} at ${JSON.stringify(values)} is ${value}, wanted ${want}`,
          );
        });
      }
    });
  }
}
