import { checkOptions } from "../errors/check_options.ts";
import { checkString } from "../errors/check_string.ts";
import { COMPILED_KEY, COMPILED_VERSION, type CompiledWeights, type Description } from "../files/compiled_format.ts";
import { writeDescribedFile } from "../files/write_described_file.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { RawTensor } from "../tensor/raw_tensor.ts";
import type { SampleInput } from "../data/data_input.ts";
import { readInputs } from "../data/read_inputs.ts";
import { checkLabels } from "./check_labels.ts";
import { compareWithModel, evaluateWith } from "./calibrate.ts";
import { compileInference } from "./compile_inference.ts";
import { type DescribedEncoder, describeEncoder } from "./describe_encoder.ts";
import type { Predictions } from "../models/form_outputs.ts";
import { INPUT, sourceOf, traceInference } from "./inference_graph.ts";
import type { TrainableModel } from "../models/trainable_model.ts";
import { readInputShapes } from "../models/read_input_shapes.ts";
import { refuseSeveralPorts } from "../models/refuse_several_ports.ts";
import { storeGraph } from "./store_graph.ts";

/** Options of `compileModel`. */
export interface CompileModelOptions {
  /** How the kernels of dense layers are stored. `"float32"` (default), `"float16"`: half the size; `"int8"`: a quarter. */
  weights?: CompiledWeights;
  /**
   * Samples like those that the model will see (at most 256 are used): with `"float16"` and `"int8"` they correct the biases, and the
   * file then reports how far the outputs moved.
   */
  calibration?: SampleInput;
  /** The names of the classes, one for every element of the output's last axis. Default: the model's. */
  labels?: readonly string[];
  /** The shape of one sample, for a model whose input has axes of unknown length: the compiled model takes that shape alone. */
  inputShape?: Shape;
}

/**
 * Compiles a built model for inference: one safetensors file with the folded forward program and its weights, which `load` of
 * `retroprop/edge` takes; or, where it needs operations that are not there, `load` of `retroprop/edge/blocks`. `describeCompiled` says
 * which. A model whose input is strings, or integers of many digits, goes to `loadTextModel` of `retroprop/edge/sequences`, with its vocabulary.
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
  refuseSeveralPorts("compile model", model.signature, { takesRaw: true });
  const shapes = readInputShapes("compile model", options.inputShape, network);
  const { inputs: [inputShape], outputs: [outputShape] } = network.settle(shapes);
  const labels = checkLabels(options.labels ?? model.labels ?? undefined, outputShape);
  const graph = traceInference(sourceOf(network, shapes), { foldInput: weights === "float32" });
  const program = compileInference(graph);
  const encoder = describeEncoder(network.graph, inputShape);
  const samples = options.calibration === undefined
    ? null
    : readCalibration(model, options.calibration, inputShape, encoder);
  const widths = { input: sizeOf(inputShape), output: sizeOf(outputShape) };
  const { tensors, values } = storeGraph(graph, weights, samples, widths.input);
  const evaluateStored = (input: Float64Array): Float64Array =>
    evaluateWith((name) => values.get(name)!)(graph.outputs, input)[0];
  const { normalization } = graph;
  const description: Description = {
    version: COMPILED_VERSION,
    name: model.name,
    inputs: [{
      name: "x",
      shape: inputShape,
      ...(model.columns === null ? {} : { columns: model.columns }),
      ...(normalization === null || encoder !== null ? {} : { normalization }),
      at: program.inputs[INPUT],
    }],
    outputs: [{ name: "y", shape: outputShape, ...(labels === null ? {} : { labels }), at: program.outputs[0] }],
    arenaElements: program.arenaElements,
    ...(program.scratchElements === 0 ? {} : { scratchElements: program.scratchElements }),
    calls: program.calls,
    weights,
    ...(encoder === null ? {} : { encoder: encoder.description }),
    ...(samples === null ? {} : { report: compareWithModel(graph.evaluateModel, evaluateStored, samples, widths) }),
  };
  return writeDescribedFile([...tensors, ...encoder?.tensors ?? []], COMPILED_KEY, description);
}

/** Reads samples of the shape that the model is compiled for. */
function readCalibration(
  model: TrainableModel<Predictions>,
  given: SampleInput,
  shape: Shape,
  encoder: DescribedEncoder | null,
): Float32Array {
  const [port] = model.signature.inputs;
  if (encoder !== null) {
    const { dtype } = encoder.description;
    const made = { name: port.name, encode: (x: RawTensor) => new Tensor(encoder.encode(x), [x.shape[0], ...shape]) };
    const raw = { dtype, feeds: [{ encoder: { ...made, fingerprint: () => "" }, indices: [] }] };
    return readInputs(given, { inputs: [{ ...port, raw }], inputForm: model.signature.inputForm })[0].data;
  }
  return readInputs(given, { inputs: [{ ...port, shape }], inputForm: model.signature.inputForm })[0].data;
}
