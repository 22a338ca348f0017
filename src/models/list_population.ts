import { orderMembers } from "../evolution/order_members.ts";
import type { Rows } from "../evolution/population_rule.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { Trainer } from "../training/trainer.ts";

/** A member of a population. */
export interface PopulationMember {
  /** The weights that are trained, by their names: copies. */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** Its objective on the batch that it was evaluated on last; null where it is not finite. */
  readonly score: number | null;
}

/** The rows that are the population; null before the first step. @throws {TypeError} If the optimizer uses gradients */
export function currentRows({ generations, compiled }: Trainer): Rows | null {
  if (generations === null) {
    throw new TypeError(
      "Cannot list the population: the model must be compiled with an optimizer without gradients, such as " +
        `optimizers.cmaEs(), got "${compiled.optimizer.id}"`,
    );
  }
  return generations.members?.current ?? null;
}

/** The members of a population, the best first; none before the first step. @throws {TypeError} If the optimizer uses gradients */
export function listPopulation(trainer: Trainer): readonly PopulationMember[] {
  if (currentRows(trainer) === null) return [];
  const { generations, compiled } = trainer;
  const { members, layout } = generations!;
  const sign = compiled.objective.selection.direction === "max" ? -1 : 1;
  const { trained, size } = layout;
  const { rows, current: [from, to] } = members!;
  const values = new Float64Array(size);
  const order = new Int32Array(to - from);
  orderMembers(rows.scores, from, order);
  return Array.from(order, (row): PopulationMember => {
    rows.read(row, values);
    let at = 0;
    const weights = trained.map(({ name, shape, elements }): [string, Tensor] => {
      const own = Float32Array.from(values.subarray(at, at + elements));
      at += elements;
      return [name, new Tensor(own, shape)];
    });
    const score = rows.scores[row];
    return { weights: Object.fromEntries(weights), score: Number.isFinite(score) ? sign * score : null };
  });
}
