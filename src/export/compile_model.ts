import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { COMPILED_KEY, COMPILED_VERSION, type CompiledWeights, type Description } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import { orderNodes } from "../program/order_nodes.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { DataInput } from "../data/data_input.ts";
import { readInputs } from "../data/read_inputs.ts";
import type { Symbolic } from "../tensor/symbolic.ts";
import { compareWithModel, correctBias, evaluateWith, meanProductInputs } from "./calibrate.ts";
import { compileInference } from "./compile_inference.ts";
import type { Predictions } from "../models/form_outputs.ts";
import { type InferenceGraph, traceInference, type Weight } from "./inference_graph.ts";
import { isConvolution } from "./is_convolution.ts";
import { isProduct } from "./is_product.ts";
import type { TrainableModel } from "../models/trainable_model.ts";
import { readInputShapes } from "../models/read_input_shapes.ts";
import { refuseSeveralPorts } from "../models/refuse_several_ports.ts";
import { storeWeight } from "./store_weights.ts";

/** Options of `compileModel`. */
export interface CompileModelOptions {
  /** How the kernels of dense layers are stored. `"float32"` (default), `"float16"`: half the size; `"int8"`: a quarter. */
  weights?: CompiledWeights;
  /**
   * Samples like those that the model will see (at most 256 are used): with `"float16"` and `"int8"` they correct the biases, and the
   * file then reports how far the outputs moved.
   */
  calibration?: DataInput;
  /** The names of the classes, one for every element of the output's last axis. Default: the model's. */
  labels?: readonly string[];
  /** The shape of one sample, for a model whose input has axes of unknown length: the compiled model takes that shape alone. */
  inputShape?: Shape;
}

/**
 * Compiles a built model for inference: one safetensors file with the folded forward program and its weights, which `load` of
 * `retroprop/edge` takes; or, where it needs operations that are not there, `load` of `retroprop/edge/blocks`. `describeCompiled` says
 * which.
 *
 * Dropout is gone; what depends on weights alone is computed; scalings behind a dense layer, and for float32 those before one, are
 * folded into it.
 *
 * @example
 * ```ts
 * import { compileModel, describeCompiled, layers, sequential } from "retroprop";
 * const model = sequential([layers.dense({ units: 3, activation: "softmax", inputShape: [4] })]);
 * const bytes = compileModel(model, { weights: "int8", calibration: [[5.1, 3.5, 1.4, 0.2]], labels: ["a", "b", "c"] });
 * describeCompiled(bytes).report?.maxError;
 * ```
 * @throws RangeError if a layer needs what the edge runtimes have not, TypeError for wrong options and for several inputs or outputs
 */
export function compileModel(
  model: TrainableModel<Predictions>,
  options: CompileModelOptions = {},
): Uint8Array<ArrayBuffer> {
  checkOptions("compile model", options, ["weights", "calibration", "labels", "inputShape"]);
  const weights = checkString("compile model", "weights", options.weights ?? "float32", ["float32", "float16", "int8"]);
  const { network } = model;
  refuseSeveralPorts("compile model", model.signature);
  const shapes = readInputShapes("compile model", options.inputShape, network);
  const { inputs: [inputShape], outputs: [outputShape] } = network.settle(shapes);
  const labels = checkLabels(options.labels ?? model.labels ?? undefined, outputShape);
  const graph = traceInference(network, { shapes, foldInput: weights === "float32" });
  const program = compileInference(graph);
  const samples = options.calibration === undefined ? null : readCalibration(model, options.calibration, inputShape);
  const widths = { input: sizeOf(inputShape), output: sizeOf(outputShape) };
  const { tensors, values } = store(graph, weights, samples, widths.input);
  const evaluateStored = (input: Float64Array): Float64Array =>
    evaluateWith((name) => values.get(name)!)([graph.output], input)[0];
  const { normalization } = graph;
  const description: Description = {
    version: COMPILED_VERSION,
    name: model.name,
    inputs: [{
      name: "x",
      shape: inputShape,
      ...(model.columns === null ? {} : { columns: model.columns }),
      ...(normalization === null ? {} : { normalization }),
      at: program.inputAt,
    }],
    outputs: [{ name: "y", shape: outputShape, ...(labels === null ? {} : { labels }), at: program.outputAt }],
    arenaElements: program.arenaElements,
    ...(program.scratchElements === 0 ? {} : { scratchElements: program.scratchElements }),
    calls: program.calls,
    weights,
    ...(samples === null ? {} : { report: compareWithModel(graph.evaluateModel, evaluateStored, samples, widths) }),
  };
  return writeDescribedFile(tensors, COMPILED_KEY, description);
}

/** Reads samples of the shape that the model is compiled for. */
function readCalibration(model: TrainableModel<Predictions>, given: DataInput, shape: Shape): Float32Array {
  const [port] = model.signature.inputs;
  return readInputs(given, { inputs: [{ ...port, shape }], inputForm: model.signature.inputForm })[0].data;
}

/** Stores all weights, and gives the values that a reader of the file gets, by name. */
function store(
  { output, weights: all }: InferenceGraph,
  weights: CompiledWeights,
  samples: Float32Array | null,
  width: number,
): { tensors: NamedTensor[]; values: ReadonlyMap<string, Float64Array> } {
  const nodes = orderNodes([output]), products = nodes.filter(isProduct);
  const kernels = new Set([...products, ...nodes.filter(isConvolution)].map(({ inputs }) => nameOf(inputs[1])));
  const evaluate = evaluateWith((name) => all.get(name)!.values);
  const means = samples === null || weights === "float32"
    ? null
    : meanProductInputs(products, evaluate, samples, width);
  const tensors: NamedTensor[] = [];
  const values = new Map<string, Float64Array>();
  const keep = (weight: Weight): void => {
    const stored = storeWeight(weight, kernels.has(weight.name), weights);
    for (const tensor of stored.tensors) tensors.push(tensor);
    values.set(weight.name, stored.values);
  };
  const kernelOf = new Map<string, string>(); // bias → its kernel
  const shared = new Set<string>(); // biases of several kernels: what corrects one would spoil the other
  for (const { inputs: [, kernel, bias] } of products) {
    if (bias === undefined) continue;
    const known = kernelOf.get(nameOf(bias));
    if (known !== undefined && known !== nameOf(kernel)) shared.add(nameOf(bias));
    kernelOf.set(nameOf(bias), nameOf(kernel));
  }
  for (const bias of shared) kernelOf.delete(bias);
  for (const weight of all.values()) if (!kernelOf.has(weight.name)) keep(weight);
  for (const weight of all.values()) {
    const kernel = kernelOf.get(weight.name);
    if (kernel === undefined) continue;
    const mean = means?.get(kernel);
    keep(mean === undefined ? weight : correctBias(weight, all.get(kernel)!, values.get(kernel)!, mean));
  }
  return { tensors, values };
}

function nameOf({ attributes }: Symbolic): string {
  return attributes.name as string;
}

/** Checks the names of classes against the output's shape. */
export function checkLabels(labels: readonly string[] | undefined, outputShape: Shape): readonly string[] | null {
  if (labels === undefined) return null;
  const size = outputShape[outputShape.length - 1] ?? 1;
  if (!Array.isArray(labels) || labels.length !== size || !labels.every((label) => typeof label === "string")) {
    throw new TypeError(
      `Cannot compile model: labels must be an array of ${size} strings, one an output, got ${describeValue(labels)}`,
    );
  }
  return labels;
}
