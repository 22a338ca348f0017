import { COMPILED_KEY } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { checkChecksum, CHECKSUM_KEY } from "../files/checksum.ts";
import { nameFileKind } from "../files/name_file_kind.ts";
import { parseObject } from "../files/parse_object.ts";
import { readSafetensors } from "../files/read_safetensors.ts";
import { isSameSchedule } from "../schedules/is_same_schedule.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import type { Network } from "../training/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { listState } from "../update/list_state.ts";
import type { StateTensor } from "../update/state_tensor.ts";
import type { CustomParts } from "./custom_parts.ts";
import type { CompileOptions } from "./options.ts";
import { type ModelDescription, readModelDescription } from "./read_model_description.ts";
import {
  reviveCompile,
  reviveSchedule,
  type SavedCompile,
  type SavedGoal,
  type SavedObjective,
  type SavedRow,
} from "./revive_compile.ts";
import { type JsonObject, savedJson } from "./saved_json.ts";
import { findFirst } from "./shared_layers.ts";
import { FILE_VERSION, MODEL_KEY } from "./write_model_file.ts";

const TASK = "Cannot load model";
const { object, array, keys } = savedJson;

/** A model file, read and checked as far as it can be without building the model. */
export interface ModelFile {
  readonly model: ModelDescription;
  /** Whether `compile` was called: it settled which layers are trained. */
  readonly isCompiled: boolean;
  /** The names of the layers that `compile` froze; null if they are those that are not trainable. */
  readonly frozen: readonly string[] | null;
  /** Layers that stand in several models inside this one: their other places, each with the first one. */
  readonly shared: ReadonlyMap<string, string>;
  /**
   * What `compile` was given; null if it was not called.
   *
   * @throws MissingPart if a part of it is the user's own and was not handed over
   */
  readCompile(): CompileOptions | null;
  /** The values of a variable; null: they are drawn. @throws FileFormatError if they are missing or of another shape */
  readonly readValues: ((variable: { readonly name: string; readonly shape: Shape }) => Float32Array) | null;
  /** A tensor by its name; undefined if there is none. */
  readTensor(name: string): NamedTensor | undefined;
  /**
   * Checks the state of training, and returns what puts it into a trainer with that optimizer; null if there is none.
   *
   * @param rate the learning rate that the trainer has; where the file names the same schedule, that is taken
   * @throws FileFormatError; MissingPart for a schedule of the user's own that nobody knows
   */
  readState(
    network: Network,
    optimizer: AnyOptimizer,
    rate?: number | Schedule,
  ): ((trainer: Trainer) => void) | null;
}

/**
 * Reads a file that `save` or `toBytes` made.
 *
 * @param custom what it may name besides what this library has
 * @throws FileFormatError if the bytes are no such file, are damaged, or come from a later version
 */
export function readModelFile(bytes: Uint8Array, custom: CustomParts = {}): ModelFile {
  const other = nameFileKind(bytes);
  if (other !== null) fail(`it must be a safetensors file, but it is ${other.kind}; ${other.reader}`);
  const { tensors, metadata } = readSafetensors(bytes);
  const text = metadata.get(MODEL_KEY);
  if (text === undefined) {
    fail(
      metadata.has(COMPILED_KEY)
        ? 'it must be a model\'s file, but it is one of compileModel: load of "retroprop/edge" reads it'
        : `its metadata must have the key "${MODEL_KEY}"; it is a safetensors file, but not of a model`,
    );
  }
  checkChecksum(metadata.get(CHECKSUM_KEY), text, tensors, TASK);
  const description = parseObject(text, TASK, "the description") as JsonObject;
  const version = description.version;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) fail("version must be an integer >= 1");
  if (version > FILE_VERSION) {
    fail(`it has version ${version}, and this library reads versions up to ${FILE_VERSION}; update it`);
  }
  keys(description, "the description", ["version", "model", "compile", "shared", "frozen", "training"]);
  const model = readModelDescription(description.model, version);
  const compile = readCompile(description.compile ?? null, version);
  const shared = readShared(description.shared);
  return {
    model,
    isCompiled: compile !== null,
    frozen: readFrozen(description.frozen),
    shared,
    readCompile: () => compile === null ? null : reviveCompile(compile, custom),
    readValues: (variable) => {
      const values = valuesOf(tensors, findFirst(variable.name, shared), variable.shape);
      const bad = values.findIndex((value) => !Number.isFinite(value));
      if (bad >= 0) fail(`tensor "${variable.name}" must hold finite numbers, got ${values[bad]} at element ${bad}`);
      return values;
    },
    readTensor: (name) => tensors.get(name),
    readState: (network, optimizer, rate = optimizer.learningRate) =>
      readState(tensors, description.training ?? null, network, optimizer, (saved) => {
        return [rate, optimizer.learningRate].find((own) => isSameSchedule(own, saved)) as Schedule ??
          reviveSchedule(saved, custom);
      }),
  };
}

