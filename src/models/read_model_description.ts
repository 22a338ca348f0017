import { CALL_FLAGS, CALL_TENSORS, type CallOptionsOf } from "../layers/call_options.ts";
import { type Dtype, DTYPES } from "../tensor/dtype.ts";
import type { Json } from "../tensor/json.ts";
import { isKnown } from "../tensor/is_known.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { ModelOptions } from "./options.ts";
import { type JsonObject, savedJson } from "./saved_json.ts";

/** How many calls of layers a graph may have. */
const MOST_NODES = 10_000;
/** How many samples a batch of a stateful model may have: none that memory could hold has more. */
const MOST_ROWS = 2 ** 24;
/** How deep models and layers may lie in each other. */
export const DEEPEST = 32;

/** A layer as a file describes it. A model that is a layer has its description in the options. */
export interface SavedLayer {
  readonly type: string;
  readonly config: JsonObject;
  /** The model, where the layer is one. */
  readonly model: ModelDescription | null;
}

/** A result of a call: its number, or −1 − i for input i, and which of its results. */
export type SavedOutput = readonly [node: number, output: number];

/** The options of a call: what is a tensor is the result of a call. */
export type SavedCallOptions = Readonly<CallOptionsOf<{ readonly node: number; readonly output: number }>>;

/** How inputs or outputs were given: one, a list, or the names of a record. */
export type SavedForm = "one" | "list" | readonly string[];

/** A stack of layers. */
export interface StackDescription {
  readonly type: "sequential";
  readonly options: ModelOptions;
  readonly inputShape: OpenShape;
  readonly layers: readonly SavedLayer[];
}

/** A graph of layers. */
export interface GraphDescription {
  readonly type: "functional";
  readonly options: ModelOptions;
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: OpenShape;
    readonly dtype: Dtype;
    readonly batchSize?: number;
  }[];
  readonly layers: readonly SavedLayer[];
  readonly nodes: readonly {
    readonly layer: number;
    readonly inputs: readonly SavedOutput[];
    readonly options: SavedCallOptions;
  }[];
  readonly outputs: readonly SavedOutput[];
  readonly forms: { readonly inputs: SavedForm; readonly outputs: SavedForm };
}

/** A model as a file describes it. */
export type ModelDescription = StackDescription | GraphDescription;

/**
 * Reads and bounds the description of a model. Every call reads what was called before it, so there are no cycles.
 *
 * @param version the version of the file: graphs, and axes of unknown length, came with 2, inputs that are no numbers with 3
 * @throws FileFormatError
 */
