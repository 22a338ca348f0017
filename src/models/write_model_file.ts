import type { NamedTensor } from "../files/named_tensor.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import { HostLayer } from "../layers/host_layer.ts";
import { lossTable } from "../losses/gen/table.ts";
import { metricTable } from "../metrics/gen/table.ts";
import type { Metric } from "../metrics/metric.ts";
import { optimizerTable } from "../optimizers/gen/table.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { OptimizerGroups } from "../optimizers/optimizer_groups.ts";
import type { PopulationOptimizer } from "../optimizers/population_optimizer.ts";
import { saveSchedule } from "../schedules/save_schedule.ts";
import type { Json } from "../tensor/json.ts";
import { compileOptions } from "./compile_options.ts";
import type { Model } from "./model.ts";
import { nameShared } from "./shared_layers.ts";

/** The version of the files that this code writes, and the newest that it reads. */
export const FILE_VERSION = 3;

/** The key of the metadata under which a model's description stands. */
export const MODEL_KEY = "retroprop";

/** A row of a table in its saved form. */
interface Row {
  readonly id: string;
  /** The user's own may have none. */
  readonly config?: Readonly<Record<string, Json>>;
}

/**
 * A model as one safetensors file: weights as tensors `<layer>/<weight>`, the optimizer's slots as `<block>/<layer>/<weight>`, and under
 * the key `retroprop` of the metadata the architecture, the compile options and the counters, as JSON, with a checksum beside it.
 *
 * Of what is the user's own, a file holds the name and the options: `loadModel` is given the functions by name.
 */
export function writeModelFile(model: Model): Uint8Array<ArrayBuffer> {
  const { network } = model;
  const tensors: NamedTensor[] = network.variables.map((variable) => ({
    name: variable.name,
    dtype: "F32",
    shape: variable.shape,
    data: network.values(variable).slice(),
  }));
  const hosts = model.layers.filter((layer) => layer instanceof HostLayer);
  for (const layer of hosts) {
    for (const { name, ...tensor } of layer.saveState()) {
      const named = { name: `${layer.name}/${name}`, ...tensor };
      tensors.push(named);
    }
  }
  const trainer = model.trainerIfAny;
  if (trainer !== null) {
    for (const { name, dtype, block, shape, offset, elements } of trainer.stateParts) {
      const view = trainer.viewOf(block, offset, elements);
      const data = dtype === "F32"
        ? view.slice()
        : new Float64Array(view.buffer, view.byteOffset, elements / 2).slice();
      tensors.push({ name, dtype, shape, data });
    }
  }
  const described = model.describe();
  const shared = nameShared(model.layers);
  const compile = describeCompile(model);
  const isPlain = described.type === "sequential" && model.layers.every((layer) => layer.innerLayers.size === 0) &&
    compile?.lossWeight === undefined && !network.isOpen;
  const description: Json = {
    version: hosts.length > 0 ? 3 : isPlain ? 1 : 2, // the least version that can say it
    model: described,
    compile,
    ...(shared.size === 0 ? {} : { shared: Object.fromEntries(shared) }),
    ...(model.frozenByCompile === null ? {} : { frozen: model.frozenByCompile }),
    training: trainer === null ? null : {
      iteration: trainer.iteration,
      step: trainer.step,
      epochs: trainer.epochs,
      learningRate: typeof trainer.learningRate === "number"
        ? trainer.learningRate
        : saveSchedule(trainer.learningRate),
    },
  };
  return writeDescribedFile(tensors, MODEL_KEY, description);
}

function describeCompile(model: Model): { readonly [key: string]: Json } | null {
  if (model.compiledWith === null) return null;
  const { optimizer, objective: { goals, isNamed, selection } } = compileOptions(
    model.compiledWith,
    model.signature.outputs,
  );
  const outputs = goals.map((
    { port, loss, lossWeight, metrics, weightedMetrics },
  ): { readonly [key: string]: Json } => ({
    ...(isNamed ? { output: port.name } : {}),
    loss: saveRow(loss, Object.hasOwn(lossTable, loss.id)),
    ...(lossWeight === 1 ? {} : { lossWeight }),
    metrics: metrics.map(saveMetric),
    weightedMetrics: weightedMetrics.map(saveMetric),
  }));
  const saved = "groups" in optimizer ? saveGroups(optimizer) : saveOptimizer(optimizer);
  const objective: Readonly<Record<string, Json>> = selection.saved === null ? {} : { objective: selection.saved };
  return { optimizer: saved, ...objective, ...(isNamed ? { outputs } : outputs[0]) };
}

function saveOptimizer(optimizer: Optimizer | PopulationOptimizer): { readonly [key: string]: Json } {
  return saveRow(optimizer, Object.hasOwn(optimizerTable, optimizer.id));
}

function saveGroups({ id, groups }: OptimizerGroups): { readonly [key: string]: Json } {
  const saved = groups.map(({ layers, optimizer }): Json => {
    return { ...(layers === null ? {} : { layers }), optimizer: saveOptimizer(optimizer) };
  });
  return { id, config: { groups: saved } };
}

/** The saved form of a row; `custom` marks what is the user's own, so that a reader can tell it from what is damaged. */
function saveRow({ id, config }: Row, isKnown: boolean): { readonly [key: string]: Json } {
  return { id: id ?? "custom", config: config ?? {}, ...(isKnown ? {} : { custom: true }) };
}

function saveMetric(metric: Metric): Json {
  const isKnown = Object.hasOwn(metricTable, metric.id);
  return { ...saveRow(metric, isKnown), ...(isKnown ? {} : { name: metric.name }) };
}
