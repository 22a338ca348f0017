import type { Population } from "./population.ts";

/**
 * Gives each of the first `members` rows the weights of the row that stands as far behind them, if that scores no worse.
 *
 * @param replaced is told of each, before it happens
 */
export function replaceWorse(population: Population, members: number, replaced?: (member: number) => void): void {
  const { scores } = population;
  for (let i = 0; i < members; i++) {
    if (!(scores[members + i] <= scores[i])) continue;
    replaced?.(i);
    population.copy(members + i, i);
  }
}
