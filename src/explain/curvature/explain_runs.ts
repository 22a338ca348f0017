/**
 * What trains many models, and what draws them: a bundle beside `retroprop/explain`, which is loaded when it is asked for.
 *
 * @module
 */
export { findPlane } from "./find_plane.ts";
export { trainRates } from "./train_rates.ts";
export { trainSeries } from "./train_series.ts";
