import { runSearch } from "./run_search.ts";
import type { Predictions } from "../../models/form_outputs.ts";
import type { TrainableModel } from "../../models/trainable_model.ts";
import type { Params } from "../space/params.ts";
import type { AnySearchOptions, SearchOptions } from "./search_options.ts";
import type { SearchResult } from "../report/search_result.ts";
import type { ParamsOf, Space } from "../space/space.ts";

/**
 * Searches for good hyper-parameters on all cores: a sampler says which params to try, `build` makes a model of them, each trial trains on
 * one thread, and the score is a metric on data that the trial has not seen.
 *
 * Only programs and data go to the threads, so `build` may be any function, and no permission is needed without a journal. The trials and
 * scores are the same, to the bit, for any number of workers; with a sampler or pruner that learns, if it is `deterministic`.
 *
 * @example
 * ```ts
 * import { choice, layers, logUniform, optimizers, samplers, search, sequential } from "retroprop";
 *
 * const x = Array.from({ length: 64 }, (_, i) => [Math.sin(i), Math.cos(2 * i)]);
 * const result = await search({
 *   space: { hidden: choice([2, 4]), learningRate: logUniform(1e-3, 1e-1) },
 *   sampler: samplers.random(),
 *   trials: 4,
 *   build: ({ hidden, learningRate }) => {
 *     const model = sequential([
 *       layers.dense({ units: hidden, activation: "relu", inputShape: [2] }),
 *       layers.dense({ units: 1, activation: "sigmoid" }),
 *     ], { seed: 1 });
 *     model.compile({ optimizer: optimizers.adam({ learningRate }), loss: "binary_crossentropy" });
 *     return model;
 *   },
 *   x,
 *   y: x.map(([a, b]) => a > b ? 1 : 0),
 *   epochs: 5,
 *   verbose: 0,
 * });
 * result.best.params;
 * ```
 * @throws {TypeError | RangeError} If options or data are wrong, before anything is trained.
 * @throws {JournalError} If the journal cannot be opened, or is of another search.
 * @throws the reason of `signal`, if it aborts; the journal keeps what was found
 */
export async function search<const S extends Space, M extends TrainableModel<Predictions>>(
  options: SearchOptions<S, M>,
): Promise<SearchResult<ParamsOf<S> & Params, M>> {
  return await runSearch(options as unknown as AnySearchOptions) as SearchResult<ParamsOf<S> & Params, M>;
}
