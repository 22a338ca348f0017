import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { describeValue } from "../errors/describe_value.ts";
import { COMPILED_KEY, COMPILED_VERSION, type CompiledWeights, type Description } from "../files/compiled_format.ts";
import type { NamedTensor } from "../files/named_tensor.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { DataInput } from "../data/data_input.ts";
import { compareWithModel, correctBias, meanProductInputs } from "./calibrate.ts";
import { type InferenceNode, traceInference, type Weight } from "./inference_graph.ts";
import { type LoweredInference, lowerInference } from "./lower_inference.ts";
import type { Predictions } from "./form_outputs.ts";
import type { TrainableModel } from "./trainable_model.ts";
import { refuseSeveralPorts } from "./refuse_several_ports.ts";
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
}

/**
 * Compiles a built model for inference: one safetensors file with the folded forward program and its weights, which `load` of
 * `retroprop/edge` takes.
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
 * @throws RangeError if a layer needs what the edge runtime has not, TypeError for wrong options and for several inputs or outputs
 */
export function compileModel(
  model: TrainableModel<Predictions>,
  options: CompileModelOptions = {},
): Uint8Array<ArrayBuffer> {
  checkOptions("compile model", options, ["weights", "calibration", "labels"]);
  const weights = checkString("compile model", "weights", options.weights ?? "float32", ["float32", "float16", "int8"]);
  const { network } = model;
  refuseSeveralPorts("compile model", model.signature);
  const labels = checkLabels(options.labels ?? model.labels ?? undefined, network.outputShape);
  const graph = traceInference(network, weights === "float32");
  const lowered = lowerInference(graph);
  const samples = options.calibration === undefined ? null : model.readInput(options.calibration).data;
  const widths = { input: sizeOf(network.inputShape), output: sizeOf(network.outputShape) };
  const { tensors, output } = store(graph.output, lowered, weights, samples, widths.input);
  const { normalization } = graph;
  const description: Description = {
    version: COMPILED_VERSION,
    name: model.name,
    inputs: [{
      name: "x",
      shape: network.inputShape,
      ...(model.columns === null ? {} : { columns: model.columns }),
      ...(normalization === null ? {} : { normalization }),
      at: lowered.inputAt,
    }],
    outputs: [{ name: "y", shape: network.outputShape, ...(labels === null ? {} : { labels }), at: lowered.outputAt }],
    arenaElements: lowered.arenaElements,
    calls: lowered.calls,
    weights,
    ...(samples === null ? {} : { report: compareWithModel(graph.evaluateModel, output, samples, widths) }),
  };
  return writeDescribedFile(tensors, COMPILED_KEY, description);
}

/** Stores all weights; the graph that comes back has the values that a reader of the file gets. */
function store(
  output: InferenceNode,
  lowered: LoweredInference,
  weights: CompiledWeights,
  samples: Float32Array | null,
  width: number,
): { tensors: NamedTensor[]; output: InferenceNode } {
  const means = samples === null || weights === "float32" ? null : meanProductInputs(output, samples, width);
  const tensors: NamedTensor[] = [];
  const kept = new Map<Float64Array, Float64Array>(); // the values of a weight → those that are stored
  const keep = (weight: Weight, from: Weight): void => {
    const { tensors: own, values } = storeWeight(weight, lowered.kernels.has(weight.name), weights);
    for (const tensor of own) tensors.push(tensor);
    kept.set(from.values, values);
  };
  const kernels = new Map<Float64Array, Weight>(); // the values of a bias → its kernel
  const shared = new Set<Float64Array>(); // biases of several kernels: what corrects one would spoil the other
  for (const { bias, kernel } of productsOf(output)) {
    if (bias === null) continue;
    if (kernels.has(bias.values) && kernels.get(bias.values)!.values !== kernel.values) shared.add(bias.values);
    kernels.set(bias.values, kernel);
  }
  for (const bias of shared) kernels.delete(bias);
  for (const weight of lowered.weights) if (!kernels.has(weight.values)) keep(weight, weight);
  for (const weight of lowered.weights) {
    const kernel = kernels.get(weight.values);
    if (kernel === undefined) continue;
    const mean = means?.get(kernel.values);
    keep(mean === undefined ? weight : correctBias(weight, kernel, kept.get(kernel.values)!, mean), weight);
  }
  return { tensors, output: replaceWeights(output, kept) };
}

function productsOf(output: InferenceNode): (InferenceNode & { kind: "product" })[] {
  const found = new Set<InferenceNode>();
  const visit = (node: InferenceNode | Weight): void => {
    if (node.kind === "weight" || found.has(node)) return;
    found.add(node);
    if (node.kind === "product") visit(node.x);
    else if (node.kind === "call") node.inputs.forEach(visit);
  };
  visit(output);
  return [...found].filter((node) => node.kind === "product");
}

function replaceWeights(output: InferenceNode, kept: ReadonlyMap<Float64Array, Float64Array>): InferenceNode {
  const known = new Map<InferenceNode, InferenceNode>();
  const weight = (w: Weight): Weight => ({ ...w, values: kept.get(w.values) ?? w.values });
  const replace = (node: InferenceNode): InferenceNode => {
    if (node.kind === "input") return node;
    let found = known.get(node);
    if (found === undefined) {
      found = node.kind === "product"
        ? { ...node, x: replace(node.x), kernel: weight(node.kernel), bias: node.bias && weight(node.bias) }
        : { ...node, inputs: node.inputs.map((input) => input.kind === "weight" ? weight(input) : replace(input)) };
      known.set(node, found);
    }
    return found;
  };
  return replace(output);
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
