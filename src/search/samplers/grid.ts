import { checkOptions } from "../../errors/check_options.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { defineRow } from "../../tables/define_row.ts";
import { listPoints } from "../space/list_points.ts";
import type { Params } from "../space/params.ts";
import type { Sampler } from "./sampler.ts";
import type { ResolvedSpace } from "../space/space.ts";
import { remember } from "./remember.ts";
import type { SamplerRow } from "./sampler_row.ts";

const MOST_POINTS = 1_000_000;

/**
 * Tries every combination of values that is not forbidden, once; the first parameter varies slowest. Parameters that a condition
 * rules out do not multiply the trials.
 *
 * @param options None.
 * @returns The sampler. In a space with a range without `steps`, or with more than 1,000,000 combinations, its methods throw a
 *   RangeError.
 * @throws {TypeError} If there is an option.
 */
export function grid(options: Record<string, never> = {}): Sampler {
  checkOptions("create grid sampler", options, []);
  const points = remember((space) => listGrid(space));
  return {
    id: "grid",
    config: {},
    isAdaptive: false,
    count: (space) => points(space, 0).length,
    propose: ({ space, index }) => points(space, 0)[index] ?? null,
  };
}

function listGrid(space: ResolvedSpace): Params[] {
  const what = "list grid";
  const endless = space.parameters.find(({ axis }) => axis.count === Infinity);
  if (endless !== undefined) {
    const { name, dimension } = endless;
    const { kind, min, max } = dimension as { kind: string; min: number; max: number };
    throw new RangeError(
      `Cannot ${what}: parameter ${
        describeValue(name)
      } must have a limited number of values, got a continuous range; ` +
        `write ${kind}(${min}, ${max}, { steps: 4 }), or use another sampler`,
    );
  }
  const points = listPoints(space, MOST_POINTS);
  if (points === null) {
    throw new RangeError(
      `Cannot ${what}: there must be at most ${MOST_POINTS} combinations; use the random sampler for larger spaces`,
    );
  }
  if (points.length === 0) {
    throw new RangeError(`Cannot ${what}: the forbidden combinations must leave something to try, got none left`);
  }
  return points;
}

/** Its row of the table. */
export const gridRow: SamplerRow = defineRow({ id: "grid", create: grid });
