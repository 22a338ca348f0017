import { checkBoolean } from "../../errors/check_boolean.ts";
import { checkInteger } from "../../errors/check_integer.ts";
import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { checkString } from "../../errors/check_string.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { readClassWeight } from "../../models/class_weights.ts";
import { readWorkers, type Workers } from "../../training/threads.ts";
import type { Params } from "../space/params.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { resolvePruner } from "../pruners/resolve_pruner.ts";
import { resolveSpace } from "../space/resolve_space.ts";
import type { Direction, Sampler } from "../samplers/sampler.ts";
import { resolveSampler } from "../samplers/resolve_sampler.ts";
import type { AnySearchOptions, BuildContext, PerTrial, TrialDiagnosis } from "./search_options.ts";
import type { ResolvedSpace } from "../space/space.ts";
import type { Validation } from "./validation.ts";

const WHAT = "search";

/** A trial may have so many runs: folds times repeats. Each takes memory. */
const MOST_RUNS = 10_000;
/** So many models of one trial may be made, and a trial may be tried again so often. */
const MOST_REPEATS = 1_000;

/** The names of all options. */
const NAMES = [
  "space",
  "forbidden",
  "build",
  "x",
  "y",
  "sampleWeight",
  "classWeight",
  "epochs",
  "batchSize",
  "shuffle",
  "validation",
  "repeats",
  "monitor",
  "mode",
  "seed",
  "workers",
  "pruner",
  "retries",
  "target",
  "maxSeconds",
  "signal",
  "journal",
  "deterministic",
  "lag",
  "diagnose",
  "verbose",
  "sampler",
  "trials",
] as const;

/** The options of a search, checked and with their defaults. */
export interface SearchSettings {
  readonly space: ResolvedSpace;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly build: (params: Params, context: BuildContext) => unknown;
  readonly classWeight: Readonly<Record<number, number>> | null;
  readonly epochs: PerTrial<Params>;
  readonly batchSize: PerTrial<Params>;
  epochsOf(params: Params): number;
  batchSizeOf(params: Params): number;
  readonly shuffle: boolean;
  readonly validation: Validation;
  readonly repeats: number;
  readonly monitor: string;
  readonly mode: Direction | null;
  readonly seed: number;
  readonly workers: Workers;
  readonly retries: number;
  readonly target: number | null;
  readonly maxSeconds: number | null;
  readonly signal: AbortSignal | null;
  /** How many trials there are at most; null if nobody knows. */
  readonly trials: number | null;
  readonly deterministic: boolean;
  readonly lag: number;
  readonly diagnose: TrialDiagnosis<never> | null;
  readonly verbose: 0 | 1;
}

/**
 * Checks the options of a search. Data are looked at later.
 *
 * @throws {TypeError | RangeError} If one is wrong, is missing or does not exist.
 */
