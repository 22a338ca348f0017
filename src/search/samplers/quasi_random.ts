import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { defineRow } from "../../tables/define_row.ts";
import { buildParams } from "../space/build_params.ts";
import { isAllowed } from "../space/is_allowed.ts";
import { keyOfParams } from "../space/key_of_params.ts";
import type { Params } from "../space/params.ts";
import type { Sampler } from "./sampler.ts";
import type { ResolvedSpace } from "../space/space.ts";
import { Halton } from "./halton.ts";
import { listInRandomOrder } from "./list_in_random_order.ts";
import { remember } from "./remember.ts";
import type { SamplerRow } from "./sampler_row.ts";

/** Options of `quasiRandom`. */
export interface QuasiRandomOptions {
  /** Whether the digits are permuted at random, by the seed of the search; true by default. */
  scramble?: boolean;
}

/** How many points in a row may be forbidden, or repeat others, before the sequence gives up. */
const MOST_MISSES = 10_000;

/**
 * Takes the points of a Halton sequence one by one: they cover the space more evenly than random ones, so that fewer are
 * needed. Points that are forbidden are left out. Nothing is tried twice where the space has at most 65,536 points: there it ends
 * when all have been tried. Unscrambled, the sequence starts at its point 1, for point 0 is a corner.
 *
 * Sources: Halton 1960; Owen 2017, A randomized Halton algorithm in R; Bousquet et al. 2017, Critical hyper-parameters: no
 * random, no cry.
 *
 * @param options `scramble`.
 * @returns The sampler.
 * @throws {TypeError} If an option has the wrong type or does not exist.
 */
export function quasiRandom(options: QuasiRandomOptions = {}): Sampler {
  const what = "create quasi-random sampler";
  checkOptions(what, options, ["scramble"]);
  const scramble = checkBoolean(what, "scramble", options.scramble ?? true);
  const sequences = remember((space, seed) => new Sequence(space, seed, scramble));
  const order = remember(listInRandomOrder);
  return {
    id: "quasi_random",
    config: { scramble },
    isAdaptive: false,
    count: (space) => order(space, 0)?.length ?? null,
    propose: ({ space, index, seed }) => sequences(space, seed).at(index),
  };
}

/** The points of a sequence that may be tried, as far as they have been asked for. */
class Sequence {
  readonly #space: ResolvedSpace;
  readonly #halton: Halton;
  readonly #points: Params[] = [];
  /** All points of a small countable space, for when the sequence finds no new ones; null for other spaces. */
  readonly #all: Params[] | null;
  readonly #seen = new Set<string>();
  #next: number;

  constructor(space: ResolvedSpace, seed: number, scramble: boolean) {
    this.#space = space;
    this.#halton = new Halton(space.parameters.length, scramble ? seed : null);
    this.#all = listInRandomOrder(space, seed);
    this.#next = scramble ? 0 : 1;
  }

  at(index: number): Params | null {
    if (this.#all !== null && index >= this.#all.length) return null;
    // Without anything to leave out, point i is known without those before it.
    if (this.#all === null && this.#space.forbidden.length === 0) return this.#read(this.#next + index);
    while (this.#points.length <= index) this.#extend();
    return this.#points[index];
  }

  #read(i: number): Params {
    return buildParams(this.#space, ({ axis: { low, high, valueAt } }, j) => {
      return valueAt(low + this.#halton.at(i, j) * (high - low));
    });
  }

  #extend(): void {
    for (let miss = 0; miss < MOST_MISSES; miss++) {
      const params = this.#read(this.#next++);
      if (isAllowed(this.#space, params) && this.#take(params)) return;
    }
    for (const params of this.#all ?? []) if (this.#take(params)) return;
    throw new RangeError(
      "Cannot draw params: the forbidden combinations must leave something to try, " +
        `got ${MOST_MISSES} forbidden points in a row`,
    );
  }

  /** Adds a point, unless the space is countable and has given it already. */
  #take(params: Params): boolean {
    if (this.#all !== null) {
      const key = keyOfParams(params);
      if (this.#seen.has(key)) return false;
      this.#seen.add(key);
    }
    this.#points.push(params);
    return true;
  }
}

/** Its row of the table. */
export const quasiRandomRow: SamplerRow = defineRow({ id: "quasi_random", create: quasiRandom });
