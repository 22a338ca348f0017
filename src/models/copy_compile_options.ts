import type { Loss } from "../losses/loss.ts";
import { resolveLoss } from "../losses/resolve_loss.ts";
import type { MetricSpec } from "../metrics/resolve_metric.ts";
import { checkLearningRate } from "../optimizers/check_learning_rate.ts";
import type { PlacedLayer } from "../layers/list_layers.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import { joinGroups } from "../optimizers/optimizer_groups.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import { type OptimizerSpec, resolveOptimizer } from "../optimizers/resolve_optimizer.ts";
import type { CompileOptions } from "./options.ts";
import { isGroups, resolveGroups } from "./resolve_groups.ts";
import { copyObjective } from "./read_objective.ts";
import { sortCompileOptions } from "./sort_compile_options.ts";

/**
 * The options of `compile` as they are now, so that what the caller does with his objects afterwards changes nothing: saved forms
 * are resolved, objects and lists are copied. Names stay names. Of a model with several outputs, everything is a list with an entry for each.
 *
 * @param names the names of the outputs
 * @param layers the model's layers, for groups of optimizers
 * @throws {TypeError | RangeError} If optimizer or loss is unknown or has unknown options, or something does not go with the outputs.
 */
export function copyCompileOptions(
  options: CompileOptions,
  names: readonly string[],
  layers: readonly PlacedLayer[],
): CompileOptions {
  const { optimizer } = options;
  const outputs = sortCompileOptions(options, names);
  const [only] = outputs;
  const losses = outputs.map(({ loss }) =>
    loss === null || typeof loss === "string" ? loss : settleLoss(resolveLoss(loss))
  );
  const isOne = outputs.length === 1;
  const metrics = (list: "metrics" | "weightedMetrics"): Partial<CompileOptions> =>
    options[list] === undefined
      ? {}
      : { [list]: isOne ? copyMetrics(only[list]) : Object.freeze(outputs.map((output) => copyMetrics(output[list]))) };
  const copied: CompileOptions = {
    ...(optimizer === undefined
      ? {}
      : { optimizer: typeof optimizer === "string" ? optimizer : settleOptimizers(optimizer, layers) }),
    ...(options.objective === undefined ? {} : { objective: copyObjective(options.objective) }),
    loss: isOne ? losses[0]! : Object.freeze(losses),
    ...(options.lossWeights === undefined
      ? {}
      : { lossWeights: Object.freeze(outputs.map(({ loss, lossWeight }) => loss === null ? null : lossWeight)) }),
    ...metrics("metrics"),
    ...metrics("weightedMetrics"),
  };
  return Object.freeze(copied);
}

/** A copy of an optimizer, or of groups of them, whose layers are settled by name. */
function settleOptimizers(
  given: Exclude<CompileOptions["optimizer"], undefined>,
  layers: readonly PlacedLayer[],
): AnyOptimizer {
  if (!Array.isArray(given) && !isGroups(given)) {
    const optimizer = resolveOptimizer(given as OptimizerSpec);
    return isPopulation(optimizer) ? optimizer : settleOptimizer(optimizer);
  }
  const { groups } = resolveGroups(given, layers);
  return joinGroups(
    "compile model",
    groups.map((group) => ({ ...group, optimizer: settleOptimizer(group.optimizer) })),
  );
}

/** A copy of an optimizer; functions stay those of the object that it is a copy of. */
function settleOptimizer(optimizer: Optimizer): Optimizer {
  const learningRate = checkLearningRate("compile model", optimizer.learningRate);
  if (Object.isFrozen(optimizer)) return optimizer;
  const { id, config, common } = optimizer;
  const base = { id, config, learningRate, common, cells: optimizer.cells.bind(optimizer) };
  if ("formula" in optimizer) {
    const { slots, formula, scalars, point } = optimizer;
    const at = point === undefined ? {} : { point };
    return Object.freeze({ ...base, slots: [...slots], formula, scalars: [...scalars], ...at });
  }
  const decayOf = optimizer.decayOf?.bind(optimizer);
  return Object.freeze({
    ...base,
    cellCount: optimizer.cellCount,
    slotsOf: optimizer.slotsOf.bind(optimizer),
    ...(decayOf === undefined ? {} : { decayOf }),
    step: optimizer.step.bind(optimizer),
  });
}

/** A copy of a loss; functions stay those of the object that it is a copy of. */
function settleLoss(loss: Loss): Loss {
  if (Object.isFrozen(loss)) return loss;
  const { id, config, reduction, target, axis, link } = loss;
  const rowWeights = loss.rowWeights?.bind(loss);
  return Object.freeze({
    id,
    config,
    reduction,
    target,
    ...(axis === undefined ? {} : { axis }),
    ...(link === undefined ? {} : { link }),
    call: loss.call.bind(loss),
    ...(rowWeights === undefined ? {} : { rowWeights }),
  });
}

/** A copy of a list of metrics. */
function copyMetrics(specs: readonly (MetricSpec | string)[]): readonly (MetricSpec | string)[] {
  return Object.freeze(specs.map(copyMetric));
}

function copyMetric(spec: MetricSpec | string): MetricSpec | string {
  if (typeof spec !== "object" || spec === null || Object.isFrozen(spec)) return spec;
  if ("create" in spec && typeof spec.create === "function") {
    const { name, direction } = spec;
    const saved = "id" in spec ? { id: spec.id, config: { ...spec.config } } : {};
    return { ...saved, name, direction, create: spec.create.bind(spec) } as MetricSpec;
  }
  if ("call" in spec) {
    const { call, config } = spec;
    // What is no function or no object is left for `resolveMetric` to refuse.
    return {
      ...spec,
      ...(typeof config === "object" ? { config: { ...config } } : {}),
      ...(typeof call === "function" ? { call: call.bind(spec) } : {}),
    } as MetricSpec;
  }
  return "id" in spec ? { id: spec.id, config: { ...spec.config } } as MetricSpec : spec;
}
