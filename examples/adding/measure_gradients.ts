import {
  initializers,
  input,
  Layer,
  type LayerOutput,
  layers,
  model,
  type Symbolic,
  tensor,
  type Tracing,
} from "retroprop";
import type { Sums } from "./draw_sums.ts";

/** A recurrent layer with `returnState`, and what makes the answer of its last output. */
export interface Cell {
  readonly recurrent: Layer;
  readonly head: Layer;
}

/** Adds zeros that count as weights to a state, so that their gradient is that of the loss with respect to the state. */
class Nudge extends Layer {
  constructor(name: string) {
    super("nudge", { name });
  }
  protected override build(shape: readonly number[]): void {
    this.addWeight({ name: "zeros", shape, initializer: initializers.zeros() });
  }
  override call(t: Tracing, state: Symbolic): Symbolic {
    return t.ops.add(state, t.weight("zeros"));
  }
}

/**
 * ‖∂loss/∂h_t‖ for every step t of the sequence: how much the state of that step still has a say in the loss, and what it can learn from it.
 *
 * The layers are applied to one step after the other in a model of its own, which shares their weights; between two steps zeros are added to
 * the state h, and their gradient is what is asked for. The loss is the squared error of one sequence; the norms are means over all that are given.
 *
 * @param cell Layers that another model trains; they may be trained already.
 * @param sums Sequences, one gradient each.
 * @returns One norm a step.
 */
export function measureGradients({ recurrent, head }: Cell, { x: { data, shape }, y }: Sums): number[] {
  const [count, steps, features] = shape;
  const sequence = input({ shape: [steps, features] });
  let states: readonly LayerOutput[] | undefined;
  for (let t = 0; t < steps; t++) {
    const step = layers.cropping1d({ cropping: [t, steps - 1 - t] }).apply(sequence);
    const [, h, ...others] = recurrent.apply<readonly LayerOutput[]>(states === undefined ? step : [step, ...states]);
    states = [new Nudge(`h_${t}`).apply(h), ...others];
  }
  const unrolled = model({ inputs: sequence, outputs: head.apply(states![0]) }, { name: "unrolled" });
  unrolled.compile({ optimizer: "sgd", loss: "mean_squared_error" });
  const norms = new Array<number>(steps).fill(0);
  const size = steps * features;
  for (let i = 0; i < count; i++) {
    const sample = tensor(data.subarray(i * size, (i + 1) * size), [1, steps, features]);
    const { gradients } = unrolled.gradients(sample, [y[i]]);
    for (let t = 0; t < steps; t++) {
      norms[t] += Math.sqrt(gradients[`h_${t}/zeros`].data.reduce((sum, g) => sum + g * g, 0)) / count;
    }
  }
  return norms;
}
