import type { Activation } from "../activations/activation.ts";
import type { Layer } from "./layer.ts";
import { type LayerSpec, readLayer } from "./read_layer.ts";
import { type ActivationSpec, readActivation } from "./read_activation.ts";
import type { Constraint } from "../constraints/constraint.ts";
import { type ConstraintSpec, resolveConstraint } from "../constraints/resolve_constraint.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { type InitializerSpec, resolveInitializer } from "../initializers/resolve_initializer.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { type RegularizerSpec, resolveRegularizer } from "../regularizers/resolve_regularizer.ts";

/** Makes the parts of a layer from what stands for them: names, saved forms, or the parts. A file's knows the user's own, too. */
export interface PartResolver {
  /** The activation that a name, a saved form or an activation stands for. */
  activation(spec: ActivationSpec): Activation;
  /** The initializer that a name, a saved form or an initializer stands for. */
  initializer(spec: InitializerSpec): Initializer;
  /** The same for a regularizer; null for none. */
  regularizer(spec: RegularizerSpec | null): Regularizer | null;
  /** The same for a constraint; null for none. */
  constraint(spec: ConstraintSpec | null): Constraint | null;
  /** The layer inside another one that a saved form, a layer or a model stands for. It has a name. */
  layer(spec: LayerSpec): Layer;
}

/** Knows the parts of this library. */
export const LIBRARY_PARTS: PartResolver = {
  activation: readActivation,
  initializer: resolveInitializer,
  regularizer: resolveRegularizer,
  constraint: resolveConstraint,
  layer: readLayer,
};
