import { describeValue } from "../errors/describe_value.ts";
import { resolveLoss } from "../losses/resolve_loss.ts";
import type { Metric } from "../metrics/metric.ts";
import { type MetricSpec, resolveMetric } from "../metrics/resolve_metric.ts";
import { resolveOptimizer } from "../optimizers/resolve_optimizer.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Compiled } from "../training/trainer.ts";
import type { CompileOptions } from "./options.ts";

/** Names that the history, callbacks and their files have for something else. */
const RESERVED: readonly string[] = ["loss", "epoch", "batch", "learning_rate"];

/**
 * Resolves what `compile` was given.
 *
 * @param outputShape the shape of one sample's output; null while the model is not built: names are checked all the same
 */
export function compileOptions(options: CompileOptions, outputShape: Shape | null): Compiled {
  const loss = resolveLoss(options.loss);
  if (loss.reduction === "none") {
    throw new RangeError(`Cannot compile model: the loss's reduction must give one number to train on, got "none"`);
  }
  const predWidth = outputShape?.[outputShape.length - 1] ?? 1;
  const trueWidth = loss.target === "class_index" ? 1 : predWidth;
  const context = { lossId: loss.id, predWidth, trueWidth, link: loss.link ?? null };
  const resolve = (spec: MetricSpec | string) => resolveMetric(spec, context);
  const list = (name: "metrics" | "weightedMetrics"): Metric[] => {
    const specs = options[name] ?? [];
    if (!Array.isArray(specs)) {
      const hint = typeof specs === "string" ? `; write ["${specs}"]` : "";
      throw new TypeError(`Cannot compile model: ${name} must be an array, got ${describeValue(specs)}${hint}`);
    }
    return specs.map(resolve);
  };
  const metrics = list("metrics");
  const weightedMetrics = list("weightedMetrics");
  const names = [...metrics, ...weightedMetrics].map((metric) => metric.name);
  const reserved = names.find((name) => RESERVED.includes(name) || name.startsWith("val_"));
  if (reserved !== undefined) {
    throw new RangeError(
      `Cannot compile model: a metric must not be called ${
        RESERVED.join(", ")
      } or val_…, which are names of the history, got ` +
        `${describeValue(reserved)}; give it another name`,
    );
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new TypeError(
      `Cannot compile model: metric names must be unique, got "${twice}" twice; give one a name of its own`,
    );
  }
  return { optimizer: resolveOptimizer(options.optimizer ?? "rmsprop"), loss, metrics, weightedMetrics };
}
