import { createRandom } from "../random/create_random.ts";
import { drawNormal } from "../random/draw_normal.ts";

/** How often each arm goes round. */
const TURNS = 1.75;
/** The standard deviation of a point from its arm; the arms are 0.27 apart. */
const NOISE = 0.02;

/** Points [points, 2], about from −1 to 1, and the arm of each, 0 or 1. */
export interface Spirals {
  readonly x: number[][];
  readonly y: number[];
}

/**
 * Points at random on two spirals, one arm turned against the other by half a turn: no straight line, nor any few of them, part the arms.
 *
 * @param count How many points; the arms take turns.
 * @param seed The same seed gives the same points.
 */
export function drawSpirals(count: number, seed: number): Spirals {
  const random = createRandom(seed);
  const y = Array.from({ length: count }, (_, i) => i % 2);
  const x = y.map((arm) => {
    const radius = 0.05 + 0.95 * Math.sqrt(random()); // as many points on every piece of the same length
    const angle = 2 * Math.PI * TURNS * radius + Math.PI * arm;
    return [Math.cos, Math.sin].map((f) => radius * f(angle) + NOISE * drawNormal(random));
  });
  return { x, y };
}
