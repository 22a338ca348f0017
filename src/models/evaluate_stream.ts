import { checkBatch } from "../data/check_batch.ts";
import type { DataStream } from "../data/data_input.ts";
import { visitBatches } from "../data/visit_batches.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import type { Evaluation } from "../training/callback.ts";
import { evaluateBatch } from "../training/evaluate_samples.ts";
import { reportPass } from "../training/report_pass.ts";
import { readWorkers } from "../training/threads.ts";
import { EVALUATE_OPTIONS, evaluateOnTeam, samplesFor } from "./evaluate_model.ts";
import type { Model } from "./model.ts";
import type { EvaluateOptions } from "./options.ts";
import { readVerbose } from "./read_verbose.ts";

/** Loss and metrics of a model on the batches of a stream: at once if it is an iterable, else a promise. */
export function evaluateStream(
  model: Model,
  stream: DataStream,
  options: EvaluateOptions = {},
): Evaluation | Promise<Evaluation> {
  const what = "evaluate";
  checkOptions(what, options, EVALUATE_OPTIONS);
  refuseOptions(what, options, ["batchSize", "sampleWeight"], "does not go with a stream, which makes its own batches");
  const steps = options.steps === undefined ? null : checkInteger(what, "steps", options.steps, { min: 1 });
  const workers = readWorkers(what, options.workers);
  const signal = checkSignal(what, options.signal);
  const verbose = readVerbose(what, options.verbose ?? 0);
  const startedAt = performance.now();
  let batches = 0;
  const { trainer } = model;
  const counts = trainer.createCounts();
  const done = visitBatches<unknown>(stream, { what, steps, signal }, (batch) => {
    if (model.trainer !== trainer) {
      throw new Error(`Cannot evaluate: model "${model.name}" was compiled or restored while its stream was read`);
    }
    batches++;
    const { x, y, sampleWeight } = checkBatch(batch);
    const samples = samplesFor(model, x, y, sampleWeight);
    evaluateOnTeam(
      trainer,
      { rows: samples.count, steps: 1, shapes: samples.shapes, workers },
      () => trainer.countInto(counts, () => evaluateBatch(trainer, samples, 0, samples.count)),
    );
  });
  const read = (): Evaluation => {
    const logs = trainer.countInto(counts, () => trainer.counts.read());
    if (verbose !== 0) reportPass(startedAt, { batches, logs });
    return logs;
  };
  return isThenable(done) ? done.then(read) : read();
}
