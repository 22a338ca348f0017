import type { Symbolic } from "../tensor/symbolic.ts";
import { MASKED, mixValues } from "./plain_attention.ts";
import type { StepTracing } from "./step_tracing.ts";
import { refuseStep } from "./trace_step.ts";

/** What stands in the place of scores of steps that have not been: nothing beside those that are masked, either. */
const MISSING = 2 * MASKED;

/** One step of causal attention: keys and values of this step, as heads [batch, 1, heads, width]. */
export interface AttentionStep {
  readonly key: Symbolic;
  readonly value: Symbolic;
  /** Whether the key of this step counts, [batch, 1]; null where all do. */
  readonly keyMask: Symbolic | null;
  /** Whether the query does, [batch, 1]: else it attends to all keys alike. */
  readonly queryMask: Symbolic | null;
  /** The scores [batch, heads, 1, keys] with keys [batch, keys, heads, width]. */
  scoresWith(keys: Symbolic): Symbolic;
}

/**
 * Attention of one step to itself and those before it, whose keys and values are kept: [batch, 1, heads, width]. Memory and time grow with
 * `t.maxSteps`, since all that may come have room.
 */
export function attendStep(t: StepTracing, { key, value, keyMask, queryMask, scoresWith }: AttentionStep): Symbolic {
  const { ops } = t;
  const keys = keepStep(t, "keys", key), values = keepStep(t, "values", value);
  const batch = key.shape[0], steps = t.maxSteps;
  const toScores = (mask: Symbolic): Symbolic => ops.reshape(mask, [batch, 1, 1, mask.shape[1]]);
  let scores = scoresWith(keys);
  if (keyMask !== null) scores = ops.where(toScores(keepStep(t, "mask", keyMask)), scores, MASKED);
  if (queryMask !== null) scores = ops.where(toScores(queryMask), scores, MASKED);
  const hasBeen = ops.lessEqual(numbers(t, steps), t.position);
  return mixValues(ops, ops.softmax(ops.where(toScores(hasBeen), scores, MISSING)), values);
}

/** All steps until now, and zeros for those to come: [batch, maxSteps, …]. */
function keepStep(t: StepTracing, name: string, x: Symbolic): Symbolic {
  const { ops } = t;
  const [batch, , ...rest] = x.shape, steps = t.maxSteps;
  const isNow = ops.reshape(ops.equal(numbers(t, steps), t.position), [batch, steps, ...rest.map(() => 1)]);
  const all = ops.where(isNow, x, t.state(name, [steps, ...rest]));
  t.setState(name, all);
  return all;
}

/** 0, 1, …: [1, length]. */
function numbers({ graph, ops }: StepTracing, length: number): Symbolic {
  return ops.reshape(graph.apply("range", [], { length }), [1, length]);
}

/**
 * Whether attention has to keep the steps of its keys: not where they are no steps, as in attention to something that is known as a whole.
 *
 * @throws {TypeError} If it cannot be run step by step
 */
export function keepsKeys(
  t: StepTracing,
  layer: { readonly type: string },
  [query, value, key]: readonly [Symbolic, Symbolic, Symbolic],
): boolean {
  const kept = [value, key].filter((x) => t.isSequence(x)).length;
  const { useCausalMask, attentionMask = null, returnAttentionScores } = t.options;
  if (kept === 0) return false;
  if (useCausalMask !== true) refuseStep(layer, "attends to later steps: it must be called with useCausalMask: true");
  if (kept < 2 || !t.isSequence(query)) refuseStep(layer, "must have a query, a value and a key of the same steps");
  if (attentionMask !== null) refuseStep(layer, "is called with an attentionMask for all steps");
  if (returnAttentionScores) refuseStep(layer, "is called with returnAttentionScores, which all steps have together");
  return true;
}
