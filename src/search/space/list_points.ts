import { buildParams } from "./build_params.ts";
import { isAllowed } from "./is_allowed.ts";
import type { Params } from "./params.ts";
import type { ResolvedSpace } from "./space.ts";

/**
 * All points of a countable space that are not forbidden; the first parameter varies slowest, and parameters that a condition
 * rules out do not multiply the points.
 *
 * @param space A space without continuous dimensions.
 * @param limit The most points that are listed.
 * @returns The points, or null if there are more than `limit` (before those that are forbidden are left out) or a dimension is
 *   continuous.
 */
export function listPoints(space: ResolvedSpace, limit: number): Params[] | null {
  if (space.parameters.some(({ axis }) => axis.count === Infinity)) return null;
  const least = space.parameters.reduce((n, { axis, when }) => when === undefined ? n * axis.count : n, 1);
  if (least > limit) return null;
  const points: Params[] = [];
  // An odometer: digits[i] is the number of the value of parameter i; used[i] tells whether the last point had it.
  const digits = space.parameters.map(() => 0);
  for (let visited = 0;; visited++) {
    if (visited >= limit) return null;
    const used = digits.map(() => false);
    const params = buildParams(space, ({ axis }, i) => {
      used[i] = true;
      return axis.at(digits[i]);
    });
    if (isAllowed(space, params)) points.push(params);
    let i = digits.length - 1;
    while (i >= 0 && (!used[i] || digits[i] === space.parameters[i].axis.count - 1)) digits[i--] = 0;
    if (i < 0) return points;
    digits[i]++;
  }
}
