import type { Port, Signature } from "../data/signature.ts";
import { checkOptions } from "../errors/check_options.ts";
import { checkInputShape } from "../layers/check_shape_options.ts";
import type { InputLayer } from "../layers/input_layer.ts";
import type { Layer } from "../layers/layer.ts";
import { LayerGraph } from "../layers/layer_graph.ts";
import { mapTensors } from "../layers/call_options.ts";
import type { CallOptions, LayerNode, LayerOutput } from "../layers/layer_output.ts";
import { fitsShape } from "../tensor/fits_shape.ts";
import { formatSample } from "../tensor/format_sample.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Predictions } from "./form_outputs.ts";
import { describeInput } from "./describe_input.ts";
import type { ModelOptions } from "./options.ts";
import type { ModelFile } from "./read_model_file.ts";
import type { SavedForm } from "./read_model_description.ts";
import { type LayerOutputs, readPorts } from "./read_ports.ts";
import { TrainableModel } from "./trainable_model.ts";

/** What a model predicts whose outputs are these: a tensor for each, in the same form. */
export type PredictionsOf<Outputs extends LayerOutputs> = Outputs extends LayerOutput ? Tensor
  : { readonly [Key in keyof Outputs]: Tensor };

/** Where a model begins and where it ends. */
export interface ModelEnds<Outputs extends LayerOutputs = LayerOutputs> {
  /** What is given to it: what `input()` made, one, a list, or a record by name. */
  readonly inputs: LayerOutputs;
  /** What it gives: one, a list, or a record by name. */
  readonly outputs: Outputs;
}

/** A graph of layers. */
export class FunctionalModel<Predicted extends Predictions = Tensor> extends TrainableModel<Predicted> {
  readonly #graph: LayerGraph;
  /** How inputs and outputs were given: `"one"`, `"list"`, or the names of a record. */
  readonly #forms: { readonly inputs: SavedForm; readonly outputs: SavedForm };

  /** As `model`. `file` brings the values of the weights and the state of training, for `loadModel`. */
  constructor(ends: ModelEnds, options: ModelOptions = {}, file: ModelFile | null = null) {
    const what = "create model";
    checkOptions(what, ends, ["inputs", "outputs"]);
    const inputs = readPorts(what, "inputs", ends?.inputs);
    const outputs = readPorts(what, "outputs", ends?.outputs);
    const graph = new LayerGraph(what, inputs.ports, outputs.ports);
    super("model", [...graph.inputs.map(({ node }) => node.layer as Layer), ...graph.layers], options);
    this.#graph = graph;
    this.#forms = { inputs: inputs.form, outputs: outputs.form };
    this.buildGraph(() => graph, file);
  }

  /** @ignore */
  override get layerGraph(): LayerGraph {
    return this.#graph;
  }

  /** @ignore */
  override describePorts(graph: LayerGraph): Signature {
    const { inputs, outputs } = graph;
    const forms = this.#forms;
    return {
      inputs: describePorts(inputs, forms.inputs).map((port, i) => ({ ...port, ...describeInput(graph, i) })),
      outputs: describePorts(outputs, forms.outputs),
      inputForm: typeof forms.inputs === "string" ? forms.inputs : "record",
      outputForm: typeof forms.outputs === "string" ? forms.outputs : "record",
    };
  }

