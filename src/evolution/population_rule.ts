import type { Draws } from "./draws.ts";
import type { Population } from "./population.ts";

/** What a generation works with. */
export interface Generation {
  /** The members. */
  readonly population: Population;
  /** What the rule keeps, by name, in float64. */
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** The rates of this step, by name. */
  readonly rates: Readonly<Record<string, number>>;
  /** The weights of the model: in `begin` alone. */
  readonly weights: Float64Array;
  /** Steps taken before. */
  readonly step: number;
  /** Whether the batch is another one than that of the last generation: scores that are kept are not comparable then. */
  readonly isAnotherBatch: boolean;
  /** Random numbers. */
  readonly draws: Draws;
  /** Fills the first `members` rows, in pairs, with the model's weights plus and minus sigma times the same standard normal numbers. */
  drawPairs(members: number, sigma: number): void;
  /** Makes the gradient Σ shares[i] · (row i · every − the model's weights), over all rows but those between. */
  sumRows(shares: Float64Array, every: number): void;
}

/** Rows from the first number up to the second, without it. */
export type Rows = readonly [from: number, to: number];

/**
 * How a population goes from one generation to the next, for a number of weights that is known. A rule has no state: what it keeps is in
 * `population` and `arrays`, which are saved with the model. Until `select` it changes nothing of that but rows which hold nothing it needs,
 * so that a generation that is broken off can be done again.
 */
export interface PopulationRule {
  /** How many rows it needs. */
  readonly rows: number;
  /** The shapes of what it keeps besides, by name. */
  readonly arrays: Readonly<Record<string, readonly number[]>>;
  /** The smallest number of members that it evaluates in a generation. */
  readonly members: number;
  /** The number of steps that a schedule of a rate is asked with; null, or left out: all steps that were taken. */
  clockOf?(rate: string, arrays: Readonly<Record<string, Float64Array>>): number | null;
  /** The rows that are the population after a step. */
  current(arrays: Readonly<Record<string, Float64Array>>): Rows;
  /** Begins from the model's weights, and returns the rows to evaluate. */
  begin(generation: Generation): readonly Rows[];
  /** Makes candidates, and returns the rows to evaluate: those, and in another batch what is compared with them. */
  propose(generation: Generation): readonly Rows[];
  /**
   * Takes over what was evaluated.
   *
   * @param isFirst whether `begin` made the candidates
   * @returns the row whose weights the model gets; −1: it has estimated a gradient
   */
  select(generation: Generation, isFirst: boolean): number;
}