function readCompile(compile: Json, version: number): SavedCompile | null {
  if (compile === null) return null;
  const saved = object(compile, "compile");
  object(saved.optimizer, "compile.optimizer");
  const optimizer = saved.optimizer as unknown as SavedRow;
  const objective = saved.objective === undefined
    ? undefined
    : object(saved.objective, "compile.objective") as unknown as SavedObjective;
  if (version === 1 || saved.outputs === undefined) {
    const { optimizer: _, objective: __, ...goal } = saved;
    return { optimizer, objective, goals: [readGoal(goal, "compile", version === 1 ? [] : ["lossWeight"])] };
  }
  keys(saved, "compile", ["optimizer", "objective", "outputs"]);
  const goals = array(saved.outputs, "compile.outputs").map((entry, i) => {
    const at = `compile.outputs[${i}]`;
    const goal = readGoal(object(entry, at), at, ["output", "lossWeight"]);
    if (typeof goal.output !== "string") fail(`${at}.output must be a string`);
    return goal;
  });
  if (goals.length === 0) fail("compile.outputs must have at least one entry");
  if (new Set(goals.map(({ output }) => output)).size < goals.length) {
    fail("compile.outputs must name each output once");
  }
  return { optimizer, objective, goals };
}

/** What a file says of one output. */
function readGoal(saved: JsonObject, name: string, more: readonly string[]): SavedGoal {
  keys(saved, name, ["loss", "metrics", "weightedMetrics", ...more]);
  object(saved.loss, `${name}.loss`);
  const weight = saved.lossWeight;
  if (weight !== undefined && !(typeof weight === "number" && Number.isFinite(weight))) {
    fail(`${name}.lossWeight must be a number`);
  }
  return saved as unknown as SavedGoal;
}

function readShared(given: Json | undefined): ReadonlyMap<string, string> {
  const entries = given === undefined ? [] : Object.entries(object(given, "shared"));
  return new Map(entries.map(([path, first]): [string, string] => {
    if (typeof first !== "string") return fail("shared must hold names of layers");
    return [path, first];
  }));
}

function readFrozen(given: Json | undefined): readonly string[] | null {
  if (given === undefined) return null;
  const frozen = array(given, "frozen");
  if (!frozen.every((name) => typeof name === "string")) fail("frozen must hold names of layers");
  return frozen as readonly string[];
}

function readState(
  tensors: ReadonlyMap<string, NamedTensor>,
  training: Json,
  network: Network,
  optimizer: AnyOptimizer,
  readSchedule: (saved: SavedRow) => Schedule,
): ((trainer: Trainer) => void) | null {
  if (training === null) return null;
  const state = object(training, "training");
  keys(state, "training", ["iteration", "step", "epochs", "learningRate"]);
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
    : readSchedule(object(rate, "training.learningRate") as unknown as SavedRow);
  const parts = layOut(optimizer, network);
  const values = parts.map((part) => [part, valuesOf(tensors, part.name, part.shape, part.dtype)] as const);
  return (trainer) => {
    for (const [{ block, offset, elements }, data] of values) {
      const view = trainer.viewOf(block, offset, elements);
      if (data instanceof Float32Array) view.set(data);
      else new Float64Array(view.buffer, view.byteOffset, elements / 2).set(data);
    }
    Object.assign(trainer, counters, { learningRate });
  };
}

function layOut(optimizer: AnyOptimizer, network: Network): readonly StateTensor[] {
  try {
    return listState(optimizer, network.variables);
  } catch (error) {
    return fail(`its optimizer must be one for its layers: ${(error as Error).message}`);
  }
}

function valuesOf(tensors: ReadonlyMap<string, NamedTensor>, name: string, shape: Shape): Float32Array;
function valuesOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  name: string,
  shape: Shape,
  dtype: StateTensor["dtype"],
): Float32Array | Float64Array;
function valuesOf(
  tensors: ReadonlyMap<string, NamedTensor>,
  name: string,
  shape: Shape,
  dtype: StateTensor["dtype"] = "F32",
): Float32Array | Float64Array {
  const tensor = tensors.get(name);
  if (tensor === undefined) fail(`the tensor "${name}" is missing`);
  if (tensor.dtype !== dtype || formatShape(tensor.shape) !== formatShape(shape)) {
    fail(
      `tensor "${name}" must be ${dtype} of shape ${formatShape(shape)}, got ${tensor.dtype} of shape ${
        formatShape(tensor.shape)
      }`,
    );
  }
  return tensor.data as Float32Array | Float64Array;
}

function fail(rule: string): never {
  return savedJson.fail(rule);
}
