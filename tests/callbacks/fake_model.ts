import type { Schedule } from "../../src/schedules/schedule.ts";
import { Tensor } from "../../src/tensor/tensor.ts";
import type { Callback, FitParams, Logs, TrainedModel } from "../../src/training/callback.ts";

/** A model of one weight, which counts the steps it was trained for: enough for callbacks. */
export class FakeModel implements TrainedModel {
  stopTraining = false;
  learningRate: number | Schedule = 0.1;
  iteration = 0;
  weight = 0;
  readonly saved: string[] = [];

  getWeights(): Tensor[] {
    return [new Tensor(Float32Array.of(this.weight), [1])];
  }

  setWeights(weights: readonly Tensor[]): void {
    this.weight = weights[0].data[0];
  }

  toBytes(): Uint8Array {
    return new Uint8Array(Float64Array.of(this.weight, this.iteration, this.learningRate as number).buffer);
  }

  save(path: string | URL): Promise<void> {
    this.saved.push(String(path));
    return Promise.resolve();
  }

  restore(bytes: Uint8Array): void {
    if (bytes.length !== 24) throw new TypeError("another model");
    [this.weight, this.iteration, this.learningRate] = new Float64Array(bytes.buffer, bytes.byteOffset, 3);
  }

  /** A step whose result depends on every one before it, and on its epoch and batch. */
  step(epoch: number, batch: number): void {
    this.weight = Math.fround(this.weight * 0.9 + (this.learningRate as number) * (epoch * 7 + batch + 1));
    this.iteration++;
  }
}

/** How {@link train} runs. */
export interface TrainOptions {
  /** The logs of every epoch; as many epochs as there are. */
  readonly logs: readonly Logs[];
  /** Batches in an epoch. Default 1. */
  readonly steps?: number;
  /** Default 1. */
  readonly validationFreq?: number;
  /** Called after every batch, before the callbacks; may throw. */
  readonly interrupt?: (epoch: number, batch: number) => void;
}

/** Trains as `fit` does, and returns the epochs that were run. */
export async function train(
  model: FakeModel,
  callbacks: readonly Callback[],
  options: TrainOptions,
): Promise<number[]> {
  const { logs, steps = 1, validationFreq = 1, interrupt } = options;
  const params: FitParams = { epochs: logs.length, steps, verbose: 0, validationFreq };
  const epochs: number[] = [];
  let first = 0;
  let firstBatch = 0;
  model.stopTraining = false;
  for (const callback of callbacks) {
    callback.setModel?.(model);
    callback.setParams?.(params);
  }
  for (const callback of callbacks) {
    first = await callback.initialEpoch?.() ?? first;
    firstBatch = await callback.initialBatch?.() ?? firstBatch;
  }
  for (const callback of callbacks) await callback.onTrainBegin?.({});
  for (let epoch = first; epoch < logs.length && !model.stopTraining; epoch++) {
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch, {});
    for (let batch = epoch === first ? firstBatch : 0; batch < steps; batch++) {
      model.step(epoch, batch);
      interrupt?.(epoch, batch);
      for (const callback of callbacks) await callback.onTrainBatchEnd?.(batch, { loss: 1 });
    }
    const now = { ...logs[epoch] };
    for (const callback of callbacks) await callback.onEpochEnd?.(epoch, now);
    epochs.push(epoch);
  }
  for (const callback of callbacks) await callback.onTrainEnd?.({});
  return epochs;
}

/** Logs of epochs from the values of one number. */
export function logsOf(name: string, values: readonly number[]): Logs[] {
  return values.map((value) => ({ loss: 1, [name]: value }));
}
