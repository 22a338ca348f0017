import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import type { Logs } from "../training/callback.ts";
import { type DataInput, type Expected, readSamples, type Samples } from "../training/data_source.ts";
import { fillBatch, wholeBatch } from "../training/fill_batch.ts";
import { evaluateSamples } from "../training/evaluate_samples.ts";
import { takeStep } from "../training/take_step.ts";
import { chooseRanksNow, readWorkers, withTeamNow } from "../training/threads.ts";
import { readClassWeight } from "./class_weights.ts";
import type { Model } from "./model.ts";
import type { EvaluateOptions, TrainOnBatchOptions } from "./options.ts";

/** What a model expects of its data. */
export function expectedBy(model: Model): Expected {
  return {
    inputShape: model.network.inputShape,
    targetShape: model.trainer.targetShape,
    inputLayer: model.layers[0].name,
    outputLayer: model.layers[model.layers.length - 1].name,
    outputShape: model.network.outputShape,
    loss: model.trainer.compiled.loss.id,
  };
}

/** Reads and checks samples and labels for a model. */
export function samplesFor(
  model: Model,
  x: DataInput,
  y: DataInput,
  weights: EvaluateOptions["sampleWeight"],
): Samples {
  const samples = readSamples(x, y, weights, expectedBy(model));
  model.trainer.checkLabels(samples.y.data);
  return samples;
}

/** Loss and metrics of a model on samples. */
export function evaluateModel(
  model: Model,
  x: DataInput,
  y: DataInput,
  options: EvaluateOptions,
): Logs & { loss: number } {
  checkOptions("evaluate", options, ["batchSize", "sampleWeight", "workers"]);
  const workers = readWorkers("evaluate", options.workers);
  const batchSize = checkInteger("evaluate", "batchSize", options.batchSize ?? 32, { min: 1 });
  const { trainer } = model;
  const samples = samplesFor(model, x, y, options.sampleWeight);
  // While a fit goes on, its team serves; it stays.
  if (trainer.memory.team !== null) return evaluateSamples(trainer, samples, batchSize);
  const { cost } = trainer.program("test", Math.min(batchSize, samples.count)).program;
  const ranks = chooseRanksNow(workers, cost, Math.ceil(samples.count / batchSize));
  return withTeamNow(trainer.memory, ranks, () => {
    trainer.ranks = ranks;
    try {
      return evaluateSamples(trainer, samples, batchSize);
    } finally {
      trainer.ranks = 1;
    }
  });
}

/** One training step on one batch. */
export function trainBatch(
  model: Model,
  x: DataInput,
  y: DataInput,
  options: TrainOnBatchOptions,
): Logs & { loss: number } {
  checkOptions("train on batch", options, ["sampleWeight", "classWeight"]);
  const { trainer } = model;
  const samples = samplesFor(model, x, y, options.sampleWeight);
  const program = trainer.program("train", samples.count);
  const weights = fillBatch(program, samples, wholeBatch(samples, readClassWeight(options.classWeight)));
  return trainer.countSeparately(() => {
    takeStep(trainer, { program, rows: samples.count, weights, epoch: 0, batch: 0 });
    return trainer.readCounts();
  });
}
