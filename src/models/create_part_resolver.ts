import { describeValue } from "../errors/describe_value.ts";
import { Layer } from "../layers/layer.ts";
import { LIBRARY_PARTS, type PartResolver } from "../layers/part_resolver.ts";
import type { Json } from "../tensor/json.ts";
import type { Builder, Symbolic } from "../tensor/symbolic.ts";
import { type CustomParts, findCustom, sayHowToHandOver } from "./custom_parts.ts";

/** A part in its saved form; `custom` where it was none of the library that saved it. */
interface SavedPart {
  readonly id: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly custom?: unknown;
}

/** The saved form of a layer inside another one, as it was found. */
export interface SavedInnerLayer {
  readonly type: unknown;
  readonly config: unknown;
}

type LayerPart = "activations" | "initializers" | "regularizers" | "constraints";

/**
 * Makes the parts of a file's layers: the user's own by `custom`, the others by the library.
 *
 * A part of the user's own that was not handed over is replaced by one that says so when it is needed: weights are loaded without their
 * initializers, and a model predicts without its regularizers and constraints.
 *
 * @param makeLayer makes a layer inside another one of its saved form
 */
export function createPartResolver(custom: CustomParts, makeLayer: (saved: SavedInnerLayer) => Layer): PartResolver {
  const resolve = <Part extends object>(
    kind: LayerPart,
    spec: unknown,
    fromLibrary: (spec: never) => Part,
    createMissing: (saved: SavedPart, refuse: () => never) => Part,
  ): Part => {
    if (typeof spec !== "object" || spec === null || !("id" in spec)) return fromLibrary(spec as never);
    const { id, config, custom: isCustom } = spec as SavedPart;
    const factory = findCustom(custom, kind, id);
    if (factory !== undefined) return fromLibrary((factory as (config: unknown) => Part)(config) as never);
    if (isCustom !== true || typeof id !== "string") return fromLibrary(spec as never);
    return createMissing({ id, config }, () => {
      const part = kind.slice(0, -1);
      throw new Error(
        `Cannot use the ${part} ${
          describeValue(id)
        } of a file: it must be handed over, since it is none of this library; ` +
          sayHowToHandOver(kind, id),
      );
    });
  };
  return {
    activation: (spec) =>
      resolve("activations", spec, LIBRARY_PARTS.activation, (saved, refuse) => ({
        ...saved,
        apply: (g: Builder, x: Symbolic) => g.shapesOnly === true ? x : refuse(),
      })),
    initializer: (spec) =>
      resolve("initializers", spec, LIBRARY_PARTS.initializer, (saved, initialize) => ({ ...saved, initialize })),
    regularizer: (spec) =>
      spec === null ? null : resolve(
        "regularizers",
        spec,
        LIBRARY_PARTS.regularizer as never,
        (saved, penalty) => ({ ...saved, penalty }),
      ),
    constraint: (spec) =>
      spec === null
        ? null
        : resolve("constraints", spec, LIBRARY_PARTS.constraint as never, (saved, project) => ({ ...saved, project })),
    layer: (spec) => {
      const isSaved = typeof spec === "object" && spec !== null && "type" in spec && "config" in spec &&
        !(spec instanceof Layer);
      return LIBRARY_PARTS.layer(isSaved ? makeLayer(spec as SavedInnerLayer) : spec);
    },
  };
}