  /** @ignore */
  override describe(): { readonly [key: string]: Json } {
    const { inputs, outputs, nodes, layers } = this.#graph;
    const numbers = new Map<LayerNode, number>([
      ...inputs.map(({ node }, i): [LayerNode, number] => [node, -1 - i]),
      ...nodes.map((node, i): [LayerNode, number] => [node, i]),
    ]);
    const refer = ({ node, index }: LayerOutput): Json => [numbers.get(node)!, index];
    const describeOptions = (options: Readonly<CallOptions>): Json =>
      ({
        ...mapTensors(options, ({ node, index }) => ({ node: numbers.get(node)!, output: index })),
      }) as unknown as Json;
    return {
      type: "functional",
      name: this.name,
      seed: this.seed,
      numerics: this.numerics,
      ...this.describeNames(),
      inputs: inputs.map(({ name, sampleShape, dtype, node }): Json => {
        const { batchSize } = node.layer as InputLayer;
        return {
          name,
          shape: sampleShape,
          ...(dtype === "float32" ? {} : { dtype }),
          ...(batchSize === undefined ? {} : { batchSize }),
        };
      }),
      layers: layers.map(({ type, config }) => ({ type, config })),
      nodes: nodes.map(({ layer, inputs, options }) => ({
        layer: layers.indexOf(layer as Layer),
        inputs: inputs.map(refer),
        ...(Object.keys(options).length === 0 ? {} : { options: describeOptions(options) }),
      })),
      outputs: outputs.map(refer),
      forms: { ...this.#forms },
    };
  }

  /** Checks a shape: the model was built when it was made. @throws TypeError for another shape, or if there are several inputs */
  override build(inputShape: OpenShape): void {
    const what = `build model "${this.name}"`;
    const { inputs } = this.signature;
    if (inputs.length > 1) {
      const names = inputs.map(({ name }) => name).join(", ");
      throw new TypeError(`Cannot ${what}: it was built when it was made, and has ${inputs.length} inputs (${names})`);
    }
    const shape = checkInputShape(what, "inputShape", inputShape);
    const built = this.network.inputShape;
    if (fitsShape(shape, built)) return;
    throw new TypeError(
      `Cannot build model "${this.name}": it takes samples of shape ${formatSample(built)}, got ${formatSample(shape)}`,
    );
  }

  /** @ignore */
  override unbuild(): void {
    throw new Error("A graph of layers stays built");
  }
}

/**
 * Makes a model of a graph of layers: all between `inputs` and `outputs`. Models that share layers share their weights.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "retroprop";
 * const image = input({ shape: [64], name: "image" });
 * const code = layers.dense({ units: 8, activation: "relu", name: "code" }).apply(image);
 * const again = layers.dense({ units: 64, name: "again" }).apply(code);
 * const autoencoder = model({ inputs: image, outputs: again }, { seed: 1 });
 * autoencoder.compile({ optimizer: "adam", loss: "mean_squared_error" });
 * const encoder = model({ inputs: image, outputs: code }); // sees what the autoencoder learns
 * ```
 * @throws TypeError if an output depends on an input that is not given, an input is no result of `input()`, on an input nothing depends,
 *   or two layers have one name
 */
export function model(ends: ModelEnds<LayerOutput>, options?: ModelOptions): FunctionalModel;
/** A model whose outputs are a list, or a record by name: so is what it predicts. */
export function model<const Outputs extends readonly LayerOutput[] | Readonly<Record<string, LayerOutput>>>(
  ends: ModelEnds<Outputs>,
  options?: ModelOptions,
): FunctionalModel<PredictionsOf<Outputs>>;
/** A model of which nobody knows in what form its outputs are. */
export function model(ends: ModelEnds, options?: ModelOptions): FunctionalModel<Predictions>;
export function model(ends: ModelEnds, options?: ModelOptions): FunctionalModel<Predictions> {
  return new FunctionalModel<Predictions>(ends, options);
}

/** What users call the ports: by the keys of a record, else by their layers, with a number behind the name from the second on. */
function describePorts(ports: readonly LayerOutput[], form: SavedForm): readonly Port[] {
  const taken = new Set<string>();
  return ports.map(({ name: layer, sampleShape, sampleMask }, i) => {
    let name = typeof form === "string" ? layer : form[i];
    for (let number = 1; taken.has(name); number++) name = `${layer}_${number}`;
    taken.add(name);
    return { name, layer, shape: sampleShape, ...(sampleMask === null ? {} : { mask: sampleMask }) };
  });
}
