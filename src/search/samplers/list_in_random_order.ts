import { RandomStream } from "../../tensor/random_stream.ts";
import { drawUnit } from "../space/draw_unit.ts";
import { listPoints } from "../space/list_points.ts";
import type { Params } from "../space/params.ts";
import { SEARCH_STREAMS } from "./search_streams.ts";
import type { ResolvedSpace } from "../space/space.ts";

const MOST_POINTS = 65_536;

/**
 * All points of a small countable space in the order in which independent draws without repetition give them. A point's chance
 * to come first is its probability w in the space; the keys −log(u) / w in rising order are such a sequence.
 *
 * Source: Efraimidis and Spirakis 2006, Weighted random sampling with a reservoir.
 *
 * @param space The space.
 * @param seed The seed of the search.
 * @returns The points, or null if the space is continuous or has more than 65,536 points.
 */
export function listInRandomOrder(space: ResolvedSpace, seed: number): Params[] | null {
  const points = listPoints(space, MOST_POINTS);
  if (points === null) return null;
  const random = new RandomStream(seed, SEARCH_STREAMS.order);
  const keys = Float64Array.from(points, (params) => -Math.log(1 - drawUnit(random)) / weigh(space, params));
  const order = Uint32Array.from(points.keys()).sort((a, b) => keys[a] - keys[b] || a - b);
  return Array.from(order, (i) => points[i]);
}

/** The probability of a point: the product of the shares that the cells of its values have of their axes. */
function weigh(space: ResolvedSpace, params: Params): number {
  let weight = 1;
  for (const { name, axis } of space.parameters) {
    if (!Object.hasOwn(params, name)) continue;
    const x = axis.positionOf(params[name]);
    weight *= (axis.upperEdge(x) - axis.lowerEdge(x)) / (axis.high - axis.low);
  }
  return weight;
}
