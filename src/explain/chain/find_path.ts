import { group, joined, type Maths, name, number, partial, row, signedNumber, word } from "../../drawing/maths.ts";
import type { ChainWords } from "../strings/chain_strings.ts";
import type { ChainRule, Leap, Route, Station } from "./chain_rule.ts";
import { factorFormula, isCompound } from "./factor_formula.ts";
import type { Names } from "./names.ts";
import { unfoldLoss } from "./unfold_loss.ts";

/** So many paths, or fewer, are all written as products. */
export const MOST_PATHS = 8;
/** So many terms of a longer sum, or samples of a batch, are opened: the largest. */
export const MOST_OPENED = 3;

/** What explanations are written with. */
export interface Writing {
  readonly chain: ChainRule;
  readonly names: Names;
  readonly words: ChainWords;
  /** Significant digits of the numbers. */
  readonly digits: number;
}

/** ∂of/∂by of a path, with its formula and value. */
export interface PathFactor {
  readonly of: Maths;
  readonly by: Maths;
  readonly formula: Maths | null;
  readonly value: number;
}

/** One way from a weight to the loss. */
export interface PathRoute {
  /** From the loss to the weight, as they are multiplied on the lecture's slides. */
  readonly factors: readonly PathFactor[];
  readonly product: number;
}

/** ∂E/∂of as a sum over the values that it flows into. */
export interface PathLevel {
  readonly of: Maths;
  readonly gradient: number;
  /** The largest terms, the largest first. */
  readonly terms: readonly {
    readonly to: Maths;
    readonly formula: Maths | null;
    readonly factor: number;
    readonly gradient: number;
  }[];
  /** The other terms; null if there are none. */
  readonly rest: { readonly count: number; readonly sum: number } | null;
}

/** What one sample adds to a derivative: all its routes, or where they are many the sums of every layer along the largest terms. */
export interface PathGroup {
  /** The number of the sample; null where terms belong to no sample alone, as those of a penalty. */
  readonly sample: number | null;
  readonly sum: number;
  readonly routes: readonly PathRoute[] | null;
  readonly levels: readonly PathLevel[] | null;
  /** Losses that are computed along with the activation before them, as the products that they stand for. */
  readonly unfolded: readonly Maths[];
}

/** The chain rule for one element. */
export interface FoundPath {
  readonly groups: readonly PathGroup[];
  readonly rest: { readonly count: number; readonly sum: number } | null;
  readonly sum: number;
  /** How many products are summed, and how large all of them are together. */
  readonly terms: number;
  readonly size: number;
}

/** The chain rule for an element: what flows from it to the loss. */
export function findPath(writing: Writing, from: Station): FoundPath {
  const { chain } = writing;
  const leaps = chain.leapsFrom(from);
  const bySample = new Map<number | null, Leap[]>();
  for (const leap of leaps) {
    const sample = chain.trace.samples === 1 ? null : chain.sampleOf(leap.to);
    bySample.set(sample, [...bySample.get(sample) ?? [], leap]);
  }
  const sumOf = (some: readonly Leap[]): number => some.reduce((sum, each) => sum + productOf(chain, each), 0);
  const sorted = [...bySample].map(([sample, some]) => ({ sample, leaps: some, sum: sumOf(some) }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.sample ?? -1) - (b.sample ?? -1));
  const opened = sorted.slice(0, MOST_OPENED).map(({ sample, leaps }) => findGroup(writing, from, sample, leaps));
  const closed = sorted.slice(MOST_OPENED);
  const rest = closed.length === 0
    ? null
    : { count: closed.length, sum: closed.reduce((sum, each) => sum + each.sum, 0) };
  const size = leaps.reduce((sum, leap) => sum + Math.abs(productOf(chain, leap)), 0);
  const routes = opened.reduce(
    (most, { routes }) => most + (routes?.reduce((n, r) => n + r.factors.length, 0) ?? 0),
    0,
  );
  return {
    groups: opened,
    rest,
    sum: opened.reduce((sum, each) => sum + each.sum, 0) + (rest?.sum ?? 0),
    terms: leaps.length + routes,
    size,
  };
}

/** Leaps in the order of what they add. */
export function largestFirst(chain: ChainRule, leaps: readonly Leap[]): Leap[] {
  return [...leaps].sort((a, b) => Math.abs(productOf(chain, b)) - Math.abs(productOf(chain, a)));
}

function productOf(chain: ChainRule, { to, factor }: Leap): number {
  return factor === 0 ? 0 : factor * chain.gradientOf(to);
}

