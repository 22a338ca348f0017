import type { BatchWeights } from "../data/dataset.ts";
import { namePorts } from "../data/name_ports.ts";
import type { Port, PortShapes } from "../data/signature.ts";
import { setEntry } from "../errors/set_entry.ts";
import { classLayout } from "../losses/class_layout.ts";
import type { Loss } from "../losses/loss.ts";
import type { Metric, MetricBatch, MetricState } from "../metrics/metric.ts";
import type { StateValue } from "../tensor/state_value.ts";
import type { BatchBuffers } from "../workers/loaded_program.ts";
import type { Logs } from "./callback.ts";
import type { GenerationScores } from "./generation_scores.ts";
import { nameValues } from "./name_values.ts";
import { spreadWeights } from "./spread_weights.ts";

/** A metric that is being counted. */
interface Counting {
  readonly metric: Metric;
  readonly state: MetricState;
  readonly weighted: boolean;
  /** Of a composed metric: what programs call its values, and these as it gets them. */
  readonly composed: { readonly values: string; readonly batch: Batch } | null;
}

type Batch = { -readonly [K in keyof MetricBatch]: MetricBatch[K] };

/** An output whose metrics are counted. */
interface CountedOutput {
  readonly counting: readonly Counting[];
  readonly batch: Batch;
  /** How many values a row of predictions of that shape has, where that is a length that batches bring along; null where it is known. */
  readonly width: ((shapes: PortShapes) => number) | null;
  /** What programs call its loss, its labels, and itself; and the labels as the loss sees them, where these are others. */
  readonly loss: string;
  readonly labels: string;
  readonly seenLabels: string;
  readonly predictions: string;
  /** And its mask; null where it has none. */
  readonly mask: string | null;
}

/** What is counted of an output. */
interface Counted {
  readonly port: Port;
  readonly output: number;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/** Losses and metrics of the batches that are counted. */
export class Counts {
  readonly #outputs: readonly CountedOutput[];
  readonly #names: readonly string[];
  /** What is counted beside the loss: metrics, and where there are several outputs their losses. */
  readonly #hasMore: boolean;
  #lossSum = 0;
  #samples = 0;
  /** Of generations: the sums of best, mean and spread, how many members failed, and how many generations there were. */
  #generations: Float64Array | null = null;
  /** Where there are several outputs, the sum of the loss of each that is trained. */
  readonly #lossSums: Float64Array;

