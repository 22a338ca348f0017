import type { StateValue } from "../../tensor/state_value.ts";
import type { Variable } from "../../training/network.ts";
import type { AnyModel } from "../trace/internals_of.ts";

/** What a step has done to some weights. */
export interface Changed {
  /** ‖w‖ before it. */
  readonly before: number;
  /** ‖Δw‖ */
  readonly norm: number;
  /** The share of weights that are as they were, biases left out. */
  readonly frozenShare: number;
}

/** Sums over a variable: of w², of Δw², and of how many are as they were. */
interface Sums {
  readonly name: string;
  readonly axes: number;
  readonly elements: number;
  readonly squares: number;
  readonly changes: number;
  readonly frozen: number;
}

/** What one step of the optimizer does to trained weights: a copy is made before it and compared with them after it. */
export class WeightChange {
  readonly #model: AnyModel;
  readonly #copies: Map<string, Float32Array> = new Map();
  readonly #sums: Map<string, Sums> = new Map();

  /** @param state what `getState` of an earlier one gave; without it the weights are copied */
  constructor(model: AnyModel, state: StateValue = null) {
    this.#model = model;
    if (state !== null) {
      for (const sums of state as unknown as readonly Sums[]) this.#sums.set(sums.name, sums);
      return;
    }
    for (const variable of this.#trained()) this.#copies.set(variable.name, this.#valuesOf(variable).slice());
  }

  /** Compares the weights with the copies, which it lets go. */
  compare(): void {
    for (const variable of this.#trained()) {
      const [before, now] = [this.#copies.get(variable.name)!, this.#valuesOf(variable)];
      let [squares, changes, frozen] = [0, 0, 0];
      for (let i = 0; i < now.length; i++) {
        const change = now[i] - before[i];
        squares += before[i] * before[i];
        changes += change * change;
        if (change === 0) frozen++;
      }
      const { name, shape } = variable;
      this.#sums.set(name, { name, axes: shape.length, elements: now.length, squares, changes, frozen });
    }
    this.#copies.clear();
  }

  /** What it did to some of the variables; null if there is none. */
  of(variables: readonly Variable[]): Changed | null {
    const sums = variables.flatMap(({ name }) => this.#sums.get(name) ?? []);
    const total = (key: Exclude<keyof Sums, "name">, of = sums): number => of.reduce((sum, each) => sum + each[key], 0);
    if (sums.length === 0) return null;
    // Biases begin at 0, about which float32 has all the digits one could wish: they would hide that a kernel stands still.
    const kernels = sums.filter(({ axes }) => axes > 1);
    const counted = kernels.length > 0 ? kernels : sums;
    return {
      before: Math.sqrt(total("squares")),
      norm: Math.sqrt(total("changes")),
      frozenShare: total("frozen", counted) / total("elements", counted),
    };
  }

  /** What was found out, for a backup. */
  getState(): StateValue {
    return [...this.#sums.values()].map((sums) => ({ ...sums }));
  }

  #trained(): readonly Variable[] {
    return this.#model.network.variables.filter(({ slot }) => slot >= 0);
  }

  /** The weights that steps are taken at: an optimizer may have others than the model. */
  #valuesOf(variable: Variable): Float32Array {
    return this.#model.trainer.trainedAt(variable);
  }
}
