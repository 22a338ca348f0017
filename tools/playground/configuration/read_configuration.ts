import type { Configuration, DataConfiguration, OptionValue, OwnPoint, Part } from "./configuration.ts";
import { LIMITS } from "./configuration.ts";
import { DATA_NAMES } from "./data_names.ts";
import { DEFAULT_CONFIGURATION } from "./default_configuration.ts";
import { FEATURE_NAMES, type FeatureName } from "./feature_names.ts";
import { choice, type Field, type Fields, integer, number, toggle } from "./field.ts";
import { HIDEABLE_NAMES, type HideableName } from "./hideable_names.ts";
import { DENSE_FIELDS, LAYER_FIELDS } from "./layer_fields.ts";
import { LOSS_FIELDS } from "./loss_fields.ts";
import { OPTIMIZER_FIELDS } from "./optimizer_fields.ts";
import { isObject, type Problem, readField, readOptions, type Report, showFound } from "./read_options.ts";
import { SCHEDULE_FIELDS } from "./schedule_fields.ts";

/** A configuration that can be used, and what was wrong with the one that was given. */
export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly Problem[];
}

/** The most problems that are listed: an address may hold anything. */
const MOST_PROBLEMS = 20;
const SEED = integer(0, 0, 2 ** 31 - 1);

/** The fields of a configuration that are single values, by the object they stand in. */
export const PLAIN_FIELDS = {
  data: {
    name: choice("xor", DATA_NAMES),
    samples: integer(200, 2, LIMITS.samples),
    noise: number(0.1, 0, 1),
    testShare: number(0.3, 0, 0.9),
    seed: SEED,
    task: choice("classes", ["classes", "regression"]),
  },
  stop: {
    epochs: integer(null, 1, LIMITS.epochs, { isOptional: true, isLogarithmic: true }),
    loss: number(null, 0, 1e9, { isOptional: true, isLogarithmic: true }),
    accuracy: number(null, 0, 1, { isOptional: true }),
  },
  view: {
    edges: choice("weights", ["weights", "gradients", "updates"]),
    discrete: toggle(false),
    test: toggle(true),
  },
  top: {
    learningRate: number(0.01, 0, 1000, { isLogarithmic: true }),
    batchSize: integer(null, 1, LIMITS.samples, { isOptional: true, isLogarithmic: true }),
    shuffle: toggle(true),
    seed: SEED,
    language: choice("en", ["en", "es"]),
  },
} as const satisfies Record<string, Fields>;

/**
 * Reads what an address holds. Only names and numbers of the tables get through; everything else is reported, and the default stands in its
 * place. Nothing is evaluated.
 */
export function readConfiguration(value: unknown, fallback: Configuration = DEFAULT_CONFIGURATION): ReadConfiguration {
  const problems: Problem[] = [];
  const report: Report = (problem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  if (!isObject(value)) {
    report({ path: "", rule: "object", allowed: "{ }", found: showFound(value) });
    return { configuration: fallback, problems };
  }
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fallback, name)) continue;
    report({
      path: showFound(name),
      rule: "unknown",
      allowed: Object.keys(fallback).join(", "),
      found: showFound(name),
    });
  }
  const { stop, view } = PLAIN_FIELDS;
  const top = readRecord(PLAIN_FIELDS.top, value, fallback, "", report);
  const configuration: Configuration = {
    data: readData(value.data, fallback.data, report),
    features: readNames(value.features, FEATURE_NAMES, fallback.features, "features", report) as FeatureName[],
    layers: readLayers(value.layers, fallback.layers, report),
    output: value.output === undefined ? fallback.output : readOptions(DENSE_FIELDS, value.output, "output", report),
    loss: readPart(LOSS_FIELDS, value.loss, fallback.loss, "loss", report),
    optimizer: readPart(OPTIMIZER_FIELDS, value.optimizer, fallback.optimizer, "optimizer", report),
    learningRate: top.learningRate,
    schedule: value.schedule === null
      ? null
      : readPart<Part | null>(SCHEDULE_FIELDS, value.schedule, fallback.schedule, "schedule", report),
    batchSize: top.batchSize,
    shuffle: top.shuffle,
    seed: top.seed,
    weights: readWeights(value.weights, fallback.weights, report),
    stop: readRecord(stop, value.stop, fallback.stop, "stop", report),
    view: readRecord(view, value.view, fallback.view, "view", report),
    language: top.language,
    hide: readNames(value.hide, HIDEABLE_NAMES, fallback.hide, "hide", report) as HideableName[],
    preset: readPreset(value.preset, fallback.preset, report),
  };
  const features = configuration.features.length === 0 ? fallback.features : configuration.features;
  return { configuration: { ...configuration, features }, problems };
}

/** An object of single values, each by its field. */
function readRecord<T extends object>(fields: Fields, value: unknown, fallback: T, path: string, report: Report): T {
  if (value === undefined) return fallback;
  if (!isObject(value)) {
    report({ path, rule: "object", allowed: "{ }", found: showFound(value) });
    return fallback;
  }
  const read = Object.entries(fields).map(([name, field]: [string, Field]) => {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    const otherwise = (fallback as Record<string, OptionValue>)[name];
    return [name, readField(field, given, otherwise, path === "" ? name : `${path}.${name}`, report)];
  });
  return { ...fallback, ...Object.fromEntries(read) };
}

