import type { Activation } from "../activations/activation.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { StepScope } from "./step_scope.ts";
import type { SteppedLayer, StepTracing } from "./step_tracing.ts";
import type { Tracing } from "./tracing.ts";

/** What the step of a call is traced with. */
export interface StepPlace {
  readonly steps: StepScope;
  readonly tracing: Tracing;
  /** As `tracing`, but of layers inside. */
  readonly plain: Tracing;
  readonly path: string;
  readonly index: number;
}

/**
 * Traces one step of a layer that is given tensors with an axis of steps. Its results have one as well, unless it says otherwise.
 *
 * @throws {TypeError} If the layer needs all steps at once
 */
export function traceStep(
  layer: Partial<SteppedLayer> & { readonly type: string },
  inputs: readonly Symbolic[],
  { steps, tracing, plain, path, index }: StepPlace,
): unknown {
  if (typeof layer.step !== "function") refuseStep(layer, "needs all steps at once");
  if (tracing.training) refuseStep(layer, "is called with training: true");
  const ended = new Set<Symbolic>();
  const t: StepTracing = {
    ...tracing,
    plain,
    within(name, ...given) {
      // What the layer has made of its steps is as long.
      for (const tensor of given) {
        if (tracing.graph.has(tensor) && tensor.shape.length > 1 && tensor.shape[1] === 1) steps.sequences.add(tensor);
      }
      return tracing.within(name, ...given);
    },
    isSequence: (x) => steps.sequences.has(x),
    position: steps.position,
    get maxSteps() {
      const most = steps.maxSteps ?? refuseStep(layer, "keeps all steps, so maxSteps must say how many there may be");
      steps.limitSteps(most);
      return most;
    },
    limitSteps: (most) => steps.limitSteps(most),
    state: (name, shape) => steps.stateBefore(path, index, name, shape),
    setState: (name, value) => steps.setState(path, index, name, value),
    endSequence: (y) => void ended.add(y),
  };
  const [x, ...others] = inputs;
  const given: unknown = layer.step(t, x, ...others);
  for (const y of (Array.isArray(given) ? given : [given]) as Symbolic[]) {
    if (ended.has(y) || !tracing.graph.has(y)) continue;
    if (y.shape[1] !== 1) refuseStep(layer, `gives more than one step for one: ${formatShape(y.shape)}`);
    steps.sequences.add(y);
  }
  return given;
}

/** The error of a layer that cannot be run step by step. */
export function refuseStep({ type }: { readonly type: string }, why: string): never {
  throw new TypeError(`Cannot run the model step by step: ${type} ${why}`);
}

/**
 * Refuses to work along the axis of steps, the first of a sample.
 *
 * @param axis the axis of x along which the layer works, or the first of several; negative ones count from the end. Default the last
 * @returns x
 */
export function checkStepAxis(layer: { readonly type: string }, x: Symbolic, axis = -1): Symbolic {
  const at = axis < 0 ? axis + x.shape.length : axis;
  return at > 1 ? x : refuseStep(layer, "works along the axis of steps");
}

/** Refuses an activation along the axis of steps. */
export function checkStepActivation(
  layer: { readonly type: string; readonly activation: Activation },
  x: Symbolic,
): Symbolic {
  const { axis } = layer.activation.config;
  return typeof axis === "number" ? checkStepAxis(layer, x, axis) : x;
}