export function readSearchOptions(options: AnySearchOptions): SearchSettings {
  checkOptions(WHAT, options, NAMES);
  for (const name of ["space", "build", "x", "y"] as const) {
    if (options?.[name] === undefined) throw new TypeError(`Cannot ${WHAT}: ${name} is missing`);
  }
  const { build } = options;
  if (typeof build !== "function") {
    throw new TypeError(`Cannot ${WHAT}: build must be a function of the params, got ${describeValue(build)}`);
  }
  const space = resolveSpace(options.space, { forbidden: options.forbidden });
  const sampler = resolveSampler(options.sampler ?? "tpe");
  const pruner = resolvePruner(options.pruner ?? "none");
  const deterministic = checkBoolean(WHAT, "deterministic", options.deterministic ?? false);
  if (deterministic && pruner.order === "arrival") {
    throw new RangeError(
      `Cannot ${WHAT}: the decisions of pruner "${pruner.id}" depend on the order in which trials run, so it cannot be ` +
        "deterministic; use pruners.halving() or pruners.median()",
    );
  }
  const integer = (name: "repeats" | "retries" | "lag" | "seed", fallback: number, min: number, max?: number): number =>
    checkInteger(WHAT, name, options[name] ?? fallback, { min, max });
  const { target = null, maxSeconds = null, signal = null } = options;
  if (target !== null) checkNumber(WHAT, "target", target);
  if (maxSeconds !== null) checkNumber(WHAT, "maxSeconds", maxSeconds, { min: 0 });
  if (signal !== null && !(signal instanceof AbortSignal)) {
    throw new TypeError(`Cannot ${WHAT}: signal must be an AbortSignal, got ${describeValue(signal)}`);
  }
  const count = sampler.count(space);
  const asked = options.trials === undefined ? null : checkInteger(WHAT, "trials", options.trials, { min: 1 });
  const trials = asked === null || count === null ? asked ?? count : Math.min(asked, count);
  if (trials === null && maxSeconds === null && target === null) {
    throw new TypeError(
      `Cannot ${WHAT}: it would not end; give trials, maxSeconds or target: sampler "${sampler.id}" never runs out of params here`,
    );
  }
  readClassWeight(options.classWeight);
  const validation = checkValidation(options.validation === undefined ? { split: 0.2 } : options.validation);
  const repeats = integer("repeats", 1, 1, MOST_REPEATS);
  const folds = validation !== null && "folds" in validation ? validation.folds : 1;
  if (folds * repeats > MOST_RUNS) {
    throw new RangeError(
      `Cannot ${WHAT}: validation.folds times repeats must be at most ${MOST_RUNS}, got ${folds} times ${repeats}`,
    );
  }
  const verbose = options.verbose ?? 1;
  if (verbose !== 0 && verbose !== 1) {
    throw new RangeError(`Cannot ${WHAT}: verbose must be 0 or 1, got ${describeValue(verbose)}`);
  }
  const { diagnose = null } = options;
  if (diagnose !== null && typeof diagnose !== "function") {
    throw new TypeError(
      `Cannot ${WHAT}: diagnose must be a function, that of "retroprop/explain", got ${describeValue(diagnose)}`,
    );
  }
  const perTrial = (name: "epochs" | "batchSize", fallback: number): (params: Params) => number => {
    const given = options[name] ?? fallback;
    if (typeof given === "function") return (params) => checkInteger(WHAT, name, given(params), { min: 1 });
    checkInteger(WHAT, name, given, { min: 1 });
    return () => given;
  };
  return {
    space,
    sampler,
    pruner,
    build,
    classWeight: options.classWeight === undefined ? null : { ...options.classWeight },
    epochs: options.epochs ?? 1,
    batchSize: options.batchSize ?? 32,
    epochsOf: perTrial("epochs", 1),
    batchSizeOf: perTrial("batchSize", 32),
    shuffle: checkBoolean(WHAT, "shuffle", options.shuffle ?? true),
    validation,
    repeats,
    monitor: checkString<string>(WHAT, "monitor", options.monitor ?? (validation === null ? "loss" : "val_loss")),
    mode: options.mode === undefined ? null : checkString(WHAT, "mode", options.mode, ["min", "max"]) as Direction,
    seed: integer("seed", 0, 0),
    workers: readWorkers(WHAT, options.workers),
    retries: integer("retries", 0, 0, MOST_REPEATS),
    target,
    maxSeconds,
    signal,
    trials,
    deterministic,
    lag: integer("lag", 4, 1),
    diagnose,
    verbose,
  };
}

function checkValidation(validation: Validation): Validation {
  if (validation === null) return null;
  const what = "search";
  if (typeof validation !== "object") {
    throw new TypeError(
      `Cannot ${what}: validation must be { split }, { folds }, { x, y } or null, got ${describeValue(validation)}`,
    );
  }
  if ("x" in validation) {
    checkOptions(what, validation, ["x", "y", "sampleWeight"]);
    if (validation.y === undefined) throw new TypeError(`Cannot ${what}: validation.y is missing`);
    return { ...validation };
  }
  const kind = "folds" in validation ? "folds" : "split";
  checkOptions(what, validation, [kind, "shuffle", "stratified"]);
  if ("folds" in validation) checkInteger(what, "validation.folds", validation.folds, { min: 2, max: MOST_RUNS });
  else checkNumber(what, "validation.split", validation.split, { minExclusive: 0, maxExclusive: 1 });
  for (const name of ["shuffle", "stratified"] as const) {
    if (validation[name] !== undefined) checkBoolean(what, `validation.${name}`, validation[name]);
  }
  return { ...validation };
}
