/**
 * How many elements a walk reaches from its address on: its offset, then size and stride of every axis. Infinity where it begins before its
 * address, has no steps, or is a whole one, which meets no element twice, and has more steps than elements: without that limit they could
 * be any number.
 */
export function reachOfWalk([at, ...axes]: readonly number[], isWhole: boolean): number {
  let first = at, last = at, steps = 1;
  for (let k = 0; k < axes.length; k += 2) {
    const way = (axes[k] - 1) * axes[k + 1];
    first += Math.min(way, 0), last += Math.max(way, 0), steps *= axes[k];
  }
  return first < 0 || steps < 1 || isWhole && steps > last - first + 1 ? Infinity : last + 1;
}
