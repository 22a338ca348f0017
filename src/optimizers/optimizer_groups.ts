import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Json } from "../tensor/json.ts";
import type { CommonConfig, Optimizer } from "./optimizer.ts";
import { isPopulation, type PopulationOptimizer } from "./population_optimizer.ts";

/** The layers that one optimizer is for. */
export interface OptimizerGroup {
  /** The names of the layers, `<outer>/<inner>` inside another one; null: all that are in no other group. */
  readonly layers: readonly string[] | null;
  /** What trains them. */
  readonly optimizer: Optimizer;
}

/** Optimizers for groups of layers, in the place of one optimizer. */
export interface OptimizerGroups {
  /** Always `groups`. */
  readonly id: "groups";
  /** The groups as JSON, the saved form. */
  readonly config: Readonly<Record<string, Json>>;
  /** The learning rate of the first group, or its schedule. */
  readonly learningRate: number | Schedule;
  /** At least one; at most one of them has no layers. */
  readonly groups: readonly OptimizerGroup[];
}

/** What steps are counted by, so that it must be one for all. */
const ALIKE = ["gradientAccumulationSteps", "emaOverwriteFrequency"] as const;

/**
 * Joins optimizers for groups of layers.
 *
 * @param what What is being done, as a verb phrase: `compile model`.
 * @throws {TypeError} If there is no group, or several without layers, or they differ in what all must have alike.
 */
export function joinGroups(what: string, groups: readonly OptimizerGroup[]): OptimizerGroups {
  if (groups.length === 0) throw new TypeError(`Cannot ${what}: optimizer must have at least one group, got []`);
  const rest = groups.filter(({ layers }) => layers === null).length;
  if (rest > 1) {
    throw new TypeError(`Cannot ${what}: at most one group of optimizers may be without layers, got ${rest}`);
  }
  for (const name of ALIKE) {
    const values = groups.filter(({ optimizer: { common } }) => name !== "emaOverwriteFrequency" || common.useEma)
      .map(({ optimizer: { common } }): CommonConfig[typeof name] => common[name]);
    if (new Set(values).size < 2) continue;
    throw new TypeError(
      `Cannot ${what}: ${name} must be the same in all groups of optimizers, got ${
        values.map(describeValue).join(", ")
      }`,
    );
  }
  const saved = groups.map(({ layers, optimizer: { id, config } }): Json => {
    return { ...(layers === null ? {} : { layers }), optimizer: { id, config } };
  });
  const { learningRate } = groups[0].optimizer;
  return Object.freeze({ id: "groups", config: Object.freeze({ groups: saved }), learningRate, groups });
}

/**
 * Joins groups of optimizers from their saved form.
 *
 * @param resolve makes the optimizer of a group from its saved form
 * @throws {TypeError} If it is no such form.
 */
export function reviveGroups(
  what: string,
  config: unknown,
  resolve: (saved: { readonly id: string; readonly config: Readonly<Record<string, Json>> }) =>
    | Optimizer
    | PopulationOptimizer,
): OptimizerGroups {
  checkPlainObject(what, "the options of groups of optimizers must be an object", config);
  const { groups } = config as { readonly groups?: unknown };
  const rule = "groups of optimizers must be objects { layers, optimizer: { id, config } }";
  const refuse = (found: unknown): TypeError => new TypeError(`Cannot ${what}: ${rule}, got ${describeValue(found)}`);
  if (!Array.isArray(groups)) throw refuse(groups);
  return joinGroups(
    what,
    groups.map((group: unknown): OptimizerGroup => {
      if (typeof group !== "object" || group === null) throw refuse(group);
      const { layers = null, optimizer } = group as { readonly layers?: unknown; readonly optimizer?: unknown };
      const isList = Array.isArray(layers) && layers.length > 0 && layers.every((name) => typeof name === "string");
      if (layers !== null && !isList) throw refuse(group);
      if (typeof optimizer !== "object" || optimizer === null || !("id" in optimizer)) throw refuse(group);
      const made = resolve(optimizer as never);
      if (isPopulation(made)) throw refusePopulation(what, made.id);
      return { layers: layers as readonly string[] | null, optimizer: made };
    }),
  );
}

/** The error for an optimizer without gradients in a group: it trains all that is trained. */
export function refusePopulation(what: string, id: string): TypeError {
  return new TypeError(
    `Cannot ${what}: the optimizer of a group must be one that uses gradients, got ${describeValue(id)}; ` +
      "to train a part of a model with it, freeze the rest (trainable: false)",
  );
}
