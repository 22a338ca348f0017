import { choice } from "../../src/search/space/choice.ts";
import { integer } from "../../src/search/space/integer.ts";
import type { Params, ParamValue } from "../../src/search/space/params.ts";
import type { Space } from "../../src/search/space/space.ts";
import { uniform } from "../../src/search/space/uniform.ts";

/** A function to be made small, and where. */
export interface Objective {
  space: Space;
  /** Its value at params of the space. */
  evaluate(params: Params): number;
  /** Its least value. */
  minimum: number;
  /** A point that has the least value. */
  argmin: Params;
}

/** The numbers of params, in order. */
function list(params: Params): number[] {
  return Object.values(params) as number[];
}

/** Params x0, x1, … from their values. */
function name<T extends ParamValue | Space[string]>(values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [`x${i}`, value]));
}

const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];

/** The mixed-integer sphere: how many values each of its variables has (0: continuous), twice each. */
const ARITIES = [2, 2, 4, 4, 8, 8, 16, 16, 0, 0];
/** Where its minimum is: the number of the value, or the value itself if continuous. */
const CENTER = [1, 0, 2, 0, 5, 1, 11, 6, -2.3, 3.1];

/** Puts value k of `arity` where bbob-mixint has it: evenly between −5 and 5, ends left out. */
function place(x: number, arity: number): number {
  return arity === 0 ? x : -5 + 10 * (x + 1) / (arity + 1);
}

/**
 * Functions on which samplers are compared: Branin, Hartmann-6 and Ackley-5 (Surjanovic and Bingham, Virtual library of
 * simulation experiments) and the sphere in ten variables of 2, 2, 4, 4, 8, 8, 16, 16, ∞ and ∞ values as in Tušar, Brockhoff and
 * Hansen 2019, Mixed-integer benchmark problems for single- and bi-objective optimization; the binary ones are choices here.
 */
export const objectives: Readonly<Record<string, Objective>> = {
  "Branin": {
    space: { x0: uniform(-5, 10), x1: uniform(0, 15) },
    evaluate(params) {
      const [x, y] = list(params);
      const bow = y - 5.1 / (4 * Math.PI ** 2) * x ** 2 + 5 / Math.PI * x - 6;
      return bow ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
    minimum: 0.397887,
    argmin: { x0: Math.PI, x1: 2.275 },
  },
  "Hartmann-6": {
    space: name(HARTMANN_A[0].map(() => uniform(0, 1))),
    evaluate(params) {
      const x = list(params);
      const terms = HARTMANN_ALPHA.map((alpha, i) => {
        return alpha *
          Math.exp(-HARTMANN_A[i].reduce((sum, a, j) => sum + a * (x[j] - HARTMANN_P[i][j] * 1e-4) ** 2, 0));
      });
      return -terms.reduce((sum, term) => sum + term, 0);
    },
    minimum: -3.32237,
    argmin: name([0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573]),
  },
  "Ackley-5": {
    space: name(Array.from({ length: 5 }, () => uniform(-32.768, 32.768))),
    evaluate(params) {
      const x = list(params);
      const squares = x.reduce((sum, each) => sum + each ** 2, 0) / x.length;
      const waves = x.reduce((sum, each) => sum + Math.cos(2 * Math.PI * each), 0) / x.length;
      return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(waves) + 20 + Math.E;
    },
    minimum: 0,
    argmin: name([0, 0, 0, 0, 0]),
  },
  "mixed-integer sphere": {
    space: name(ARITIES.map((arity) => {
      return arity === 0 ? uniform(-5, 5) : arity === 2 ? choice([0, 1]) : integer(0, arity - 1);
    })),
    evaluate(params) {
      return list(params).reduce((sum, x, i) => sum + (place(x, ARITIES[i]) - place(CENTER[i], ARITIES[i])) ** 2, 0);
    },
    minimum: 0,
    argmin: name(CENTER),
  },
};
