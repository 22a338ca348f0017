import type { Activation } from "../activations/activation.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { CustomActivation } from "../layers/custom_activation.ts";
import type { Layer } from "../layers/layer.ts";
import type { PartResolver } from "../layers/part_resolver.ts";
import type { CustomLoss } from "../losses/custom_loss.ts";
import type { Loss } from "../losses/loss.ts";
import type { ComposedMetric } from "../metrics/composed_metric.ts";
import type { Metric } from "../metrics/metric.ts";
import type { CustomMetric } from "../metrics/resolve_metric.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { ObjectiveFunction } from "./read_objective.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { Schedule } from "../schedules/schedule.ts";

/** Makes a part from its saved options. */
// deno-lint-ignore no-explicit-any
export type PartFactory<Part> = (config: any) => Part;

/** Makes a layer from its saved options. `parts` makes activations, initializers and so on of their saved forms among them. */
// deno-lint-ignore no-explicit-any
export type LayerFactory = (config: any, parts: PartResolver) => Layer;

/** What a file may name besides what this library has: for each kind, functions from the saved options to the part, by its id. */
export interface CustomParts {
  /** Layers, by their type. */
  readonly layers?: Readonly<Record<string, LayerFactory>>;
  /** Losses. */
  readonly losses?: Readonly<Record<string, PartFactory<Loss | CustomLoss>>>;
  /** Metrics, by their id, or by their name where they have none. */
  readonly metrics?: Readonly<Record<string, PartFactory<Metric | CustomMetric | ComposedMetric>>>;
  /** Objectives: functions of predictions and labels. */
  readonly objectives?: Readonly<Record<string, PartFactory<ObjectiveFunction>>>;
  /** Optimizers. A schedule among their options is made already. */
  readonly optimizers?: Readonly<Record<string, PartFactory<Optimizer>>>;
  /** Schedules of the learning rate. */
  readonly schedules?: Readonly<Record<string, PartFactory<Schedule>>>;
  /** Initializers. */
  readonly initializers?: Readonly<Record<string, PartFactory<Initializer>>>;
  /** Regularizers. */
  readonly regularizers?: Readonly<Record<string, PartFactory<Regularizer>>>;
  /** Constraints. */
  readonly constraints?: Readonly<Record<string, PartFactory<Constraint>>>;
  /** Activations. */
  readonly activations?: Readonly<Record<string, PartFactory<Activation | CustomActivation>>>;
}

/** The kinds of parts that a file may name. */
export type PartKind = keyof CustomParts;

const KINDS: readonly PartKind[] = [
  "layers",
  "losses",
  "metrics",
  "objectives",
  "optimizers",
  "schedules",
  "initializers",
  "regularizers",
  "constraints",
  "activations",
];

/** Checks what the user gave as `custom`. @throws TypeError for an unknown kind, and for what is no function */
export function checkCustomParts(what: string, custom: CustomParts | undefined): CustomParts {
  checkOptions(`${what} with custom parts`, custom, KINDS);
  for (const kind of KINDS) {
    const table: unknown = custom?.[kind];
    if (table === undefined) continue;
    checkPlainObject(what, `custom.${kind} must be an object`, table);
    for (const [id, factory] of Object.entries(table as Readonly<Record<string, unknown>>)) {
      if (typeof factory === "function") continue;
      throw new TypeError(
        `Cannot ${what}: custom.${kind}.${id} must be a function from the saved options to the part, got ${
          describeValue(factory)
        }`,
      );
    }
  }
  // Copies: the caller's objects may change while a file is read.
  return Object.fromEntries(KINDS.flatMap((kind) => custom?.[kind] === undefined ? [] : [[kind, { ...custom[kind] }]]));
}

/** The user's own factory of that name, if there is one. */
export function findCustom<Kind extends PartKind>(
  custom: CustomParts,
  kind: Kind,
  id: unknown,
): NonNullable<CustomParts[Kind]>[string] | undefined {
  const table = custom[kind] as Readonly<Record<string, NonNullable<CustomParts[Kind]>[string]>> | undefined;
  return table !== undefined && typeof id === "string" && Object.hasOwn(table, id) ? table[id] : undefined;
}

/** How to hand over a part that is missing, for messages. */
export function sayHowToHandOver(kind: PartKind, id: string): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(id) ? id : describeValue(id);
  return `hand it over as loadModel(file, { custom: { ${kind}: { ${key}: (config) => … } } })`;
}