function findGroup(writing: Writing, from: Station, sample: number | null, leaps: readonly Leap[]): PathGroup {
  const { chain, names, digits } = writing;
  const routes = listRoutes(chain, from, leaps);
  const ends = new Map<string, Station>();
  const note = (station: Station): void => {
    ends.set(`${station.node} ${station.element}`, station);
  };
  let described: Pick<PathGroup, "sum" | "routes" | "levels">;
  if (routes !== null) {
    for (const { stations } of routes) note(stations[stations.length - 2]);
    described = {
      sum: routes.reduce((sum, { product }) => sum + product, 0),
      routes: routes.map((route) => describeRoute(writing, route)),
      levels: null,
    };
  } else {
    const sum = leaps.reduce((sum, leap) => sum + productOf(chain, leap), 0);
    const levels: PathLevel[] = [];
    for (let at = from, next = leaps; next.length > 0;) {
      const terms = largestFirst(chain, next);
      const of = at === from ? name("w") : names.nameOrNumber(at);
      levels.push(describeLevel(writing, at, terms, at === from ? sum : chain.gradientOf(at), of));
      if (terms[0].to.node === chain.loss.node) note(at);
      at = terms[0].to;
      next = at.node === chain.loss.node ? [] : chain.leapsFrom(at);
    }
    described = { sum, routes: null, levels };
  }
  const unfolded = [...ends.values()].flatMap((z) => unfoldLoss(chain, names, z, digits) ?? []);
  return { sample, ...described, unfolded };
}

/** All ways along some leaps; null if there are more than are written as products. */
function listRoutes(chain: ChainRule, from: Station, leaps: readonly Leap[]): Route[] | null {
  const routes: Route[] = [];
  if (leaps.length > MOST_PATHS) return null;
  for (const { to, factor } of leaps) {
    const further = chain.routesFrom(to, MOST_PATHS - routes.length);
    if (further === null) return null;
    for (const { stations, factors, product } of further) {
      routes.push({ stations: [from, ...stations], factors: [factor, ...factors], product: factor * product });
    }
  }
  return routes;
}

function describeRoute(writing: Writing, { stations, factors, product }: Route): PathRoute {
  const { chain, names } = writing;
  const nameOf = (station: Station, i: number): Maths => i === 0 ? name("w") : names.nameOrNumber(station);
  const described = factors.map((value, i): PathFactor => ({
    of: nameOf(stations[i + 1], i + 1),
    by: nameOf(stations[i], i),
    formula: factorFormula(chain, names, stations[i], stations[i + 1], value),
    value,
  }));
  return { factors: described.toReversed(), product };
}

/**
 * ∂E/∂at as the sum of some leaps, the largest first.
 *
 * @param withSamples whether names say which sample they belong to
 */
export function describeLevel(
  { chain, names }: Writing,
  at: Station,
  leaps: readonly Leap[],
  gradient: number,
  of: Maths,
  withSamples = false,
): PathLevel {
  const closed = leaps.slice(MOST_OPENED);
  return {
    of,
    gradient,
    terms: leaps.slice(0, MOST_OPENED).map(({ to, factor }) => ({
      to: names.nameOrNumber(to, withSamples),
      formula: factorFormula(chain, names, at, to, factor),
      factor,
      gradient: chain.gradientOf(to),
    })),
    rest: closed.length === 0
      ? null
      : { count: closed.length, sum: closed.reduce((sum, leap) => sum + productOf(chain, leap), 0) },
  };
}

/** A path as lines: symbols, formulas, numbers. */
export function writeRoute({ digits }: Writing, { factors, product }: PathRoute): Maths[] {
  const symbols = joined("·", factors.map(({ of, by }) => partial(of, by)));
  const formulas = joined(
    "·",
    factors.map(({ of, by, formula }) =>
      formula === null ? partial(of, by) : factors.length > 1 && isCompound(formula) ? group(formula) : formula
    ),
  );
  return [
    row(partial(name("E"), name("w")), "=", symbols),
    row("=", formulas),
    row("=", ...products(factors.map(({ value }) => value), digits), "=", number(product, digits)),
  ];
}

/** Numbers with signs of multiplication between them. */
function products(values: readonly number[], digits: number): Maths[] {
  return [joined("·", values.map((value, i) => i === 0 ? number(value, digits) : signedNumber(value, digits)))];
}

/** A level as lines: symbols, numbers. */
export function writeLevel({ digits, words }: Writing, { of, gradient, terms, rest }: PathLevel): Maths[] {
  const isLast = (to: Maths): boolean => to.kind === "name" && to.text === "E";
  const symbols = terms.map(({ to, formula, factor }) => {
    if (isLast(to)) return formula ?? number(factor, digits);
    const shown = formula ?? partial(to, of);
    return row(isCompound(shown) ? group(shown) : shown, "·", partial(name("E"), to));
  });
  const numbers = terms.map(({ to, factor, gradient }, i) => {
    const first = i === 0 ? number(factor, digits) : signedNumber(factor, digits);
    return isLast(to) ? first : row(first, "·", signedNumber(gradient, digits));
  });
  if (rest !== null) {
    symbols.push(group(word(words.more(rest.count))));
    numbers.push(signedNumber(rest.sum, digits));
  }
  if (terms.length === 1 && rest === null && isLast(terms[0].to)) {
    const { formula } = terms[0];
    return [
      row(
        partial(name("E"), of),
        ...(formula === null || formula.kind === "number" ? [] : ["=", formula]),
        "=",
        number(gradient, digits),
      ),
    ];
  }
  return [
    row(partial(name("E"), of), "=", joined("+", symbols)),
    row("=", joined("+", numbers), "=", number(gradient, digits)),
  ];
}
