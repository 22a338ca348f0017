import { writeSafetensors } from "../files/write_safetensors.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { layerTable } from "../layers/table.ts";
import type { Json } from "../tensor/json.ts";
import { compileOptions } from "./compile_options.ts";
import type { Model } from "./model.ts";

/** The version of the files that this code writes, and the newest that it reads. */
export const FILE_VERSION = 1;

/** A row of a table in its saved form. */
interface Row {
  readonly id: string;
  readonly config: Readonly<Record<string, Json>>;
}

/**
 * A model as one safetensors file: weights as tensors `<layer>/<weight>`, the optimizer's slots as `<block>/<layer>/<weight>`, and under
 * the key `retroprop` of the metadata the architecture, the compile options and the counters, as JSON.
 *
 * Metrics and losses of the user's own are functions, which no file can hold: such metrics are left out, and with a loss of one's own
 * the compile options are.
 */
export function writeModelFile(model: Model): Uint8Array<ArrayBuffer> {
  const { network } = model;
  const tensors: NamedTensor[] = network.variables.map((variable) => ({
    name: variable.name,
    dtype: "F32",
    shape: variable.shape,
    data: network.values(variable).slice(),
  }));
  const trainer = model.trainerIfAny;
  if (trainer !== null) {
    for (const block of trainer.stateBlocks) {
      for (const variable of network.variables) {
        if (variable.block !== "weights") continue;
        const data = trainer.stateOf(block, variable).slice();
        tensors.push({ name: `${block}/${variable.name}`, dtype: "F32", shape: variable.shape, data });
      }
    }
  }
  const description: Json = {
    version: FILE_VERSION,
    model: {
      type: "sequential",
      name: model.name,
      seed: model.seed,
      numerics: model.numerics,
      inputShape: network.inputShape,
      layers: model.layers.map((layer) => ({ type: layer.type, config: layer.config })),
    },
    compile: describeCompile(model),
    ...(model.frozenByCompile === null ? {} : { frozen: model.frozenByCompile }),
    training: trainer === null ? null : {
      iteration: trainer.iteration,
      step: trainer.step,
      epochs: trainer.epochs,
      learningRate: describeRate(trainer.learningRate),
    },
  };
  return writeSafetensors(tensors, { retroprop: JSON.stringify(description) });
}

/** Whether the layer's type is in the table, so that a file can bring it back without help. */
export function isKnownLayer(type: string): boolean {
  return Object.hasOwn(layerTable, type);
}

function describeCompile(model: Model): Json {
  if (model.compiledWith === null) return null;
  const { optimizer, loss, metrics, weightedMetrics } = compileOptions(model.compiledWith, model.network.outputShape);
  if (loss.id === "custom") return null;
  const saved = (row: Row): Json => ({ id: row.id, config: row.config });
  return {
    optimizer: saved(optimizer),
    loss: saved(loss),
    metrics: metrics.filter((metric) => metric.id !== "custom").map(saved),
    weightedMetrics: weightedMetrics.filter((metric) => metric.id !== "custom").map(saved),
  };
}

function describeRate(rate: number | Row): Json {
  return typeof rate === "number" ? rate : { id: rate.id, config: rate.config };
}
