/**
 * What trains many models, and what draws them: a bundle beside `retroprop/explain`, which is loaded when it is asked for.
 *
 * @module
 */
export { trainRates } from "./train_rates.ts";
export { trainSeries } from "./train_series.ts";
