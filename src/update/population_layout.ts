import type { PopulationRule } from "../evolution/population_rule.ts";
import type { PopulationOptimizer } from "../optimizers/population_optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import type { Block } from "../workers/model_memory.ts";
import type { StateTensor } from "./state_tensor.ts";

/** The block with the members: a row for each, in the layout of gradients, and behind them one with the weights of the model. */
export const POPULATION = "population";
/** The block with what a rule keeps in float64. */
export const EVOLUTION = "evolution";
/** The block for numbers that are of use within a step alone: random ones, and what rows are multiplied by. */
export const DRAWS = "draws";

/** The least elements of that block: it has room for the shares of the largest population. */
const LEAST_DRAWS = 0x10040;

/** Where an optimizer without gradients keeps its members, and what it knows of them. */
export class PopulationLayout {
  readonly rule: PopulationRule;
  /** How many weights a member has. */
  readonly size: number;
  /** Elements from one row to the next. */
  readonly stride: number;
  /** The row that holds the model as the last step left it. */
  readonly modelRow: number;
  /** The variables that are trained, in the order in which a member holds them. */
  readonly trained: readonly VariablePlace[];
  /** What there is to be saved. */
  readonly parts: readonly StateTensor[];
  readonly #elements: number;

  /** @throws {RangeError} If there are too many weights for the optimizer. */
  constructor(optimizer: PopulationOptimizer, variables: readonly VariablePlace[]) {
    this.trained = variables.filter(({ slot }) => slot >= 0).sort((a, b) => a.slot - b.slot);
    this.size = this.trained.reduce((sum, { elements }) => sum + elements, 0);
    this.stride = this.trained.reduce((end, { slot, elements }) => Math.max(end, slot + wholeVectors(elements)), 0);
    this.rule = optimizer.ruleFor(this.size);
    this.modelRow = this.rule.rows;
    const rows = this.modelRow + 1;
    let offset = 0;
    // Scores, and what the last batch was: begun, two hashes.
    const kept = { scores: [rows], batch: [3], ...this.rule.arrays };
    const numbers = Object.entries(kept).map(([name, shape]): StateTensor => {
      const part = { block: EVOLUTION, offset, elements: 2 * sizeOf(shape) };
      offset += wholeVectors(part.elements);
      return { name: `slot/${POPULATION}/${name}`, dtype: "F64", shape, ...part };
    });
    this.#elements = offset;
    const shape = [rows, this.stride];
    const members = { block: POPULATION, offset: 0, elements: rows * this.stride, shape };
    this.parts = [{ name: `slot/${POPULATION}/members`, dtype: "F32", ...members }, ...numbers];
  }

  /** The blocks of memory. */
  get blocks(): Block[] {
    return [
      { name: POPULATION, elements: (this.modelRow + 1) * this.stride },
      { name: EVOLUTION, elements: this.#elements },
      // Three numbers for every weight of a member, and some more.
      { name: DRAWS, elements: Math.max(LEAST_DRAWS, 3 * this.stride + 64) },
    ];
  }

  /** The float64 numbers of the block `EVOLUTION`, by name. */
  arraysOf(block: Float32Array): Record<string, Float64Array> {
    const numbers = this.parts.filter((part) => part.block === EVOLUTION);
    return Object.fromEntries(numbers.map(({ name, offset, elements }) => [
      name.slice(name.lastIndexOf("/") + 1),
      new Float64Array(block.buffer, block.byteOffset + 4 * offset, elements / 2),
    ]));
  }
}
