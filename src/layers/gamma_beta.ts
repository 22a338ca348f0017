import type { Constraint } from "../constraints/constraint.ts";
import { constraintTable } from "../constraints/gen/table.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { regularizerTable } from "../regularizers/gen/table.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { LayerOptions } from "./layer.ts";
import type { PartResolver } from "./part_resolver.ts";
import { savePart } from "./save_part.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** Options of a layer that normalises, and then scales by gamma and adds beta. */
export interface GammaBetaOptions extends LayerOptions {
  /** Whether beta is added. Default true. */
  center?: boolean;
  /** Whether gamma scales. Default true. */
  scale?: boolean;
  /** Default `"zeros"`. */
  betaInitializer?: InitializerSpec;
  /** Default `"ones"`. */
  gammaInitializer?: InitializerSpec;
  /** A penalty on beta. Default none. */
  betaRegularizer?: RegularizerSpec | null;
  /** A penalty on gamma. Default none. */
  gammaRegularizer?: RegularizerSpec | null;
  /** A rule that beta keeps after every step. Default none. */
  betaConstraint?: ConstraintSpec | null;
  /** A rule that gamma keeps after every step. Default none. */
  gammaConstraint?: ConstraintSpec | null;
}

/** The names of these options. */
export const GAMMA_BETA_OPTIONS = [
  "center",
  "scale",
  "betaInitializer",
  "gammaInitializer",
  "betaRegularizer",
  "gammaRegularizer",
  "betaConstraint",
  "gammaConstraint",
] as const;

/** What a weight consists of besides its name and shape. */
interface Parts {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** The weights gamma and beta of a layer that normalises. */
export class GammaBeta {
  /** Whether beta is added. */
  readonly center: boolean;
  /** Whether gamma scales. */
  readonly scale: boolean;
  readonly #gamma: Parts;
  readonly #beta: Parts;
  readonly #saved: Record<string, Json>;

  /**
   * @param what what is done, for messages: `create layer_normalization layer`
   * @throws {TypeError} If an option is of another type; RangeError for an unknown name
   */
  constructor(what: string, options: GammaBetaOptions, parts: PartResolver) {
    const flag = (name: "center" | "scale"): boolean =>
      options[name] === undefined ? true : checkBoolean(what, name, options[name]);
    this.center = flag("center");
    this.scale = flag("scale");
    this.#gamma = {
      initializer: parts.initializer(options.gammaInitializer ?? "ones"),
      regularizer: parts.regularizer(options.gammaRegularizer ?? null),
      constraint: parts.constraint(options.gammaConstraint ?? null),
    };
    this.#beta = {
      initializer: parts.initializer(options.betaInitializer ?? "zeros"),
      regularizer: parts.regularizer(options.betaRegularizer ?? null),
      constraint: parts.constraint(options.betaConstraint ?? null),
    };
    this.#saved = copyJson({
      center: this.center,
      scale: this.scale,
      betaInitializer: savePart(this.#beta.initializer, initializerTable),
      gammaInitializer: savePart(this.#gamma.initializer, initializerTable),
      betaRegularizer: savePart(this.#beta.regularizer, regularizerTable),
      gammaRegularizer: savePart(this.#gamma.regularizer, regularizerTable),
      betaConstraint: savePart(this.#beta.constraint, constraintTable),
      gammaConstraint: savePart(this.#gamma.constraint, constraintTable),
    });
    Object.freeze(this);
  }

  /** The options in their saved form, as they were when the layer was made: a copy. */
  get config(): Record<string, Json> {
    return copyJson(this.#saved);
  }

  /** The weights that the layer asks for, in Keras's order. */
  specs(shape: Shape): WeightSpec[] {
    return [
      ...(this.scale ? [{ name: "gamma", shape, ...this.#gamma }] : []),
      ...(this.center ? [{ name: "beta", shape, ...this.#beta }] : []),
    ];
  }

  /** What the ops call them, and the weights' names. */
  get inputs(): readonly { readonly input: "scale" | "offset"; readonly weight: "gamma" | "beta" }[] {
    return [
      ...(this.scale ? [{ input: "scale", weight: "gamma" } as const] : []),
      ...(this.center ? [{ input: "offset", weight: "beta" } as const] : []),
    ];
  }
}
