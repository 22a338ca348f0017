import type { Graph } from "../graph/graph.ts";
import type { StepScope } from "../layers/step_scope.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import type { Network } from "../training/network.ts";

/** What a layer keeps from one step to the next. */
export interface StepState {
  /** `<layer>/<state>` */
  readonly name: string;
  /** Its shape for one sequence. */
  readonly shape: Shape;
  /** What it is before the step, an input of the graph, and after it. */
  readonly before: Symbolic;
  readonly after: Symbolic;
}

/** One step of a model in a graph. */
export interface OneStep {
  /** What the model is given: an axis of one step behind the batch. */
  readonly x: Symbolic;
  /** The number of the step, [batch, 1]. */
  readonly position: Symbolic;
  readonly y: Symbolic;
  readonly states: readonly StepState[];
  /** The shapes of what one sequence takes and gives in a step. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** How many steps there may be; null where nothing limits them. */
  readonly maxSteps: number | null;
}

/**
 * Traces the layers of a network with one input and one output for one step of `batch` sequences. Inputs are called
 * `x/0`, `position`, `state/0`, `state/1`, …
 *
 * @param maxSteps how many steps layers that keep all of them shall have room for. Default: the length of the sequences that the network takes
 * @throws {TypeError} If the input is no sequence, or a layer needs all steps at once; the message names it
 */
export function traceOneStep(network: Network, graph: Graph, batch: number, maxSteps?: number): OneStep {
  const [steps, ...features] = network.inputShape;
  if (steps === undefined || !isKnown(features)) {
    const found = formatShape([null, ...network.inputShape]);
    throw new TypeError(
      `Cannot run the model step by step: it must take sequences, [batch, steps, features] or [batch, steps] of indices, got ${found}`,
    );
  }
  const x = graph.input("x/0", [batch, 1, ...features]);
  const position = graph.input("position", [batch, 1]);
  const states = new Map<string, { name: string; shape: Shape; before: Symbolic; after: Symbolic }>();
  let limit = Infinity;
  const stateOf = (path: string, call: number, name: string, shape?: Shape) => {
    const key = `${call} ${path}/${name}`;
    const known = states.get(key);
    if (known !== undefined) return known;
    if (shape === undefined) throw new Error(`State "${name}" of layer "${path}" must be asked for before it is set`);
    const taken = [...states.values()].filter((state) => state.name.startsWith(`${path}/${name}`)).length;
    const before = graph.input(`state/${states.size}`, [batch, ...shape]);
    const state = { name: `${path}/${name}${taken === 0 ? "" : `_${taken}`}`, shape, before, after: before };
    states.set(key, state);
    return state;
  };
  const scope: StepScope = {
    sequences: new Set([x]),
    position,
    maxSteps: maxSteps ?? steps,
    limitSteps: (most) => void (limit = Math.min(limit, most)),
    stateBefore: (path, call, name, shape) => stateOf(path, call, name, shape).before,
    setState(path, call, name, value) {
      const state = stateOf(path, call, name);
      if (formatShape(value.shape) !== formatShape(state.before.shape)) {
        throw new TypeError(
          `Cannot keep state "${name}" of layer "${path}": it must have shape ${formatShape(state.before.shape)}, got ${
            formatShape(value.shape)
          }`,
        );
      }
      state.after = value;
    },
  };
  const [y] = network.trace(graph, [x], false, {
    assigned: new Map(),
    losses: [],
    changes: [],
    masks: new Map(),
    steps: scope,
  });
  return {
    x,
    position,
    y,
    states: [...states.values()],
    inputShape: features,
    outputShape: y.shape.slice(scope.sequences.has(y) ? 2 : 1),
    maxSteps: limit === Infinity ? null : limit,
  };
}
