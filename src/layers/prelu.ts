import { constraintTable } from "../constraints/gen/table.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { initializerTable } from "../initializers/gen/table.ts";
import type { Initializer } from "../initializers/initializer.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import { regularizerTable } from "../regularizers/gen/table.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { defineRow } from "../tables/define_row.ts";
import { copyJson } from "../tensor/copy_json.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { map, type Symbolic } from "../tensor/symbolic.ts";
import { Layer, type LayerOptions } from "./layer.ts";
import type { LayerRow } from "./layer_row.ts";
import type { Tracing } from "./tracing.ts";
import { LIBRARY_PARTS, type PartResolver } from "./part_resolver.ts";
import { savePart } from "./save_part.ts";

/** Options of the PReLU layer. */
export interface PReluOptions extends LayerOptions {
  /** Default `"zeros"`. */
  alphaInitializer?: InitializerSpec;
  /** A penalty on alpha. Default none. */
  alphaRegularizer?: RegularizerSpec | null;
  /** A rule that alpha keeps. Default none. */
  alphaConstraint?: ConstraintSpec | null;
}

/** A ReLU with learned slopes; see `layers.prelu`. */
export class PRelu extends Layer {
  readonly #alpha: { initializer: Initializer; regularizer: Regularizer | null; constraint: Constraint | null };
  /** Its own options in their saved form, as they were when the layer was made. */
  readonly #saved: Readonly<Record<string, Json>>;

  /** @param parts makes initializer, regularizer and constraint of what stands for them */
  constructor(options?: PReluOptions, parts: PartResolver = LIBRARY_PARTS) {
    super("prelu", options, ["alphaInitializer", "alphaRegularizer", "alphaConstraint"]);
    this.#alpha = {
      initializer: parts.initializer(options?.alphaInitializer ?? "zeros"),
      regularizer: parts.regularizer(options?.alphaRegularizer ?? null),
      constraint: parts.constraint(options?.alphaConstraint ?? null),
    };
    this.#saved = copyJson({
      alphaInitializer: savePart(this.#alpha.initializer, initializerTable),
      alphaRegularizer: savePart(this.#alpha.regularizer, regularizerTable),
      alphaConstraint: savePart(this.#alpha.constraint, constraintTable),
    });
    this.supportsMasking = true;
    Object.freeze(this);
  }

  override get config(): Readonly<Record<string, Json>> {
    return { ...this.commonConfig(), ...copyJson(this.#saved) };
  }

  protected override build(inputShape: Shape): void {
    this.addWeight({ name: "alpha", shape: inputShape, ...this.#alpha });
  }

  override call(t: Tracing, x: Symbolic): Symbolic {
    const g = t.graph;
    const width = sizeOf(x.shape.slice(1));
    const flat = g.apply("reshape", [x], { shape: [x.shape[0], width] });
    const alpha = g.apply("reshape", [t.weight("alpha")], { shape: [width] });
    const below = g.apply("scale_columns", [map(g, "below_zero", [flat]), alpha, g.constant(0, [width])]);
    return g.apply("reshape", [map(g, "add", [map(g, "relu", [flat]), below])], { shape: x.shape });
  }
}

/**
 * The parametric rectified linear unit: y = max(x, 0) + alpha · min(x, 0), with a learned alpha for every element of a sample.
 *
 * @example
 * ```ts
 * import { layers } from "retroprop";
 * const learned = layers.prelu({ alphaInitializer: "zeros" });
 * ```
 * Source: He et al., Delving deep into rectifiers, ICCV 2015.
 */
export function prelu(options?: PReluOptions): PRelu {
  return new PRelu(options);
}

/** Its row of the table. */
export const preluRow: LayerRow = defineRow({
  id: "prelu",
  create: (options: PReluOptions, parts) => new PRelu(options, parts),
});
