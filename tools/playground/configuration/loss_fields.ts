import { type Fields, number, toggle } from "./field.ts";

const CROSSENTROPY: Fields = { fromLogits: toggle(false), labelSmoothing: number(0, 0, 1) };
const FOCAL: Fields = { alpha: number(0.25, 0, 1), gamma: number(2, 0, 20) };

/** The losses with their options, in the order in which they are offered. */
export const LOSS_FIELDS: Readonly<Record<string, Fields>> = {
  binary_crossentropy: CROSSENTROPY,
  categorical_crossentropy: CROSSENTROPY,
  mean_squared_error: {},
  half_sum_of_squares: {},
  mean_absolute_error: {},
  huber: { delta: number(1, 0, 1000, { isAbove: true, isLogarithmic: true }) },
  log_cosh: {},
  hinge: {},
  squared_hinge: {},
  categorical_hinge: {},
  binary_focal_crossentropy: { ...FOCAL, applyClassBalancing: toggle(false), ...CROSSENTROPY },
  categorical_focal_crossentropy: { ...FOCAL, ...CROSSENTROPY },
  kl_divergence: {},
  poisson: {},
  mean_absolute_percentage_error: {},
  mean_squared_logarithmic_error: {},
  cosine_similarity: {},
};
