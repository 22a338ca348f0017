import { describeValue } from "../errors/describe_value.ts";
import { FileFormatError } from "../files/file_format_error.ts";
import { quoteName } from "../files/quote_name.ts";
import { resolveLoss } from "../losses/resolve_loss.ts";
import type { MetricSpec } from "../metrics/resolve_metric.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { reviveGroups } from "../optimizers/optimizer_groups.ts";
import type { PopulationOptimizer } from "../optimizers/population_optimizer.ts";
import { resolveOptimizer } from "../optimizers/resolve_optimizer.ts";
import { resolveSchedule } from "../schedules/resolve_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { type CustomParts, findCustom, type PartKind, sayHowToHandOver } from "./custom_parts.ts";
import type { CompileOptions } from "./options.ts";
import { copyObjective } from "./read_objective.ts";

/** A row in its saved form; `custom` where it is the user's own. */
export interface SavedRow {
  readonly id: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The name of a metric of the user's own. */
  readonly name?: unknown;
  readonly custom?: unknown;
}

/** Thrown where a file names something of the user's own that was not handed over. */
export class MissingPart extends Error {
  constructor(kind: PartKind, id: string) {
    const one = kind === "losses" ? "loss" : kind.slice(0, -1);
    super(`the ${one} ${describeValue(id)} of the file is none of this library; ${sayHowToHandOver(kind, id)}`);
  }
}

/** What a file says of one output. */
export interface SavedGoal {
  /** The output's name, where the model has several. */
  readonly output?: string;
  readonly loss: SavedRow;
  readonly lossWeight?: number;
  readonly metrics: readonly SavedRow[];
  readonly weightedMetrics: readonly SavedRow[];
}

/** By what an optimizer without gradients chooses, where that is not the loss: a metric, or a function of the user's own. */
export interface SavedObjective extends Partial<SavedRow> {
  readonly metric?: SavedRow;
  readonly output?: unknown;
  readonly direction?: unknown;
}

/** The compile options of a file, as JSON: of the only output, or of those that are trained. */
export interface SavedCompile {
  readonly optimizer: SavedRow;
  readonly objective?: SavedObjective;
  readonly goals: readonly SavedGoal[];
}

/**
 * The schedule that a file names.
 *
 * @throws MissingPart if it is the user's own and not among `custom`; RangeError if nobody knows it
 */
export function reviveSchedule(saved: SavedRow, custom: CustomParts): Schedule {
  return resolveSchedule(revive("schedules", saved, saved.config, custom) as never);
}

/**
 * What `compile` was given, from a file. Metrics of the user's own that were not handed over are left out, with a warning.
 *
 * @throws MissingPart if optimizer, loss or schedule is the user's own and not among `custom`; RangeError if nobody knows it
 */
export function reviveCompile(saved: SavedCompile, custom: CustomParts): CompileOptions {
  const list = (rows: unknown): MetricSpec[] => {
    if (rows === undefined) return [];
    if (!Array.isArray(rows)) throw new FileFormatError("Cannot load model: compile.metrics must be an array");
    return rows.flatMap((row) => reviveMetric(row, custom));
  };
  const goals = saved.goals.map(({ output, loss, lossWeight, metrics, weightedMetrics }) => ({
    output,
    loss: resolveLoss(revive("losses", loss, loss.config, custom) as never),
    lossWeight,
    metrics: list(metrics),
    weightedMetrics: list(weightedMetrics),
  }));
  const optimizer = saved.optimizer.id === "groups" && saved.optimizer.custom !== true
    ? reviveGroups("load model", saved.optimizer.config, (row) => reviveOptimizer(row, custom))
    : reviveOptimizer(saved.optimizer, custom);
  const objective = reviveObjective(saved.objective, custom);
  const [{ output, loss, lossWeight, metrics, weightedMetrics }] = goals;
  if (output === undefined) {
    return {
      optimizer,
      ...objective,
      loss,
      ...(lossWeight === undefined ? {} : { lossWeights: lossWeight }),
      metrics,
      weightedMetrics,
    };
  }
  const byName = <Key extends keyof typeof goals[number]>(key: Key) => {
    return Object.fromEntries(goals.map((goal) => [goal.output, goal[key]]).filter(([, value]) => value !== undefined));
  };
  return {
    optimizer,
    ...objective,
    loss: byName("loss"),
    lossWeights: byName("lossWeight"),
    metrics: byName("metrics"),
    weightedMetrics: byName("weightedMetrics"),
  };
}

function reviveObjective(saved: SavedObjective | undefined, custom: CustomParts): Pick<CompileOptions, "objective"> {
  if (saved === undefined) return {};
  const { metric, direction, output, id } = saved;
  if (metric === undefined) {
    const factory = findCustom(custom, "objectives", id);
    if (factory === undefined) throw new MissingPart("objectives", String(id));
    return { objective: copyObjective({ id, evaluate: factory({}), direction }) };
  }
  const [found] = reviveMetric(metric, custom);
  if (found === undefined) throw new MissingPart("metrics", String(metric.name));
  return { objective: copyObjective({ metric: found, direction, ...(output === undefined ? {} : { output }) }) };
}

function reviveOptimizer(saved: SavedRow, custom: CustomParts): Optimizer | PopulationOptimizer {
  // Of one that is the user's own, only the learning rate is known to be a schedule.
  const isRow = ([name, value]: [string, unknown]): boolean =>
    typeof value === "object" && value !== null && "id" in value && (name === "learningRate" || saved.custom !== true);
  const rows = Object.entries(saved.config ?? {}).filter(isRow).map(([name, value]) => {
    const row = value as SavedRow;
    return [name, name === "optimizer" ? reviveOptimizer(row, custom) : reviveSchedule(row, custom)];
  });
  const options = { ...saved.config, ...Object.fromEntries(rows) };
  return resolveOptimizer(revive("optimizers", saved, options, custom) as never);
}

/** What the user's own factory makes, or else the saved form for the library. */
function revive(kind: PartKind, saved: SavedRow, config: unknown, custom: CustomParts): unknown {
  const factory = findCustom(custom, kind, saved.id) as ((config: unknown) => unknown) | undefined;
  if (factory !== undefined) return factory(config);
  if (saved.custom === true && typeof saved.id === "string") throw new MissingPart(kind, saved.id);
  return { id: saved.id, config };
}

function reviveMetric(saved: SavedRow, custom: CustomParts): MetricSpec[] {
  if (typeof saved !== "object" || saved === null || saved.custom !== true) return [saved as MetricSpec];
  const { id, name, config } = saved;
  const factory = findCustom(custom, "metrics", id) ?? findCustom(custom, "metrics", name);
  if (factory !== undefined) return [factory(config)];
  const known = String(id === "custom" ? name : id);
  console.warn(
    `retroprop loads a model without its metric ${quoteName(known)}, which is none of this library; ${
      sayHowToHandOver("metrics", known)
    }.`,
  );
  return [];
}