function readData(value: unknown, fallback: DataConfiguration, report: Report): DataConfiguration {
  const data = readRecord(PLAIN_FIELDS.data, value, { ...fallback, points: [] }, "data", report);
  const points = isObject(value) ? readPoints(value.points, data.task, report) : fallback.points;
  return { ...data, points: data.name === "own" ? points : [] };
}

/** Points are written short, `[x1, x2, y]`. */
function readPoints(value: unknown, task: "classes" | "regression", report: Report): OwnPoint[] {
  if (value === undefined) return [];
  const path = "data.points";
  if (!Array.isArray(value)) {
    report({ path, rule: "list", allowed: "[[x1, x2, y], …]", found: showFound(value) });
    return [];
  }
  if (value.length > LIMITS.points) {
    report({ path, rule: "too_many", allowed: `${LIMITS.points}`, found: `${value.length}` });
  }
  const place = (number: unknown): boolean =>
    typeof number === "number" && Number.isFinite(number) && Math.abs(number) <= 1e6;
  const points: OwnPoint[] = [];
  value.slice(0, LIMITS.points).forEach((point: unknown, i) => {
    const [x1, x2, y] = Array.isArray(point) && point.length === 3 ? point as unknown[] : [];
    const fits = place(x1) && place(x2) &&
      (task === "regression" ? place(y) : Number.isInteger(y) && (y as number) >= 0 && (y as number) < LIMITS.classes);
    if (fits) points.push({ x1: x1 as number, x2: x2 as number, y: y as number });
    else report({ path: `${path}[${i}]`, rule: "list", allowed: "[x1, x2, y]", found: showFound(point) });
  });
  return points;
}

/** A part by its name, `[name, options]` as addresses have it, or `{ name, options }`. */
function readPart<T extends Part | null>(
  table: Readonly<Record<string, Fields>>,
  value: unknown,
  fallback: T,
  path: string,
  report: Report,
): T {
  if (value === undefined) return fallback;
  const name = isObject(value) ? value.name : undefined;
  if (typeof name === "string" && Object.hasOwn(table, name)) {
    const { options } = value as { options?: unknown };
    return { name, options: readOptions(table[name], options, `${path}.options`, report) } as unknown as T;
  }
  const found = isObject(value) ? name : value;
  report({ path, rule: "choice", allowed: Object.keys(table).join(", "), found: showFound(found) });
  return fallback;
}

function readLayers(value: unknown, fallback: readonly Part[], report: Report): readonly Part[] {
  if (value === undefined) return fallback;
  if (!Array.isArray(value)) {
    report({ path: "layers", rule: "list", allowed: "[ ]", found: showFound(value) });
    return fallback;
  }
  if (value.length > LIMITS.layers) {
    report({ path: "layers", rule: "too_many", allowed: `${LIMITS.layers}`, found: `${value.length}` });
  }
  return value.slice(0, LIMITS.layers).flatMap((layer: unknown, i) => {
    const part = readPart<Part | null>(LAYER_FIELDS, layer, null, `layers[${i}]`, report);
    if (part === null) return [];
    // How many units there are is said even where it is the default.
    if (part.name === "dense") {
      return [{ ...part, options: { units: LAYER_FIELDS.dense.units.initial, ...part.options } }];
    }
    // It is told the means of what it gets before training: those of the inputs are known.
    if (part.name !== "normalization" || i === 0) return [part];
    report({ path: `layers[${i}]`, rule: "choice", allowed: "batch_normalization", found: showFound(part.name) });
    return [];
  });
}

function readNames(
  value: unknown,
  names: readonly string[],
  fallback: readonly string[],
  path: string,
  report: Report,
): readonly string[] {
  if (value === undefined) return fallback;
  if (!Array.isArray(value)) {
    report({ path, rule: "list", allowed: names.join(", "), found: showFound(value) });
    return fallback;
  }
  for (const name of value.slice(0, 100) as unknown[]) {
    if (typeof name === "string" && names.includes(name)) continue;
    report({ path, rule: "choice", allowed: names.join(", "), found: showFound(name) });
  }
  return names.filter((name) => value.includes(name));
}

function readWeights(value: unknown, fallback: readonly number[] | null, report: Report): readonly number[] | null {
  if (value === undefined) return fallback;
  if (value === null) return null;
  const isList = Array.isArray(value) && value.length <= LIMITS.weights &&
    value.every((weight) => typeof weight === "number" && Math.abs(weight) <= 1e30);
  if (isList) return value as number[];
  report({ path: "weights", rule: "list", allowed: "[w, …]", found: showFound(value) });
  return null;
}

function readPreset(value: unknown, fallback: string | null, report: Report): string | null {
  if (value === undefined) return fallback;
  if (value === null) return null;
  if (typeof value === "string" && /^[a-z0-9_]{1,40}$/.test(value)) return value;
  report({ path: "preset", rule: "text", allowed: "a–z 0–9 _", found: showFound(value) });
  return null;
}
