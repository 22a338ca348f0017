import { HostLayer } from "../layers/host_layer.ts";
import type { Model } from "./model.ts";
import { readModelFile } from "./read_model_file.ts";

/**
 * Takes weights, optimizer state and counters from a file of a model with the same architecture. The trainer stays, so that a fit that runs
 * goes on with what the model has.
 *
 * @throws FileFormatError if it is no such file; nothing has changed then
 */
export function restoreModel(model: Model, bytes: Uint8Array): void {
  const { network } = model;
  const file = readModelFile(bytes);
  const hosts = model.layers.filter((layer) => layer instanceof HostLayer);
  const states = hosts.map((layer) => layer.readState((name) => file.readTensor(`${layer.name}/${name}`)));
  const values = network.variables.map((variable) => file.readValues!(variable));
  if (model.isCompiled) {
    const { trainer } = model;
    const state = file.readState(network, trainer.compiled.optimizer, trainer.learningRate);
    if (state !== null) state(trainer);
    else trainer.reset(); // its state belongs to the weights that go
  }
  for (const take of states) take();
  // The network of a model that had no trainer has another memory now: it is asked for each place anew.
  network.variables.forEach((variable, i) => network.values(variable).set(values[i]));
}
