import { describeValue } from "../errors/describe_value.ts";
import type { Graph } from "../graph/graph.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { binaryMask } from "./binary_mask.ts";
import { type CallOptionsOf, maskOfInput } from "./call_options.ts";
import { checkMaskShape } from "./check_mask_shape.ts";
import type { StepScope } from "./step_scope.ts";
import type { StepTracing } from "./step_tracing.ts";
import { traceStep } from "./trace_step.ts";
import type { InnerCall, TracePlace, TraceScope, Tracing } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** A layer as tracing knows it. */
interface TracedLayer {
  readonly name: string;
  readonly type: string;
  readonly supportsMasking: boolean;
  readonly weights: readonly WeightSpec[];
  readonly innerLayers: ReadonlyMap<string, {
    trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[];
  }>;
  call(t: Tracing, x: Symbolic, ...others: Symbolic[]): unknown;
  /** Of a layer that can be run step by step. */
  step?(t: StepTracing, x: Symbolic, ...others: Symbolic[]): Symbolic | readonly Symbolic[];
}

/**
 * Adds the ops of one call of a layer to a graph.
 *
 * @throws {TypeError} If `call` gives anything but tensors of that graph with the batch axis first
 */
export function traceCall(
  layer: TracedLayer,
  scope: TraceScope,
  inputs: readonly Symbolic[],
  { index, path, options }: TracePlace,
): readonly Symbolic[] {
  const [x, ...others] = inputs;
  const { graph, seed, masks, steps } = scope;
  const what = `Cannot apply layer "${layer.name || layer.type}"`;
  const training = options.training ?? scope.training;
  const outer = graph.layer;
  graph.layer = path;
  const given = inputs.map((_, i) => {
    const mask = maskOfInput(options, i);
    return mask === null ? null : binaryMask(mask);
  });
  const maskOf = (tensor: Symbolic): Symbolic | null =>
    given.find((mask, i) => mask !== null && inputs[i] === tensor) ?? masks.get(tensor) ?? null;
  /** What `setMask` was called with. */
  const set = new Map<Symbolic, Symbolic | null>();
  const within = (name: string, given: InnerCall, steps: StepScope | undefined): Symbolic[] => {
    const inner = layer.innerLayers.get(name);
    if (inner === undefined) throw new RangeError(`${what}: there is no layer ${describeValue(name)} inside`);
    const last = given[given.length - 1];
    const hasOptions = given.length > 1 && !graph.has(last);
    const tensors = (hasOptions ? given.slice(0, -1) : given) as Symbolic[];
    const options = hasOptions ? last as CallOptionsOf<Symbolic> : {};
    const place = { index: scope.nextIndex(), path: `${path}/${name}`, options };
    for (const x of tensors) {
      const mask = set.get(x);
      if (mask === undefined || inputs.includes(x)) continue;
      if (mask === null) masks.delete(x);
      else masks.set(x, mask);
    }
    return [...inner.trace({ ...scope, training, steps }, tensors, place)];
  };
  const tracing: Tracing = {
    graph,
    ops: graph.ops,
    training,
    seed,
    index,
    weight(name) {
      const spec = layer.weights.find((weight) => weight.name === name);
      if (spec !== undefined) return scope.variable(layer, spec);
      const list = layer.weights.map((weight) => weight.name).join(", ");
      const rule = list === "" ? "ask for it with addWeight in build" : `it has ${list}`;
      throw new RangeError(`${what}: there is no weight ${describeValue(name)}; ${rule}`);
    },
    assign(name, value) {
      const spec = layer.weights.find((weight) => weight.name === name);
      if (spec === undefined || spec.trainable !== false) {
        throw new TypeError(`${what}: assign takes a weight with trainable: false, got ${describeValue(name)}`);
      }
      if (!graph.has(value) || formatShape(value.shape) !== formatShape(spec.shape)) {
        const found = graph.has(value) ? formatShape(value.shape) : describeValue(value);
        throw new TypeError(
          `${what}: the new value of "${name}" must have shape ${formatShape(spec.shape)}, got ${found}`,
        );
      }
      if (training) scope.assign(layer, spec, value);
    },
    addLoss(value) {
      if (!graph.has(value) || value.shape.length > 0) {
        const found = graph.has(value) ? formatShape(value.shape) : describeValue(value);
        throw new TypeError(`${what}: addLoss takes a scalar of its graph, shape [], got ${found}`);
      }
      scope.addLoss(value);
    },
    changeLabels(change) {
      if (typeof change !== "function") {
        throw new TypeError(`${what}: changeLabels takes a function of the labels, got ${describeValue(change)}`);
      }
      if (!training) return;
      scope.changeLabels({
        layer: path,
        change(labels) {
          const changed: unknown = change(labels);
          if (graph.has(changed) && formatShape(changed.shape) === formatShape(labels.shape)) return changed;
          const found = graph.has(changed) ? formatShape(changed.shape) : describeValue(changed);
          throw new TypeError(
            `${what}: changeLabels must give labels of the shape of those it gets, ${
              formatShape(labels.shape)
            }, got ${found}`,
          );
        },
      });
    },
    mask: maskOf,
    setMask(y, mask) {
      const stranger = !graph.has(y) ? y : mask !== null && !graph.has(mask) ? mask : null;
      if (stranger !== null) {
        throw new TypeError(`${what}: setMask takes tensors of its graph, got ${describeValue(stranger)}`);
      }
      if (mask !== null) checkMask(`set a mask in layer "${layer.name || layer.type}"`, mask, y);
      set.set(y, mask === null ? null : binaryMask(mask));
    },
    isFrozen: scope.isFrozen(layer),
    options,
    within: (name, ...given) => within(name, given, steps),
  };
  const isStep = steps !== undefined && inputs.some((input) => steps.sequences.has(input));
  const traced = isStep
    ? traceStep(layer, inputs, {
      steps,
      tracing,
      path,
      index,
      plain: { ...tracing, within: (name, ...x) => within(name, x, undefined) },
    })
    : layer.call(tracing, x, ...others);
  const results = checkResults(what, graph, x, traced).map((y, i) => {
    const isInput = inputs.includes(y);
    let wanted = isInput ? null : masks.get(y) ?? null;
    if (set.has(y)) wanted = set.get(y)!;
    else if (wanted === null && layer.supportsMasking && i === 0) {
      wanted = maskOf(x);
      if (wanted !== null) checkMask(`pass the mask of layer "${layer.name || layer.type}" on`, wanted, y);
    }
    if (wanted === (masks.get(y) ?? null)) return y;
    // The same values beside another mask: the input keeps its own.
    const own = isInput ? graph.apply("reshape", [y], { shape: y.shape }) : y;
    if (steps?.sequences.has(y)) steps.sequences.add(own);
    if (wanted === null) masks.delete(own);
    else masks.set(own, wanted);
    return own;
  });
  graph.layer = outer;
  return results;
}

/** Checks the shape of a mask; the message leaves open how many samples there are. */
function checkMask(what: string, mask: Symbolic, y: Symbolic): void {
  const open = (
    { shape }: Symbolic,
  ): (number | null)[] => [shape[0] === y.shape[0] ? null : shape[0], ...shape.slice(1)];
  checkMaskShape(what, mask.shape.length === 0 ? [] : open(mask), open(y));
}

/** What a layer's `call` gave, as a list. */
function checkResults(what: string, graph: Graph, x: Symbolic, given: unknown): readonly Symbolic[] {
  const results: readonly unknown[] = Array.isArray(given) && given.length > 0 ? given : [given];
  return results.map((y) => {
    if (!graph.has(y)) throw new TypeError(`${what}: call must return a tensor of its graph, got ${describeValue(y)}`);
    if (y.shape.length > 0 && y.shape[0] === x.shape[0]) return y;
    const shapes = `got ${formatShape(x.shape)} and returned ${formatShape(y.shape)}`;
    throw new TypeError(`${what}: call must keep the batch axis first, ${shapes}`);
  });
}
