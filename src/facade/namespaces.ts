/**
 * The namespaces of the library, as types and documentation see them. `guarded_namespaces.ts` gives the objects.
 *
 * @module
 */
export * as activations from "../activations/activations.ts";
export * as callbacks from "../callbacks/callbacks.ts";
export * as constraints from "../constraints/constraints.ts";
export * as formulas from "../formula/formulas.ts";
export * as initializers from "../initializers/initializers.ts";
export * as layers from "../layers/layers.ts";
export * as losses from "../losses/losses.ts";
export * as metrics from "../metrics/metrics.ts";
export * as ops from "../compose/ops.ts";
export * as optimizers from "../optimizers/optimizers.ts";
export * as plot from "../plot/plot.ts";
export * as pruners from "../search/pruners/pruners.ts";
export * as regularizers from "../regularizers/regularizers.ts";
export * as samplers from "../search/samplers/samplers.ts";
export * as schedules from "../schedules/schedules.ts";
