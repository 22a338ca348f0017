import type { RandomStream } from "../../tensor/random_stream.ts";
import { buildParams } from "./build_params.ts";
import { drawUnit } from "./draw_unit.ts";
import { isAllowed } from "./is_allowed.ts";
import type { Params } from "./params.ts";
import type { ResolvedSpace } from "./space.ts";

const MOST_ATTEMPTS = 10_000;

/**
 * Params drawn from a space: every parameter independently from its distribution, and again as a whole while they are
 * forbidden.
 *
 * @param space The space.
 * @param random The stream to take from.
 * @returns The params.
 * @throws {RangeError} If 10,000 draws in a row are forbidden.
 */
export function drawParams(space: ResolvedSpace, random: RandomStream): Params {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const params = buildParams(space, ({ axis: { low, high, valueAt } }) => {
      return valueAt(low + drawUnit(random) * (high - low));
    });
    if (isAllowed(space, params)) return params;
  }
  throw new RangeError(
    `Cannot draw params: the forbidden combinations must leave something to try, got ${MOST_ATTEMPTS} forbidden draws in a row`,
  );
}
