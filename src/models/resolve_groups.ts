import { checkOptions } from "../errors/check_options.ts";
import { checkPlainObject } from "../errors/check_plain_object.ts";
import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import { Layer } from "../layers/layer.ts";
import type { PlacedLayer } from "../layers/list_layers.ts";
import {
  joinGroups,
  type OptimizerGroup,
  type OptimizerGroups,
  refusePopulation,
} from "../optimizers/optimizer_groups.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import { type OptimizerSpec, resolveOptimizer } from "../optimizers/resolve_optimizer.ts";
import { resolveOptimizers } from "../optimizers/resolve_optimizers.ts";

const WHAT = "compile model";

/** Layers that are trained by one optimizer, as `compile` takes them. */
export interface OptimizerGroupSpec {
  /** Layers, or their names; of one inside a layer `<outer>/<inner>`. Left out in at most one group: all that are in no other group. */
  readonly layers?: readonly (string | Layer)[];
  /** What trains them. */
  readonly optimizer: OptimizerSpec | string;
}

/** Whether a value is groups of optimizers in their saved form, or as they were settled. */
export function isGroups(given: unknown): given is OptimizerGroups {
  return typeof given === "object" && given !== null && "id" in given && given.id === "groups";
}

/**
 * Settles groups of optimizers for the layers of a model.
 *
 * @throws {TypeError | RangeError} If a layer is unknown, is in two groups or in none, or an optimizer is unknown or has unknown options.
 */
export function resolveGroups(
  given: readonly OptimizerGroupSpec[] | OptimizerGroups,
  layers: readonly PlacedLayer[],
): OptimizerGroups {
  const joined = isGroups(given)
    ? resolveOptimizers(given) as OptimizerGroups
    : joinGroups(WHAT, given.map((group) => readGroup(group, layers)));
  const placed = new Map<string, number>();
  joined.groups.forEach((group, i) => {
    for (const path of group.layers ?? []) {
      if (!layers.some((layer) => layer.path === path)) throw unknownLayer(path, layers);
      for (const [other, group] of placed) {
        const isOne = other === path;
        if (!isOne && (group === i || !(other.startsWith(`${path}/`) || path.startsWith(`${other}/`)))) continue;
        const what = isOne ? `layer "${path}"` : `layer "${path}", which has to do with "${other}",`;
        throw new TypeError(
          `Cannot ${WHAT}: a layer must be in one group of optimizers, but ${what} is in group ${i} and ` +
            `${group === i ? "there again" : `in group ${group}`}`,
        );
      }
      placed.set(path, i);
    }
  });
  if (joined.groups.every((group) => group.layers !== null)) refuseRest(layers, [...placed.keys()]);
  return joined;
}

function readGroup(given: OptimizerGroupSpec, layers: readonly PlacedLayer[]): OptimizerGroup {
  checkPlainObject(WHAT, "a group of optimizers must be an object { layers, optimizer }", given);
  checkOptions(`${WHAT} with groups of optimizers`, given, ["layers", "optimizer"]);
  if (given.optimizer === undefined) {
    throw new TypeError(`Cannot ${WHAT}: a group of optimizers must have an optimizer, got ${describeValue(given)}`);
  }
  const optimizer = resolveOptimizer(given.optimizer);
  if (isPopulation(optimizer)) throw refusePopulation(WHAT, optimizer.id);
  if (given.layers === undefined) return { layers: null, optimizer };
  if (!Array.isArray(given.layers) || given.layers.length === 0) {
    const hint = typeof given.layers === "string" ? `; write ["${given.layers}"]` : "";
    throw new TypeError(
      `Cannot ${WHAT}: the layers of a group must be an array of at least one layer or name, got ${
        describeValue(given.layers)
      }${hint}`,
    );
  }
  return { layers: given.layers.map((layer: unknown) => pathOf(layer, layers)), optimizer };
}

function pathOf(given: unknown, layers: readonly PlacedLayer[]): string {
  if (typeof given === "string") return given;
  const layer: unknown = typeof given === "object" && given !== null && "asLayer" in given &&
      typeof given.asLayer === "function"
    ? given.asLayer()
    : given;
  const found = layers.find((placed) => placed.layer === layer);
  if (found !== undefined) return found.path;
  if (layer instanceof Layer) throw unknownLayer(layer.name, layers);
  throw new TypeError(`Cannot ${WHAT}: the layers of a group must be layers or names, got ${describeValue(given)}`);
}

function unknownLayer(name: string, layers: readonly PlacedLayer[]): RangeError {
  const paths = layers.map(({ path }) => path);
  const near = nearestName(name, paths);
  const hint = near === undefined || near === name ? "" : `; did you mean "${near}"?`;
  return new RangeError(
    `Cannot ${WHAT}: a group of optimizers names layer ${describeValue(name)}, which is none of this model's${hint}${
      hint === "" ? "." : ""
    } Layers are: ${paths.join(", ")}`,
  );
}

/** Refuses layers that would be trained and that no group has. One that is not built yet is looked at when it is trained. */
function refuseRest(layers: readonly PlacedLayer[], placed: readonly string[]): void {
  const rest = layers.find(({ layer, path, within }) =>
    layer.isBuilt && within.every(({ trainable }) => trainable) &&
    layer.weights.some(({ trainable }) => trainable !== false) &&
    !placed.some((other) => path === other || path.startsWith(`${other}/`))
  );
  if (rest === undefined) return;
  throw new TypeError(
    `Cannot ${WHAT}: every layer must be in a group of optimizers, but "${rest.path}" is in none; ` +
      "a group without layers takes the rest",
  );
}