export function readModelDescription(
  given: Json | undefined,
  version: number,
  name = "model",
  depth = 0,
): ModelDescription {
  const { object, array, integer, keys, fail } = savedJson;
  const shape = (value: Json | undefined, name: string): OpenShape => {
    const found = savedJson.shape(value, name);
    return version > 1 || isKnown(found) ? found : fail(`${name} must be integers >= 1`);
  };
  if (depth > DEEPEST) fail(`models must not lie more than ${DEEPEST} deep in each other`);
  const model = object(given, name);
  // A file has the seed that was drawn, not that one is to be drawn.
  if (model.seed === "random") fail(`${name}.seed must be an integer, got "random"`);
  const options = {
    seed: model.seed,
    numerics: model.numerics,
    name: model.name,
    columns: model.columns,
    labels: model.labels,
  } as ModelOptions;
  const readLayers = (): SavedLayer[] =>
    array(model.layers, `${name}.layers`).map((entry, i): SavedLayer => {
      const at = `${name}.layers[${i}]`;
      const layer = object(entry, at);
      if (typeof layer.type !== "string") return fail(`${at}.type must be a string`);
      return readSavedLayer(layer.type, object(layer.config, `${at}.config`), { at, version, depth });
    });
  const common = ["type", "name", "seed", "numerics", "columns", "labels", "layers"];
  if (model.type === "sequential") {
    keys(model, name, [...common, "inputShape"]);
    return {
      type: "sequential",
      options,
      inputShape: shape(model.inputShape, `${name}.inputShape`),
      layers: readLayers(),
    };
  }
  if (model.type !== "functional" || version < 2) {
    fail(version < 2 ? `${name}.type must be "sequential"` : `${name}.type must be "sequential" or "functional"`);
  }
  keys(model, name, [...common, "inputs", "nodes", "outputs", "forms"]);
  const inputs = array(model.inputs, `${name}.inputs`, MOST_NODES).map((entry, i) => {
    const input = object(entry, `${name}.inputs[${i}]`);
    const at = `${name}.inputs[${i}]`;
    keys(input, at, ["name", "shape", "batchSize", ...version > 2 ? ["dtype"] : []]);
    if (typeof input.name !== "string") return fail(`${at}.name must be a string`);
    const dtype = (input.dtype ?? "float32") as Dtype;
    if (!DTYPES.includes(dtype)) fail(`${at}.dtype must be one of ${DTYPES.join(", ")}`);
    const batch = input.batchSize === undefined
      ? {}
      : { batchSize: integer(input.batchSize, `${at}.batchSize`, 1, MOST_ROWS) };
    return { name: input.name, shape: shape(input.shape, `${at}.shape`), dtype, ...batch };
  });
  const layers = readLayers();
  /** `end`: the number of the first call that may not be referred to. An input has one result. */
  const readRef = (
    node: Json | undefined,
    output: Json | undefined,
    names: readonly string[],
    end: number,
  ): SavedOutput => {
    const found = integer(node, names[0], -inputs.length, end - 1);
    return [found, integer(output, names[1], 0, found < 0 ? 0 : MOST_NODES)];
  };
  const readRefs = (entry: Json | undefined, at: string, end: number): SavedOutput[] =>
    array(entry, at, MOST_NODES).map((reference, i): SavedOutput => {
      const pair = array(reference, `${at}[${i}]`, 2);
      return readRef(pair[0], pair[1], [`${at}[${i}][0]`, `${at}[${i}][1]`], end);
    });
  const readOptions = (entry: Json | undefined, at: string, end: number): SavedCallOptions => {
    if (entry === undefined) return {};
    const options = object(entry, at);
    keys(options, at, [...CALL_FLAGS, ...CALL_TENSORS]);
    const readTensor = (given: Json, at: string): { node: number; output: number } => {
      const tensor = object(given, at);
      keys(tensor, at, ["node", "output"]);
      const [node, output] = readRef(tensor.node, tensor.output, [`${at}.node`, `${at}.output`], end);
      return { node, output };
    };
    const read = Object.entries(options).map(([name, given]) => {
      if ((CALL_FLAGS as readonly string[]).includes(name)) {
        return [name, typeof given === "boolean" ? given : fail(`${at}.${name} must be true or false`)];
      }
      if (!Array.isArray(given)) return [name, readTensor(given, `${at}.${name}`)];
      const list = array(given, `${at}.${name}`, MOST_NODES);
      return [name, list.map((one, i) => one === null ? null : readTensor(one, `${at}.${name}[${i}]`))];
    });
    return Object.fromEntries(read) as SavedCallOptions;
  };
  const nodes = array(model.nodes, `${name}.nodes`, MOST_NODES).map((entry, i) => {
    const at = `${name}.nodes[${i}]`;
    const node = object(entry, at);
    keys(node, at, ["layer", "inputs", "options"]);
    return {
      layer: integer(node.layer, `${at}.layer`, 0, layers.length - 1),
      inputs: readRefs(node.inputs, `${at}.inputs`, i),
      options: readOptions(node.options, `${at}.options`, i),
    };
  });
  const outputs = readRefs(model.outputs, `${name}.outputs`, nodes.length);
  const forms = object(model.forms, `${name}.forms`);
  keys(forms, `${name}.forms`, ["inputs", "outputs"]);
  return {
    type: "functional",
    options,
    inputs,
    layers,
    nodes,
    outputs,
    forms: {
      inputs: readForm(forms.inputs, `${name}.forms.inputs`, inputs.length),
      outputs: readForm(forms.outputs, `${name}.forms.outputs`, outputs.length),
    },
  };
}

/**
 * Reads a layer; where it is a model, that too.
 *
 * @param at where it stands, for messages
 * @param depth how many models and layers it lies in
 */
export function readSavedLayer(
  type: string,
  config: JsonObject,
  { at, version, depth }: { readonly at: string; readonly version: number; readonly depth: number },
): SavedLayer {
  if (type !== "model" || version < 2) return { type, config, model: null };
  const { model, ...rest } = config;
  savedJson.keys(rest, `${at}.config`, ["name", "trainable"]);
  return { type, config: rest, model: readModelDescription(model, version, `${at}.model`, depth + 1) };
}

function readForm(given: Json | undefined, name: string, count: number): SavedForm {
  if (given === "list" || given === "one" && count === 1) return given;
  const names = savedJson.array(given, name, MOST_NODES);
  const isRecord = names.length === count && names.every((key) => typeof key === "string") &&
    new Set(names).size === count;
  if (!isRecord) savedJson.fail(`${name} must be "one", "list", or ${count} different names`);
  return names as readonly string[];
}
