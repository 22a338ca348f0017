import { evaluateFormula } from "../formula/evaluate.ts";
import type { Formula } from "../formula/formula.ts";
import { kernels } from "../kernels/gen/kernels.ts";
import type { Json } from "../tensor/json.ts";
import { formulaOf } from "./formulas.ts";

/** The activation of a recurrent op, as its attributes have it: a formula of the table of activations and its scalars; null for none. */
export interface RecurrentActivation {
  readonly formula: string;
  readonly scalars: Readonly<Record<string, number>>;
}

/** As an attribute has it. */
function read(attribute: Json | undefined): RecurrentActivation | null {
  return (attribute ?? null) as unknown as RecurrentActivation | null;
}

/** A formula, or its derivative, as kernels call it: a code (`asm/tile/cells.ts`) and three scalars. */
export type ActivationCode = readonly [code: number, number, number, number];

function codeOf(
  { name, vectors, scalars }: Formula,
  given: RecurrentActivation["scalars"],
  isBack: boolean,
): ActivationCode {
  const has = (vector: boolean, bit: number): number => isBack && vector ? bit : 0;
  const [dy, ...others] = vectors;
  const code = kernels[name][0] + scalars.length * 2 ** 16 +
    has(others.some((vector) => vector !== "y" && vector !== dy), 2 ** 24) + has(others.includes("y"), 2 ** 25);
  const [a = 0, b = 0, c = 0] = scalars.map((scalar) => given[scalar]);
  return [code, a, b, c];
}

/** How kernels call an activation. */
export function activationCode(attribute: Json | undefined): ActivationCode {
  const activation = read(attribute);
  if (activation === null) return [0, 0, 0, 0];
  return codeOf(formulaOf(activation.formula, null), activation.scalars, false);
}

/** How they call its derivative. */
export function derivativeCode(attribute: Json | undefined): ActivationCode {
  const activation = read(attribute);
  if (activation === null) return [0, 0, 0, 0];
  const [x] = formulaOf(activation.formula, null).vectors;
  return codeOf(formulaOf(activation.formula, x), activation.scalars, true);
}

/** Whether its derivative needs what it is applied to, besides its value. */
export function needsInput(attribute: Json | undefined): boolean {
  const activation = read(attribute);
  if (activation === null) return false;
  const [x] = formulaOf(activation.formula, null).vectors;
  return formulaOf(activation.formula, x).vectors.includes(x);
}

/** An activation in float64: its values, and dy times its derivative at x, where it is y. */
export interface ReferenceActivation {
  apply(x: Float64Array): Float64Array;
  back(dy: Float64Array, x: Float64Array, y: Float64Array): Float64Array;
}

/** The float64 meaning of an activation. */
export function referenceOf(attribute: Json | undefined): ReferenceActivation {
  const activation = read(attribute);
  if (activation === null) return { apply: (x) => x.slice(), back: (dy) => dy.slice() };
  const forward = formulaOf(activation.formula, null);
  const [name] = forward.vectors;
  const backward = formulaOf(activation.formula, name);
  const scalarsOf = (names: readonly string[]): number[] => names.map((scalar) => activation.scalars[scalar]);
  return {
    apply: (x) => evaluateFormula(forward, [x], scalarsOf(forward.scalars))["y"],
    back(dy, x, y) {
      const vectors = backward.vectors.map((vector) => vector === name ? x : vector === "dy" ? dy : y);
      return evaluateFormula(backward, vectors, scalarsOf(backward.scalars))["y"];
    },
  };
}
