import type { Draws } from "../../src/evolution/draws.ts";
import type { Population } from "../../src/evolution/population.ts";
import type { Generation, PopulationRule } from "../../src/evolution/population_rule.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";

/** What a machine may be told. */
export interface MachineOptions {
  readonly start: Float64Array;
  readonly objective: (x: Float64Array) => number;
  readonly draws: Draws;
  readonly rates?: Readonly<Record<string, number>>;
  /** Puts other members in the place of the candidates, as constraints may: row by row. */
  readonly replace?: (step: number) => readonly (readonly number[])[];
}

/** A rule over members in float64, without a model: what it does is what its paper says, and nothing else rounds. */
export class RuleMachine {
  readonly generation: { -readonly [Key in keyof Generation]: Generation[Key] };
  readonly rule: PopulationRule;
  /** How often the objective was evaluated. */
  evaluations = 0;
  /** The gradient that was estimated last. */
  readonly gradient: Float64Array;
  /** The row that was chosen last. */
  chosen = -1;
  readonly #rows: Float64Array[];
  readonly #options: MachineOptions;

  constructor(rule: PopulationRule, options: MachineOptions) {
    const { start, draws, rates = {}, replace } = options;
    const size = start.length;
    this.rule = rule;
    this.#options = options;
    this.gradient = new Float64Array(size);
    const cells = new Float64Array(rule.rows * size);
    this.#rows = Array.from({ length: rule.rows }, (_, row) => cells.subarray(row * size, (row + 1) * size));
    const rows = this.#rows;
    const scores = new Float64Array(rule.rows).fill(NaN);
    const population: Population = {
      size,
      scores,
      isConstrained: replace !== undefined,
      cells,
      places: Int32Array.from({ length: size }, (_, i) => i),
      beginOf: (row) => row * size,
      note() {},
      read: (row, into) => into.set(rows[row]),
      write: (row, values) => rows[row].set(values),
      copy(from, to) {
        rows[to].set(rows[from]);
        scores[to] = scores[from];
      },
    };
    const arrays = Object.entries(rule.arrays).map(([name, shape]) => [name, new Float64Array(sizeOf(shape))]);
    this.generation = {
      population,
      arrays: Object.fromEntries(arrays),
      rates,
      weights: start.slice(),
      step: 0,
      isAnotherBatch: false,
      draws,
      drawPairs: (members, sigma) => {
        const { weights, step } = this.generation;
        for (let pair = 0; pair < members; pair += 2) {
          draws.at(step, pair);
          weights.forEach((weight, i) => {
            const noise = sigma * draws.normal();
            rows[pair][i] = weight + noise;
            rows[pair + 1][i] = weight - noise;
          });
        }
      },
      sumRows: (shares, every) => {
        const { weights } = this.generation;
        this.gradient.fill(0);
        shares.forEach((share, i) => {
          weights.forEach((weight, j) => this.gradient[j] += share * (rows[i * every][j] - weight));
        });
      },
    };
  }

  /** The members as they are. */
  get rows(): readonly Float64Array[] {
    return this.#rows;
  }

  /** Takes a step, and returns the best score of what was evaluated. */
  step(): number {
    const { generation, rule } = this;
    const { scores } = generation.population;
    const isFirst = generation.step === 0;
    const ranges = isFirst ? rule.begin(generation) : rule.propose(generation);
    this.#options.replace?.(generation.step).forEach((member, row) => this.#rows[row].set(member));
    let best = Infinity;
    for (const [from, to] of ranges) {
      for (let row = from; row < to; row++) {
        const score = this.#options.objective(this.#rows[row]);
        scores[row] = Number.isFinite(score) ? score : Infinity;
        best = Math.min(best, score);
        this.evaluations++;
      }
    }
    this.chosen = rule.select(generation, isFirst);
    generation.step++;
    return best;
  }
}
