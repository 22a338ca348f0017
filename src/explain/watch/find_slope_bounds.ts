import type { Internals } from "../../models/internals.ts";
import type { Attributes, Symbolic } from "../../tensor/symbolic.ts";

/** What the slope of an activation is like. */
export interface SlopeBounds {
  /** Between which z the slope is at least 5 % of its maximum; null for an activation that is not bounded on both sides. */
  readonly steep: readonly [low: number, up: number] | null;
  /** Whether it is flat for all z < 0, and not above: a unit that gives nothing above 0 for any sample is dead. */
  readonly isFlatBelow: boolean;
}

/** The share of the largest slope below which a unit counts as saturated. */
const FLAT = 0.05;
/** Where slopes are looked at: from −REACH to REACH, so many steps. */
const REACH = 20, STEPS = 2000;
/** Halvings of a step. */
const HALVINGS = 40;

/** Finds out about the slope of an elementwise activation from its formula; `attributes` are those of its node. */
export function findSlopeBounds({ formulaOf, opNamed }: Internals, attributes: Attributes): SlopeBounds {
  const run = (by: string | null, vectors: Readonly<Record<string, ArrayLike<number>>>): Float64Array => {
    const names = formulaOf(attributes.formula as string, by).vectors;
    const inputs = names.map((name) => ({ shape: [], data: Float64Array.from(vectors[name]) }));
    return opNamed("map").evaluate(inputs, { attributes: { ...attributes, by } } as unknown as Symbolic);
  };
  const slopesAt = (x: readonly number[]): Float64Array =>
    run("x", { x, y: run(null, { x }), dy: x.map(() => 1) }).map(Math.abs);
  const slopeAt = (x: number): number => slopesAt([x])[0];
  const isFlatBelow = slopeAt(-0.25) === 0 && slopeAt(-REACH) === 0 && slopeAt(0.25) > 0;
  // What is bounded has next to the same value at two far places.
  const far = run(null, { x: [-1e9, -1e6, 1e6, 1e9] });
  const isBounded = Math.abs(far[1] - far[0]) < 1 && Math.abs(far[3] - far[2]) < 1;
  const places = Array.from({ length: STEPS + 1 }, (_, i) => REACH * (2 * i / STEPS - 1));
  const slopes = slopesAt(places);
  const bound = FLAT * slopes.reduce((a, b) => Math.max(a, b));
  if (!isBounded || !(bound > 0)) return { steep: null, isFlatBelow };
  const edge = (inside: number, step: number): number => {
    let outside = inside + step;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (inside + outside) / 2;
      if (slopeAt(middle) >= bound) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  const step = 2 * REACH / STEPS;
  const low = edge(places[slopes.findIndex((slope) => slope >= bound)], -step);
  return { steep: [low, edge(places[slopes.findLastIndex((slope) => slope >= bound)], step)], isFlatBelow };
}
