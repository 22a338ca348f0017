import type { Predictions } from "../../models/form_outputs.ts";
import type { TrainableModel } from "../../models/trainable_model.ts";
import type { Params } from "../space/params.ts";
import { grid } from "../samplers/grid.ts";
import { search } from "./search.ts";
import type { GridSearchOptions } from "./search_options.ts";
import type { SearchResult } from "../report/search_result.ts";
import type { ParamsOf, Space } from "../space/space.ts";

/**
 * Tries every combination of the values in `space`, on all cores: `search` with the grid sampler.
 *
 * @example
 * ```ts
 * import { gridSearch, layers, optimizers, sequential } from "retroprop";
 *
 * const x = Array.from({ length: 60 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
 * const result = await gridSearch({
 *   space: { hidden: [2, 4], learningRate: [0.01, 0.1] },
 *   build: ({ hidden, learningRate }) => {
 *     const model = sequential([
 *       layers.dense({ units: hidden, activation: "relu", inputShape: [2] }),
 *       layers.dense({ units: 2, activation: "softmax" }),
 *     ], { seed: 1 });
 *     model.compile({
 *       optimizer: optimizers.adam({ learningRate }),
 *       loss: "sparse_categorical_crossentropy",
 *       metrics: ["accuracy"],
 *     });
 *     return model;
 *   },
 *   x,
 *   y: x.map(([a, b]) => a > b ? 1 : 0),
 *   epochs: 5,
 *   validation: { folds: 3, stratified: true },
 *   monitor: "val_accuracy",
 *   verbose: 0,
 * });
 * result.best.params; // { hidden, learningRate }
 * result.best.model.predict(x);
 * ```
 * @throws {RangeError} If a parameter has no limited number of values. For the rest see `search`.
 */
export function gridSearch<const S extends Space, M extends TrainableModel<Predictions>>(
  options: GridSearchOptions<S, M>,
): Promise<SearchResult<ParamsOf<S> & Params, M>> {
  if (typeof options === "object" && options !== null) {
    for (const name of ["sampler", "trials"]) {
      if (name in options) {
        return Promise.reject(new TypeError(`Cannot search: a grid search has no option "${name}"; use search`));
      }
    }
  }
  return search({ ...options, sampler: grid() });
}
