import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import type { DataInputs, SampleInputs, SampleWeights } from "../data/data_input.ts";
import type { Dataset } from "../data/dataset.ts";
import { type Expected, readDataset } from "../data/read_dataset.ts";
import type { Evaluation } from "../training/callback.ts";
import type { BatchKind } from "../training/program_source.ts";
import { evaluateSamples } from "../training/evaluate_samples.ts";
import { areEnough, shareBatches } from "../training/share_batches.ts";
import { reportPass } from "../training/report_pass.ts";
import { takeStep } from "../training/take_step.ts";
import { chooseRanksNow, readWorkers, withTeamNow, type Workers } from "../training/threads.ts";
import type { Trainer } from "../training/trainer.ts";
import { weighClasses } from "../training/weigh_classes.ts";
import { checkWholeBatches, settleBatchSize } from "./settle_batch_size.ts";
import { readClassWeight } from "./class_weights.ts";
import type { Model } from "./model.ts";
import type { EvaluateOptions, TestOnBatchOptions, TrainOnBatchOptions } from "./options.ts";
import { readVerbose } from "./read_verbose.ts";

/** What a model expects of its data. */
export function expectedBy({ signature, network, trainer }: TrainedOn): Expected {
  const { objective } = trainer.compiled;
  return {
    signature,
    targets: objective.targets,
    settle: !network.isOpen ? null : (inputs) => {
      const ports = network.settle(network.shapesFor(inputs));
      return { ports, labels: objective.labelShapes(ports) };
    },
  };
}

/** The part of a model that says what its data must be like. */
type TrainedOn = Pick<Model, "signature" | "network" | "trainer">;

/** Reads and checks samples and labels for a model. */
export function samplesFor(
  model: TrainedOn,
  x: SampleInputs,
  y: DataInputs,
  weights: SampleWeights | undefined,
): Dataset {
  const samples = readDataset(x, y, weights, expectedBy(model));
  model.trainer.compiled.objective.checkLabels(samples);
  return samples;
}

/** The options of `evaluate`. */
export const EVALUATE_OPTIONS = ["batchSize", "sampleWeight", "workers", "steps", "signal", "verbose"] as const;

/** Loss and metrics of a model on samples. */
export function evaluateModel(
  model: Model,
  x: SampleInputs,
  y: DataInputs,
  options: EvaluateOptions = {},
): Evaluation {
  const what = "evaluate";
  checkOptions(what, options, EVALUATE_OPTIONS);
  refuseOptions(what, options, ["steps"], "goes with a stream of batches only");
  const verbose = readVerbose(what, options.verbose ?? 0);
  const workers = readWorkers(what, options.workers);
  const batchSize = settleBatchSize(what, model.network, options.batchSize);
  checkSignal(what, options.signal);
  const { trainer } = model;
  const samples = samplesFor(model, x, y, options.sampleWeight);
  const { count, shapes } = samples;
  checkWholeBatches(what, model.network, count);
  const work = { rows: Math.min(batchSize, count), steps: Math.ceil(count / batchSize), shapes, workers };
  const startedAt = performance.now();
  const { memory } = trainer;
  const mayShare = memory.team === null && !model.network.isStateful;
  const logs = mayShare && areEnough(Math.floor(count / batchSize), workers)
    ? evaluateSamples(
      trainer,
      samples,
      batchSize,
      "",
      (loaded, batches, handler) => shareBatches(memory, loaded, batches, workers, handler),
    )
    : evaluateOnTeam(trainer, work, () => evaluateSamples(trainer, samples, batchSize));
  if (verbose !== 0) reportPass(startedAt, { batches: work.steps, logs });
  return logs;
}

/** Runs an evaluation of so many batches of so many rows, with threads where they pay. While a fit goes on, its team serves. */
export function evaluateOnTeam<T>(
  trainer: Trainer,
  { rows, steps, shapes, workers }: BatchKind & { readonly steps: number; readonly workers: Workers },
  body: () => T,
): T {
  if (trainer.memory.team !== null) return body();
  const ranks = chooseRanksNow(trainer.memory, workers, trainer.program("test", rows, shapes).program.cost, steps);
  return withTeamNow(trainer.memory, ranks, () => {
    trainer.ranks = ranks;
    try {
      return body();
    } finally {
      trainer.ranks = 1;
    }
  });
}

/** Loss and metrics of a model on one batch. */
export function testBatch(
  model: Model,
  x: SampleInputs,
  y: DataInputs,
  options: TestOnBatchOptions,
): Evaluation {
  checkOptions("test on batch", options, ["sampleWeight"]);
  const samples = samplesFor(model, x, y, options.sampleWeight);
  return evaluateSamples(model.trainer, samples, samples.count);
}

/** One training step on one batch. */
export function trainBatch(
  model: Model,
  x: SampleInputs,
  y: DataInputs,
  options: TrainOnBatchOptions,
): Evaluation {
  checkOptions("train on batch", options, ["sampleWeight", "classWeight"]);
  const { trainer } = model;
  const classWeight = weighClasses(readClassWeight(options.classWeight), trainer.compiled.objective);
  const samples = samplesFor(model, x, y, options.sampleWeight).withClassWeights(classWeight);
  const { count, shapes } = samples;
  const program = trainer.program("train", count, shapes);
  const weights = samples.fill(program, null, 0, count);
  return trainer.countSeparately(() => {
    takeStep(trainer, { program, rows: count, shapes, weights, epoch: 0, batch: 0 });
    return trainer.counts.read();
  });
}
