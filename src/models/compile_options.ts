import type { Port } from "../data/signature.ts";
import { describeValue } from "../errors/describe_value.ts";
import { classLayout } from "../losses/class_layout.ts";
import type { Loss } from "../losses/loss.ts";
import { resolveLoss } from "../losses/resolve_loss.ts";
import { type MetricContext, type MetricSpec, resolveMetric } from "../metrics/resolve_metric.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { OptimizerSpec } from "../optimizers/resolve_optimizer.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import { resolveOptimizers } from "../optimizers/resolve_optimizers.ts";
import { type Goal, Objective } from "../training/objective.ts";
import type { Compilation } from "../training/trainer.ts";
import type { CompileOptions } from "./options.ts";
import { readObjective } from "./read_objective.ts";
import { type OutputOptions, sortCompileOptions } from "./sort_compile_options.ts";

/** The names of what `compile` takes. */
export const COMPILE_OPTIONS = [
  "optimizer",
  "loss",
  "objective",
  "lossWeights",
  "metrics",
  "weightedMetrics",
] as const;

/** Names that the history, callbacks and their files have for something else. */
const RESERVED: readonly string[] = ["loss", "epoch", "batch", "learning_rate"];

/**
 * Resolves what `compile` was given.
 *
 * @param outputs the outputs of the model; while it is not built their shapes are [], and names are checked all the same
 */
export function compileOptions(options: CompileOptions, outputs: readonly Port[]): Compilation {
  const given = sortCompileOptions(options, outputs.map(({ name }) => name));
  const goals = outputs.flatMap((port, output) => createGoal(given[output], port, output));
  // Groups were settled when the model was compiled.
  const optimizer = resolveOptimizers((options.optimizer ?? "rmsprop") as OptimizerSpec | OptimizerGroups);
  const selection = readObjective(options.objective, optimizer, goals, (spec, { port, loss }) => {
    return resolveMetric(spec, contextOf(loss, port));
  });
  const objective = new Objective(goals, outputs.length > 1, selection);
  checkMeasures(objective, isPopulation(optimizer));
  return { optimizer, objective };
}

function createGoal(options: OutputOptions, port: Port, output: number): Goal[] {
  const { loss: spec, lossWeight } = options;
  if (spec === null) return [];
  const loss = resolveLoss(spec);
  if (loss.reduction === "none") {
    throw new RangeError(`Cannot compile model: the loss's reduction must give one number to train on, got "none"`);
  }
  const context = contextOf(loss, port);
  const resolve = (spec: MetricSpec | string) => resolveMetric(spec, context);
  const metrics = options.metrics.map(resolve);
  const weightedMetrics = options.weightedMetrics.map(resolve);
  return [{ port, output, loss, lossWeight, metrics, weightedMetrics }];
}

/** What `"accuracy"` looks at. */
function contextOf(loss: Loss, port: Port): MetricContext {
  const predWidth = classLayout(loss, port.shape).classes;
  const trueWidth = loss.target === "class_index" ? 1 : predWidth;
  return { lossId: loss.id, predWidth, trueWidth, link: loss.link ?? null };
}

/** Checks that the numbers of the logs have names that differ, and are none of those that mean something else. */
function checkMeasures({ measures, isNamed }: Objective, hasGenerations: boolean): void {
  const names = measures.slice(1).map(({ name }) => name);
  const reserved = names.find((name) => RESERVED.includes(name) || name.startsWith("val_"));
  if (reserved !== undefined) {
    throw new RangeError(
      `Cannot compile model: ${isNamed ? "what is measured of an output" : "a metric"} must not be called ${
        RESERVED.join(", ")
      } or val_…, which are names of the history, got ${describeValue(reserved)}; give ${
        isNamed ? "the output" : "it"
      } another name`,
    );
  }
  const generation = hasGenerations ? names.find((name) => name.startsWith("population_")) : undefined;
  if (generation !== undefined) {
    throw new RangeError(
      `Cannot compile model: a metric must not be called population_…, which the history has for generations, got ${
        describeValue(generation)
      }; give it another name`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new TypeError(
      `Cannot compile model: metric names must be unique, got "${twice}" twice; give one a name of its own`,
    );
  }
}
