import { checkString } from "../errors/check_string.ts";
import { snakeCase } from "../errors/snake_case.ts";
import { type Reduction, reductions } from "./reduction.ts";

/**
 * The reduction in a loss's options: `sum_over_batch_size` unless given; camelCase is taken too, and null means `none`.
 *
 * @param what what is being done: `create huber loss`
 * @throws {RangeError} if it is not a reduction
 */
export function readReduction(what: string, given: unknown): Reduction {
  if (given === undefined) return "sum_over_batch_size";
  if (given === null) return "none";
  return checkString(what, "reduction", typeof given === "string" ? snakeCase(given) : given, reductions);
}
