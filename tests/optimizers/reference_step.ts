import { evaluateFormula } from "../../src/formula/evaluate.ts";
import { evaluateGraph } from "../../src/graph/evaluate_graph.ts";
import { Graph } from "../../src/graph/graph.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import type { Shape } from "../../src/tensor/shape.ts";
import { sizeOf } from "../../src/tensor/size_of.ts";
import type { Symbolic } from "../../src/tensor/symbolic.ts";

/** A variable whose optimizer works in float64: weights and slots. */
export interface ReferenceVariable {
  readonly name: string;
  readonly shape: Shape;
  w: Float64Array;
  slots: Record<string, Float64Array>;
}

/** A variable before its first step. */
export function beginReference(
  optimizer: Optimizer,
  variable: { readonly name: string; readonly shape: Shape },
  initial: readonly number[],
): ReferenceVariable {
  const slots = "formula" in optimizer ? optimizer.slots : optimizer.slotsOf(variable);
  return {
    ...variable,
    w: Float64Array.from(initial),
    slots: Object.fromEntries(slots.map((slot) => {
      const { name, shape = variable.shape } = slot;
      return [
        name,
        slot.initial === "weights" ? Float64Array.from(initial) : new Float64Array(sizeOf(shape)).fill(slot.initial),
      ];
    })),
  };
}

/** Takes a step in float64: by the formula, or by the reference of every op. */
export function takeReferenceStep(
  optimizer: Optimizer,
  variable: ReferenceVariable,
  gradient: readonly number[],
  { iteration, rate }: { readonly iteration: number; readonly rate: number },
): void {
  const numbers = optimizer.cells(iteration, rate);
  const { name, shape, w, slots } = variable;
  if ("formula" in optimizer) {
    const { formula, scalars } = optimizer;
    const next = evaluateFormula(formula, [w, gradient, ...Object.values(slots)], [...scalars, ...numbers]);
    variable.w = next.w;
    for (const slot of Object.keys(slots)) slots[slot] = next[slot];
    return;
  }
  const graph = new Graph();
  const values = new Map<string, Float64Array>();
  const leaf = (key: string, value: ArrayLike<number>, of: Shape): Symbolic => {
    values.set(key, Float64Array.from(value));
    return graph.variable(key, of);
  };
  const decay = optimizer.decayOf === undefined ? optimizer.common.weightDecay : optimizer.decayOf(variable);
  const own = Object.fromEntries(optimizer.slotsOf(variable).map((slot) => [slot.name, slot.shape ?? shape]));
  const next = optimizer.step(graph, {
    name,
    shape,
    w: leaf("w", w.map((v) => v - v * (decay ?? 0) * rate), shape),
    dw: leaf("dw", gradient, shape),
    slots: Object.fromEntries(Object.entries(own).map(([key, of]) => [key, leaf(`slot ${key}`, slots[key], of)])),
    cells: leaf("cells", numbers, [numbers.length]),
  });
  const names = Object.keys(own);
  const [weights, ...rest] = evaluateGraph(
    [next.w, ...names.map((key) => next.slots[key])],
    ({ attributes }) => values.get(attributes.name as string)!,
  );
  variable.w = weights;
  names.forEach((key, i) => slots[key] = rest[i]);
}
