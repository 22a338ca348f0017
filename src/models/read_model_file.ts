import { FileFormatError } from "../files/file_format_error.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { quoteName } from "../files/quote_name.ts";
import { readSafetensors } from "../files/read_safetensors.ts";
import { resolveSchedule } from "../schedules/resolve_schedule.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { listStateBlocks } from "../training/list_state_blocks.ts";
import type { Network, Variable } from "../training/network.ts";
import type { Trainer } from "../training/trainer.ts";
import type { CompileOptions, ModelOptions } from "./options.ts";
import { FILE_VERSION } from "./write_model_file.ts";

type JsonObject = { readonly [key: string]: Json };

/** A layer as a file describes it. */
export interface SavedLayer {
  readonly type: string;
  readonly config: JsonObject;
}

/** A model file, read and checked as far as it can be without building the model. */
export interface ModelFile {
  readonly options: ModelOptions;
  readonly inputShape: Shape;
  readonly layers: readonly SavedLayer[];
  readonly compile: CompileOptions | null;
  /** The names of the layers that `compile` froze; null if they are those that are not trainable. */
  readonly frozen: readonly string[] | null;
  /** The values of a variable. @throws FileFormatError if they are missing or of another shape */
  readValues(variable: Variable): Float32Array;
  /** Checks the state of training, and returns what puts it into a trainer with that optimizer. @throws FileFormatError */
  readState(network: Network, optimizer: Optimizer): ((trainer: Trainer) => void) | null;
}

/**
 * Reads a file that `save` or `toBytes` made.
 *
 * @throws FileFormatError if the bytes are no such file, are cut short, or come from a later version
 */
export function readModelFile(bytes: Uint8Array): ModelFile {
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata.get("retroprop");
  if (text === undefined) {
    fail('its metadata must have the key "retroprop"; it is a safetensors file, but not of a model');
  }
  let parsed: Json;
  try {
    parsed = JSON.parse(text);
  } catch {
    fail("its description must be JSON");
  }
  const description = object(parsed, "the description");
  const version = description.version;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) fail("version must be an integer >= 1");
  if (version > FILE_VERSION) {
    fail(`it has version ${version}, and this library reads versions up to ${FILE_VERSION}; update it`);
  }
  const model = object(description.model, "model");
  if (model.type !== "sequential") fail(`model.type must be "sequential"`);
  const shape = array(model.inputShape, "model.inputShape");
  if (!shape.every((size) => typeof size === "number" && Number.isInteger(size) && size >= 1)) {
    fail("model.inputShape must be integers >= 1");
  }
  const layers = array(model.layers, "model.layers").map((entry, i) => {
    const layer = object(entry, `model.layers[${i}]`);
    if (typeof layer.type !== "string") fail(`model.layers[${i}].type must be a string`);
    return { type: layer.type, config: object(layer.config, `model.layers[${i}].config`) };
  });
  return {
    options: { seed: model.seed, numerics: model.numerics, name: model.name } as ModelOptions,
    inputShape: shape as readonly number[],
    layers,
    compile: description.compile === null || description.compile === undefined
      ? null
      : readCompile(object(description.compile, "compile")),
    frozen: readFrozen(description.frozen, layers),
    readValues: (variable) => {
      const values = valuesOf(tensors, variable.name, variable.shape);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) fail(`tensor "${variable.name}" must hold finite numbers, got ${values[bad]} at element ${bad}`);
      return values;
    },
    readState: (network, optimizer) => readState(tensors, description.training ?? null, network, optimizer),
  };
}

function readCompile(compile: JsonObject): CompileOptions {
  for (const key of Object.keys(compile)) {
    if (!["optimizer", "loss", "metrics", "weightedMetrics"].includes(key)) {
      fail(`compile has an unknown key ${quoteName(key)}`);
    }
  }
  for (const key of ["optimizer", "loss"]) object(compile[key], `compile.${key}`);
  return compile as unknown as CompileOptions;
}

function readFrozen(given: Json | undefined, layers: readonly SavedLayer[]): readonly string[] | null {
  if (given === undefined) return null;
  const names = new Set(layers.map(({ config }) => config.name));
  const frozen = array(given, "frozen");
  if (!frozen.every((name) => names.has(name))) fail("frozen must hold names of layers");
  return frozen as readonly string[];
}

function readState(
  tensors: ReadonlyMap<string, NamedTensor>,
  training: Json,
  network: Network,
  optimizer: Optimizer,
): ((trainer: Trainer) => void) | null {
  if (training === null) return null;
  const state = object(training, "training");
  const count = (name: string): number => {
    const value = state[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
      fail(`training.${name} must be an integer >= 0`);
    }
    return value;
  };
  const counters = { iteration: count("iteration"), step: count("step"), epochs: count("epochs") };
  const rate = state.learningRate;
  if (typeof rate === "number" ? !Number.isFinite(rate) : typeof rate !== "object") {
    fail("training.learningRate must be a number or a schedule");
  }
  const learningRate = typeof rate === "number"
    ? rate
    : resolveSchedule(object(rate, "training.learningRate") as never);
  const weights = network.variables.filter((variable) => variable.block === "weights");
  const values = listStateBlocks(optimizer).flatMap((block) =>
    weights.map((variable) =>
      [block, variable, valuesOf(tensors, `${block}/${variable.name}`, variable.shape)] as const
    )
  );
  return (trainer) => {
    for (const [block, variable, data] of values) trainer.stateOf(block, variable).set(data);
    Object.assign(trainer, counters, { learningRate });
  };
}

function valuesOf(tensors: ReadonlyMap<string, NamedTensor>, name: string, shape: Shape): Float32Array {
  const tensor = tensors.get(name);
  if (tensor === undefined) fail(`the tensor "${name}" is missing`);
  if (tensor.dtype !== "F32" || formatShape(tensor.shape) !== formatShape(shape)) {
    fail(
      `tensor "${name}" must be F32 of shape ${formatShape(shape)}, got ${tensor.dtype} of shape ${
        formatShape(tensor.shape)
      }`,
    );
  }
  return tensor.data as Float32Array;
}

function object(value: Json | undefined, name: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) fail(`${name} must be an object`);
  return value as JsonObject;
}

function array(value: Json | undefined, name: string): readonly Json[] {
  if (!Array.isArray(value)) fail(`${name} must be an array`);
  return value as readonly Json[];
}

function fail(rule: string): never {
  throw new FileFormatError(`Cannot load model: ${rule}`);
}
