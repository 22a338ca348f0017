import { checkNumber } from "../errors/check_number.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { defineRow } from "../tables/define_row.ts";
import type { Schedule } from "./schedule.ts";
import type { ScheduleRow } from "./schedule_row.ts";

/** Options of `piecewiseConstantDecay`. */
export interface PiecewiseConstantDecayOptions {
  /** The last step of each piece but the last, increasing. */
  boundaries: readonly number[];
  /** The learning rate of each piece, >= 0; one more than there are boundaries. */
  values: readonly number[];
}

/**
 * rate = values[i] with the smallest i for which step <= boundaries[i], and the last value beyond all boundaries.
 *
 * @param options Boundaries and values.
 * @returns The schedule.
 * @throws {TypeError} If one of them is no array, or their lengths do not go together.
 * @throws {RangeError} If the boundaries do not increase, or a value is out of range.
 */
export function piecewiseConstantDecay(options: PiecewiseConstantDecayOptions): Schedule {
  const what = "create piecewise_constant_decay schedule";
  checkOptions(what, options, ["boundaries", "values"]);
  const given: Partial<PiecewiseConstantDecayOptions> = options ?? {};
  const boundaries = copyNumbers(what, "boundaries", given.boundaries);
  const values = copyNumbers(what, "values", given.values, 0);
  if (values.length !== boundaries.length + 1) {
    const found = `${boundaries.length} boundaries and ${values.length} values`;
    throw new TypeError(`Cannot ${what}: there must be one value more than there are boundaries, got ${found}`);
  }
  for (let i = 1; i < boundaries.length; i++) {
    if (boundaries[i] <= boundaries[i - 1]) {
      const found = `${boundaries[i]} after ${boundaries[i - 1]}`;
      throw new RangeError(`Cannot ${what}: boundaries must increase, got ${found}`);
    }
  }
  return {
    id: "piecewise_constant_decay",
    config: { boundaries, values },
    at(step: number): number {
      let i = 0;
      while (i < boundaries.length && step > boundaries[i]) i++;
      return values[i];
    },
  };
}

function copyNumbers(what: string, name: string, given: unknown, min?: number): number[] {
  if (!Array.isArray(given)) {
    throw new TypeError(`Cannot ${what}: ${name} must be an array of numbers, got ${describeValue(given)}`);
  }
  return given.map((value, i) => checkNumber(what, `${name}[${i}]`, value, { min }));
}

/** Its row of the table. */
export const piecewiseConstantDecayRow: ScheduleRow = defineRow({
  id: "piecewise_constant_decay",
  create: piecewiseConstantDecay,
});