  /**
   * @param goals the outputs that are trained, with the metrics that ignore the weights of samples, and those that use them
   * @param names what the logs call the loss, the loss of each output where there are several, and each metric
   */
  constructor(goals: readonly Counted[], names: readonly string[]) {
    const [losses, labels, seenLabels, predictions, masks] = (["loss", "y", "labels", "output", "mask"] as const).map(
      (kind) => namePorts(kind, goals.length),
    );
    this.#outputs = goals.map(({ port, output, loss, metrics, weightedMetrics }, i) => {
      const { classes } = classLayout(loss, port.shape);
      const create = (weighted: boolean) => (metric: Metric): Counting => ({
        metric,
        state: metric.create(),
        weighted,
        composed: metric.call === undefined
          ? null
          : { values: nameValues(predictions[i], metric.name), batch: createBatch(1) },
      });
      return {
        counting: [...metrics.map(create(false)), ...weightedMetrics.map(create(true))],
        batch: createBatch(classes ?? 1),
        width: classes === null ? (shapes) => classLayout(loss, shapes.outputs[output]).classes : null,
        loss: losses[i],
        labels: labels[i],
        seenLabels: seenLabels[i],
        predictions: predictions[i],
        mask: port.mask === undefined ? null : masks[i],
      };
    });
    this.#names = names;
    const metrics = this.#outputs.reduce((sum, { counting }) => sum + counting.length, 0);
    this.#lossSums = new Float64Array(names.length - 1 - metrics);
    this.#hasMore = names.length > 1;
  }

  /** Forgets what was counted. */
  reset(): void {
    this.#lossSum = 0;
    this.#samples = 0;
    this.#generations = null;
    if (!this.#hasMore) return;
    this.#lossSums.fill(0);
    for (const { counting } of this.#outputs) for (const { state } of counting) state.reset();
  }

  /** Whether something is counted beside the loss. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  /** Counts a generation. Scores are as `Selection` gives them: where high is good, with the other sign. */
  addGeneration({ best, mean, spread, failed }: GenerationScores, direction: "max" | "min"): void {
    const sign = direction === "max" ? -1 : 1, sums = this.#generations ??= new Float64Array(5);
    sums[0] += sign * best;
    sums[1] += sign * mean;
    sums[2] += spread;
    sums[3] += failed;
    sums[4]++;
  }

  /** Counts one batch that has been run. `shapes`: where it brings lengths along, those at the ports. */
  add(program: BatchBuffers, rows: number, loss: number, weights: BatchWeights, shapes: PortShapes | null): void {
    this.#lossSum += loss * rows;
    this.#samples += rows;
    if (!this.#hasMore) return;
    const sums = this.#lossSums;
    for (let i = 0; i < this.#outputs.length; i++) {
      const output = this.#outputs[i];
      if (i < sums.length) sums[i] += program.output(output.loss)[0] * rows;
      if (output.counting.length === 0) continue;
      if (output.width !== null) output.batch.predWidth = output.width(shapes!);
      count(output, program, weights[i]);
    }
  }

  /** The mean losses and the metrics, with `prefix` before their names. */
  read(prefix = ""): Logs & { loss: number } {
    const samples = this.#samples;
    const loss = samples === 0 ? 0 : this.#lossSum / samples;
    // A name that is made anew for every epoch takes as long as the counting.
    const logs: Logs = prefix === "" ? { loss } : { [`${prefix}loss`]: loss };
    if (!this.#hasMore) return this.#withGenerations(logs, prefix);
    let next = 1;
    for (const sum of this.#lossSums) setEntry(logs, prefix + this.#names[next++], samples === 0 ? 0 : sum / samples);
    for (const { counting } of this.#outputs) {
      for (const { state } of counting) setEntry(logs, prefix + this.#names[next++], state.result());
    }
    return this.#withGenerations(logs, prefix);
  }

  /** Adds what generations scored, where there were any: their means, and how many members failed. */
  #withGenerations(logs: Logs, prefix: string): Logs & { loss: number } {
    if (this.#generations !== null) {
      const [best, mean, spread, failed, count] = this.#generations;
      const start = `${prefix}population_`;
      logs[`${start}best`] = best / count;
      logs[`${start}mean`] = mean / count;
      logs[`${start}std`] = spread / count;
      logs[`${start}failed`] = failed;
    }
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
    const loss = new Float64Array(2 + this.#lossSums.length);
    loss.set([this.#lossSum, this.#samples]);
    loss.set(this.#lossSums, 2);
    return this.#generations === null ? { loss, metrics } : { loss, metrics, generations: this.#generations.slice() };
  }

  /** Goes on counting from what `getState` gave. @throws {TypeError} If it is of other metrics. */
  setState(counts: StateValue): void {
    const { loss, metrics, generations } = counts as Readonly<Record<string, StateValue | undefined>>;
    const counting = this.#counting;
    const fits = loss instanceof Float64Array && loss.length === 2 + this.#lossSums.length && Array.isArray(metrics) &&
      metrics.length === counting.length;
    if (!fits) throw new TypeError("Cannot go on within an epoch: the metrics must be those of the backup");
    [this.#lossSum, this.#samples] = loss;
    this.#lossSums.set(loss.subarray(2));
    if (generations instanceof Float64Array && generations.length === 5) this.#generations = generations.slice();
    counting.forEach(({ state }, i) => state.setState?.(metrics[i]));
  }

  get #counting(): readonly Counting[] {
    return this.#outputs.flatMap(({ counting }) => counting);
  }
}

function createBatch(predWidth: number): Batch {
  const empty = new Float32Array(0);
  return { yTrue: empty, yPred: empty, rows: 0, trueWidth: 1, predWidth, sampleWeight: null };
}

/** Counts the metrics of one output. */
function count(
  { counting, batch, labels, seenLabels, predictions, mask }: CountedOutput,
  program: BatchBuffers,
  weights: Float32Array | null,
): void {
  const counts = mask === null ? null : program.output(mask);
  let isRead = false;
  for (const { state, weighted, composed } of counting) {
    if (composed === null && !isRead) {
      batch.yPred = program.output(predictions);
      batch.yTrue = program.hasOutput(seenLabels) ? program.output(seenLabels) : program.input(labels);
      batch.rows = batch.yPred.length / batch.predWidth;
      batch.trueWidth = batch.yTrue.length / batch.rows;
      isRead = true;
    }
    const seen = composed?.batch ?? batch;
    if (composed !== null) {
      seen.yPred = seen.yTrue = program.output(composed.values);
      seen.rows = seen.yPred.length;
    }
    seen.sampleWeight = maskWeights(weighted ? spreadWeights(weights, seen.rows) : null, counts);
    state.update(seen);
  }
}

/** The weights of rows of which those that are masked weigh nothing. */
function maskWeights(weights: Float32Array | null, mask: Float32Array | null): Float32Array | null {
  return weights === null || mask === null ? mask ?? weights : weights.map((weight, i) => weight * mask[i]);
}
