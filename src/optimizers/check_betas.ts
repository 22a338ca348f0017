import { checkNumber } from "../errors/check_number.ts";

/** Checks `beta1`, `beta2` (>= 0 and < 1; 0.9 and 0.999 by default) and `epsilon` (> 0; 1e-7 by default). */
export function checkBetas(
  what: string,
  options: { readonly beta1?: number; readonly beta2?: number; readonly epsilon?: number },
): { beta1: number; beta2: number; epsilon: number } {
  const beta1 = checkNumber(what, "beta1", options.beta1 ?? 0.9, { min: 0, maxExclusive: 1 });
  const beta2 = checkNumber(what, "beta2", options.beta2 ?? 0.999, { min: 0, maxExclusive: 1 });
  const epsilon = checkNumber(what, "epsilon", options.epsilon ?? 1e-7, { minExclusive: 0 });
  return { beta1, beta2, epsilon };
}
