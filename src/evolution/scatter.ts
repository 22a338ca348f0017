import type { Generation } from "./population_rule.ts";

/** Fills the rows from `from` up to `to` with members drawn around the model's weights: normal, with standard deviation `sigma`. */
export function scatter(
  { population, weights, draws, step }: Generation,
  from: number,
  to: number,
  sigma: number,
): void {
  const member = new Float64Array(population.size);
  draws.expect(step, [from, to], 0, member.length);
  for (let row = from; row < to; row++) {
    draws.at(step, row);
    for (let i = 0; i < member.length; i++) member[i] = weights[i] + sigma * draws.normal();
    population.write(row, member);
  }
}
