import { setEntry } from "../errors/set_entry.ts";
import type { Metric, MetricBatch, MetricState } from "../metrics/metric.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { BatchBuffers } from "../workers/loaded_program.ts";
import type { Logs } from "./callback.ts";
import { spreadWeights } from "./spread_weights.ts";

/** A metric that is being counted. */
interface Counting {
  readonly metric: Metric;
  readonly state: MetricState;
  readonly weighted: boolean;
}

/** Loss and metrics of the batches that are counted. */
export class Counts {
  readonly #counting: readonly Counting[];
  readonly #batch: { -readonly [K in keyof MetricBatch]: MetricBatch[K] };
  #lossSum = 0;
  #lossWeight = 0;

  /**
   * @param width the size of the last axis of the output
   * @param metrics those that ignore sample weights, and those that use them
   */
  constructor(
    width: number,
    { metrics, weightedMetrics }: { readonly metrics: readonly Metric[]; readonly weightedMetrics: readonly Metric[] },
  ) {
    const create = (weighted: boolean) => (metric: Metric): Counting => ({ metric, state: metric.create(), weighted });
    this.#counting = [...metrics.map(create(false)), ...weightedMetrics.map(create(true))];
    const empty = new Float32Array(0);
    this.#batch = { yTrue: empty, yPred: empty, rows: 0, trueWidth: 1, predWidth: width, sampleWeight: null };
  }

  /** Forgets what was counted. */
  reset(): void {
    this.#lossSum = 0;
    this.#lossWeight = 0;
    for (const { state } of this.#counting) state.reset();
  }

  /** Counts one batch that has been run. */
  add(program: BatchBuffers, rows: number, loss: number, sampleWeight: Float32Array | null): void {
    this.#lossSum += loss * rows;
    this.#lossWeight += rows;
    if (this.#counting.length === 0) return;
    const batch = this.#batch;
    batch.yPred = program.output("output");
    batch.yTrue = program.input("y");
    batch.rows = batch.yPred.length / batch.predWidth;
    batch.trueWidth = batch.yTrue.length / batch.rows;
    for (const { state, weighted } of this.#counting) {
      batch.sampleWeight = weighted ? spreadWeights(sampleWeight, batch.rows) : null;
      state.update(batch);
    }
  }

  /** The mean loss and the metrics, with `prefix` before their names. */
  read(prefix = ""): Logs & { loss: number } {
    const logs: Logs = { [`${prefix}loss`]: this.#lossWeight === 0 ? 0 : this.#lossSum / this.#lossWeight };
    for (const { metric, state } of this.#counting) setEntry(logs, prefix + metric.name, state.result());
    return logs as Logs & { loss: number };
  }

  /** What was counted since `reset`, to go on from it. @throws {TypeError} If a metric cannot give its state. */
  getState(): StateValue {
    const metrics = this.#counting.map(({ metric, state }) => {
      if (state.getState === undefined || state.setState === undefined) {
        throw new TypeError(
          `Cannot back up within an epoch: metrics must have getState and setState, but "${metric.name}" has not; ` +
            'give it both, or use saveFreq "epoch"',
        );
      }
      return state.getState();
    });
    return { loss: Float64Array.of(this.#lossSum, this.#lossWeight), metrics };
  }

  /** Goes on counting from what `getState` gave. @throws {TypeError} If it is of other metrics. */
  setState(counts: StateValue): void {
    const { loss, metrics } = counts as { loss?: StateValue; metrics?: StateValue };
    const fits = loss instanceof Float64Array && loss.length === 2 && Array.isArray(metrics) &&
      metrics.length === this.#counting.length;
    if (!fits) throw new TypeError("Cannot go on within an epoch: the metrics must be those of the backup");
    [this.#lossSum, this.#lossWeight] = loss;
    this.#counting.forEach(({ state }, i) => state.setState?.(metrics[i]));
  }
}
