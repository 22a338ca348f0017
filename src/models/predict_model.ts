import type { SampleInputs, SampleStream } from "../data/data_input.ts";
import { inputOf } from "../data/input_of.ts";
import { isStream } from "../data/is_stream.ts";
import { readInputs } from "../data/read_inputs.ts";
import type { Signature } from "../data/signature.ts";
import { visitBatches } from "../data/visit_batches.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkSignal } from "../errors/check_signal.ts";
import { isThenable } from "../errors/is_thenable.ts";
import { refuseOptions } from "../errors/refuse_options.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatShape } from "../tensor/format_shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { reportPass } from "../training/report_pass.ts";
import { readWorkers } from "../training/threads.ts";
import { formOutputs, type Predictions } from "./form_outputs.ts";
import type { Model } from "./model.ts";
import type { PredictOptions } from "./options.ts";
import { predictRows } from "./predict_rows.ts";
import { readVerbose } from "./read_verbose.ts";
import { checkWholeBatches, settleBatchSize } from "./settle_batch_size.ts";

const WHAT = "predict";

/** The outputs of a model for samples in memory, or for the batches of a stream: a promise if that is asynchronous. */
export function predictModel(
  model: Model,
  x: SampleInputs | SampleStream,
  options: PredictOptions,
): Predictions | Promise<Predictions> {
  checkOptions(WHAT, options, ["batchSize", "workers", "steps", "signal", "verbose"]);
  const workers = readWorkers(WHAT, options.workers);
  const signal = checkSignal(WHAT, options.signal);
  const verbose = readVerbose(WHAT, options.verbose ?? 0);
  const startedAt = performance.now();
  const { signature, network } = model;
  const finish = (batches: number, outputs: readonly Tensor[]): Predictions => {
    if (verbose !== 0) reportPass(startedAt, { batches });
    return formOutputs(outputs, signature);
  };
  if (!isStream(x)) {
    refuseOptions(WHAT, options, ["steps"], "goes with a stream of batches only");
    const batchSize = settleBatchSize(WHAT, network, options.batchSize);
    const inputs = readInputs(x, signature);
    checkWholeBatches(WHAT, network, inputs[0].shape[0]);
    return finish(Math.ceil(inputs[0].shape[0] / batchSize), predictRows(network, inputs, batchSize, workers));
  }
  refuseOptions(WHAT, options, ["batchSize"], "does not go with a stream, which makes its own batches");
  const steps = options.steps === undefined ? null : checkInteger(WHAT, "steps", options.steps, { min: 1 });
  const names = signature.inputs.map(({ name }) => name);
  const parts: (readonly Tensor[])[] = [];
  const done = visitBatches<unknown>(x, { what: WHAT, steps, signal }, (batch) => {
    const inputs = readInputs(inputOf(batch, names), signature);
    const outputs = predictRows(network, inputs, inputs[0].shape[0], workers);
    if (parts.length > 0) checkSameShapes(parts[0], outputs, signature);
    parts.push(outputs);
  });
  const end = (): Predictions => finish(parts.length, parts[0].map((_, i) => join(parts.map((part) => part[i]))));
  return isThenable(done) ? done.then(end) : end();
}

/** Checks that the outputs for a batch can be put behind those for the first one. @throws {TypeError} If they have other lengths */
function checkSameShapes(first: readonly Tensor[], outputs: readonly Tensor[], signature: Signature): void {
  const at = outputs.findIndex(({ shape }, i) => !fitsShape(shape.slice(1), first[i].shape.slice(1)));
  if (at < 0) return;
  const [one, other] = [first, outputs].map((all) => formatShape([null, ...all[at].shape.slice(1)]));
  throw new TypeError(
    `Cannot predict: the outputs of all batches are put together, so "${
      signature.outputs[at].name
    }" must have one length, ` +
      `got ${one} and ${other}; predict each batch by itself`,
  );
}

/** Puts tensors one after the other along their first axis. */
function join(parts: readonly Tensor[]): Tensor {
  const count = parts.reduce((sum, { shape }) => sum + shape[0], 0);
  const [, ...sample] = parts[0].shape;
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return new Tensor(data, [count, ...sample]);
}
