import type { Formula } from "../formula/formula.ts";
import type { FusedOptimizer, Slot } from "./optimizer.ts";
import { type CommonParts, settleCommon } from "./settle_common.ts";
import { withWeightDecay } from "./with_weight_decay.ts";

/** What sets one fused optimizer apart from the others. */
export interface FusedParts extends CommonParts {
  /** The step without weight decay. */
  readonly formula: Formula;
  /** Whether formula and cells have weight decay in them already, where it is asked for. */
  readonly decays?: true;
  /** The slot that holds the weights at which gradients are taken, where these are others than those of the model. */
  readonly point?: string;
  /** The values of the formula's scalars, in its order. */
  readonly scalars?: readonly number[];
  /** What slots are filled with where it is not 0, by name. */
  readonly initial?: Readonly<Record<string, Slot["initial"]>>;
  /** The values of the formula's cells. The learning rate alone by default. */
  readonly cells?: (iteration: number, learningRate: number) => readonly number[];
}

/** Makes an optimizer: checks the common options, puts the saved form together, and fuses weight decay into the step if asked for. */
export function buildOptimizer(parts: FusedParts): FusedOptimizer {
  const { formula, initial = {}, point, cells = (_, rate) => [rate] } = parts;
  const settled = settleCommon(parts);
  const weightDecay = parts.decays ? null : settled.common.weightDecay;
  return Object.freeze({
    ...settled,
    slots: formula.vectors.slice(2).map((name) => ({ name, initial: initial[name] ?? 0 })),
    formula: weightDecay === null ? formula : withWeightDecay(formula),
    scalars: parts.scalars ?? [],
    ...(point === undefined ? {} : { point }),
    cells: weightDecay === null ? cells : (iteration, rate) => [...cells(iteration, rate), weightDecay * rate],
  });
}
