import type { DataInputs, DataStream, SampleBatch, SampleInputs, StreamBatch } from "../data/data_input.ts";
import { isStream } from "../data/is_stream.ts";
import { readInputs } from "../data/read_inputs.ts";
import type { Signature } from "../data/signature.ts";
import { checkOptions } from "../errors/check_options.ts";
import { writeFileAtomically } from "../files/write_file_atomically.ts";
import type { Layer } from "../layers/layer.ts";
import type { LayerGraph } from "../layers/layer_graph.ts";
import type { CallOptions, LayerOutput } from "../layers/layer_output.ts";
import { listLayers } from "../layers/list_layers.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Evaluation } from "../training/callback.ts";
import { checkOwnParts } from "../training/check_own_parts.ts";
import type { History } from "../training/history.ts";
import { Network } from "../training/network.ts";
import { TracedPrograms } from "../training/traced_programs.ts";
import { Trainer } from "../training/trainer.ts";
import { checkNameCounts } from "./check_names.ts";
import { COMPILE_OPTIONS, compileOptions } from "./compile_options.ts";
import { copyCompileOptions } from "./copy_compile_options.ts";
import { evaluateModel, testBatch, trainBatch } from "./evaluate_model.ts";
import { evaluateStream } from "./evaluate_stream.ts";
import { formOutputs, type Predictions } from "./form_outputs.ts";
import { findFrozen, listFrozen, nameFrozen } from "./frozen_layers.ts";
import { fitModel } from "./fit_model.ts";
import { ModelBase } from "./model_base.ts";
import { ModelLayer } from "./model_layer.ts";
import type {
  CompileOptions,
  EvaluateOptions,
  FitOptions,
  PredictOptions,
  TestOnBatchOptions,
  TrainOnBatchOptions,
} from "./options.ts";
import { predictModel } from "./predict_model.ts";
import { predictRows } from "./predict_rows.ts";
import { explainNotCompiled, readCompileState } from "./read_compile_state.ts";
import type { ModelFile } from "./read_model_file.ts";
import { restoreModel } from "./restore_model.ts";
import { sampleShapeOf } from "./sample_shape_of.ts";
import { refuseSingleSoftmax } from "./refuse_single_softmax.ts";
import { summarize } from "./summarize.ts";
import { writeModelFile } from "./write_model_file.ts";

/**
 * What every model can do: train, evaluate, predict, save. A model with several inputs takes a list of as many, or a record by their names; with
 * several outputs labels likewise.
 *
 * @typeParam Predicted what it predicts, in the form in which its outputs were given: a tensor, a list, or a record by name
 */
export abstract class TrainableModel<Predicted extends Predictions = Tensor> extends ModelBase {
  /** Set to true in a callback, training stops: in `onTrainBatchEnd` after that batch, whose epoch ends then, else after the epoch. */
  stopTraining = false;
  #isTraining = false;
  /** The layers that this model has built. */
  #fresh: readonly Layer[] = [];
  #asLayer: ModelLayer<this> | null = null;
  #network: Network | null = null;
  #signature: Signature | null = null;
  #trainer: Trainer | null = null;
  #compileOptions: CompileOptions | null = null;
  /** The layers that the last `compile` found frozen; null before it: those that are frozen when the model is built. */
  #frozen: ReadonlySet<Layer> | null = null;

  /** The state of training that a file brought; it is taken when the trainer is made. */
  #pending: ((trainer: Trainer) => void) | null = null;
  /** Why a file's compile options were not taken. */
  #missing: string | null = null;

  /**
   * Makes the weights for samples of the given shape, in which null is an axis of unknown length.
   *
   * @throws TypeError if the model is built for another shape already, or a layer cannot take it; RangeError if it is no shape
   */
  abstract build(inputShape: OpenShape): void;

  /**
   * Builds the model for such samples, which are those of its only input.
   *
   * @ignore
   */
  buildFor(x: SampleInputs): void {
    this.build(sampleShapeOf(x, this.layers[0].dtypes));
  }

  /**
   * Takes the weights away again, after a fit that built the model and then refused its data.
   *
   * @ignore
   */
  unbuild(): void {
    for (const layer of this.#fresh) layer.unbuild();
    this.#network = this.#signature = this.#trainer = null;
  }

  /**
   * Makes the weights of a graph of the model's layers, or takes those that are there. Layers stay as they were if that fails. A
   * file brings values, frozen layers and the state of training.
   *
   * @ignore
   */
  protected buildGraph(makeGraph: () => LayerGraph, file: ModelFile | null): void {
    if (file !== null) this.#frozen = findFrozen(this.layers, file);
    this.#fresh = this.layers.filter((layer) => !layer.isBuilt);
    try {
      const network = new Network(makeGraph(), {
        what: `build model "${this.name}"`,
        seed: this.seed,
        numerics: this.numerics,
        trains: this.#trains(),
        values: file?.readValues ?? undefined,
      });
      if (this.#compileOptions !== null) refuseSingleSoftmax(network);
      this.#signature = this.describePorts(network.graph);
      checkNameCounts(this, this.#signature);
      if (this.#compileOptions !== null) {
        checkOwnParts(compileOptions(this.#compileOptions, this.#signature.outputs).objective);
      }
      this.#network = network;
      if (file !== null) network.tellLayers();
    } catch (error) {
      this.#signature = null;
      for (const layer of this.#fresh) layer.unbuild();
      throw error;
    }
    if (file === null) return;
    const { options, state, missing } = readCompileState(file, this.network, this.signature.outputs);
    [this.#compileOptions, this.#pending, this.#missing] = [options, state, missing];
  }

  /**
   * The graph of the layers. @throws Error if the model is not built
   *
   * @ignore
   */
  get layerGraph(): LayerGraph {
    return this.network.graph;
  }

  /**
   * The model as a layer of other models.
   *
   * @ignore
   */
  asLayer(): Layer {
    return this.#asLayer ??= new ModelLayer<this>(this);
  }

  /**
   * Calls the model on what layers give: it becomes a layer of the graph, and shares its weights.
   *
   * @throws {TypeError} If the inputs are not as many as the model has, or of other shapes
   */
  apply<T extends LayerOutput | readonly LayerOutput[] = LayerOutput>(
    inputs: LayerOutput | readonly LayerOutput[],
    options?: CallOptions,
  ): T {
    return this.asLayer().apply<T>(inputs, options);
  }

  /** @ignore What the model takes and gives, for the graph that its layers are. */
  abstract describePorts(graph: LayerGraph): Signature;

  /** @ignore */
  override get signature(): Signature {
    return this.#signature ?? this.#refuseUnbuilt();
  }

  /** @ignore The model as a file describes it. */
  abstract describe(): { readonly [key: string]: Json };

  /** Which layers are trained: as `compile` found them, or as they are. */
  #trains(): (layer: Layer) => boolean {
    const frozen = this.#frozen;
    return (layer) => frozen === null ? layer.trainable : !frozen.has(layer);
  }

  /**
   * The built network. @throws Error if the model has no weights yet
   *
   * @ignore
   */
  override get network(): Network {
    return this.#network ?? this.#refuseUnbuilt();
  }

  #refuseUnbuilt(): never {
    throw new Error(
      `Cannot use model "${this.name}": it is not built, since the shape of its input is unknown; give the first layer an ` +
        "inputShape, or call build(shape) or fit(x, y) first",
    );
  }

  /**
   * The compiled trainer. @throws Error if `compile` was not called
   *
   * @ignore
   */
  override get trainer(): Trainer {
    if (this.#trainer === null) {
      if (this.#compileOptions === null) {
        throw new Error(explainNotCompiled(this.name, this.#missing));
      }
      const compiled = compileOptions(this.#compileOptions, this.signature.outputs);
      this.#trainer = new Trainer(this.network, compiled, new TracedPrograms(this.network, compiled));
      this.#pending?.(this.#trainer);
      this.#pending = null;
    }
    return this.#trainer;
  }

  /**
   * The state of training, if there is any: null before the first step after `compile`.
   *
   * @ignore
   */
  get trainerIfAny(): Trainer | null {
    return this.#pending === null ? this.#trainer : this.trainer;
  }

  /** Whether `compile` was called. */
  get isCompiled(): boolean {
    return this.#compileOptions !== null;
  }

  /** Whether the weights exist. */
  get isBuilt(): boolean {
    return this.#network !== null;
  }

  /**
   * Settles how to train: optimizer, loss, metrics, and which layers are frozen (`trainable`). The options are read here; to change them
   * afterwards changes nothing. Weights stay as they are; the optimizer's state begins anew.
   *
   * @throws RangeError for unknown names (the right ones are listed), TypeError for unknown options
   */
  compile(options: CompileOptions): void {
    checkOptions("compile model", options, COMPILE_OPTIONS);
    if (options?.loss === undefined) throw new TypeError("Cannot compile model: loss is missing");
    this.#refuseWhileTraining("compile");
    const { name } = this.layers.at(-1)!;
    const outputs = this.#signature?.outputs ?? [{ name, layer: name, shape: [] }];
    const settled = copyCompileOptions(options, outputs.map(({ name }) => name), listLayers(this.layers));
    const { objective } = compileOptions(settled, outputs);
    if (this.#network !== null) {
      checkOwnParts(objective);
      refuseSingleSoftmax(this.#network);
    }
    this.#compileOptions = settled;
    this.#frozen = listFrozen(this.layers);
    this.#trainer = this.#pending = null;
    this.#network?.arrange(this.#trains());
  }

  /**
   * Trains, and returns the history of every epoch: `(await model.fit(x, y, { epochs: 200 })).history.loss`.
   *
   * x [samples, …] of the model's input shape, y [samples, …] as the loss wants it: one number a sample may be a flat array. For several inputs
   * or outputs, lists or records: `fit({ image, size }, { label, price })`. They must not change while the fit runs: with several threads x
   * is copied once, if it has at most 256 MiB.
   *
   * @throws TypeError for data of the wrong shape or that are no numbers, RangeError for NaN, Infinity, labels that the loss cannot take
   *   and options out of range, NonFiniteError if training explodes, the signal's reason if it aborts, an AbortError after Ctrl-C (with
   *   `verbose` other than 0 and no signal). The model keeps its last finished step, and the error has the `history` of the epochs before.
   */
  fit(x: SampleInputs, y: DataInputs, options?: FitOptions): Promise<History>;
  /** Trains on a stream: any iterable or async iterable of batches `{ x, y, sampleWeight? }`, an array of them included. */
  fit(stream: DataStream, options?: FitOptions): Promise<History>;
  async fit(x: SampleInputs | DataStream, y?: DataInputs | FitOptions, options?: FitOptions): Promise<History> {
    this.#refuseWhileTraining("fit");
    const streaming = isStream(x);
    this.#isTraining = true;
    try {
      return await fitModel(
        this,
        x,
        streaming ? undefined : y as DataInputs,
        (streaming ? options ?? y : options) as FitOptions,
      );
    } finally {
      this.#isTraining = false;
    }
  }

  #refuseWhileTraining(what: string): void {
    if (this.#isTraining) {
      throw new Error(
        `Cannot ${what} model "${this.name}": it must not be in training, but a fit is running; await that first`,
      );
    }
  }

  /** The loss and the metrics on an async iterable of batches `{ x, y, sampleWeight? }`. */
  evaluate(stream: AsyncIterable<StreamBatch>, options?: EvaluateOptions): Promise<Evaluation>;
  /** The loss and the metrics on an iterable of batches: an array, a generator. */
  evaluate(stream: Iterable<StreamBatch>, options?: EvaluateOptions): Evaluation;
  /**
   * The loss and the metrics on samples, `{ loss, accuracy, … }`; of a model with several outputs also the loss of each, and all with its name:
   * `{ loss, label_loss, size_loss, label_accuracy }`. Dropout is off.
   *
   * @throws as `fit`
   */
  evaluate(x: SampleInputs, y: DataInputs, options?: EvaluateOptions): Evaluation;
  evaluate(
    x: SampleInputs | DataStream,
    y?: DataInputs | EvaluateOptions,
    options?: EvaluateOptions,
  ): Evaluation | Promise<Evaluation> {
    return isStream(x)
      ? evaluateStream(this, x as DataStream, options ?? y as EvaluateOptions)
      : evaluateModel(this, x as SampleInputs, y as DataInputs, options);
  }

  /** The outputs for an async iterable of batches: arrays, tensors, or objects `{ x }`. */
  predict(stream: AsyncIterable<SampleBatch>, options?: PredictOptions): Promise<Predicted>;
  /**
   * The outputs for samples, as one tensor [samples, …]: `.toArray()` gives nested arrays. Where the model's outputs are a list or a record, so is
   * what it predicts. Dropout is off.
   *
   * An iterable of batches is taken, too; an array of batches holds objects `{ x }`.
   *
   * @throws TypeError for data of the wrong shape, RangeError for NaN and Infinity, Error if the model has no weights yet
   */
  predict(x: SampleInputs | Iterable<SampleBatch>, options?: PredictOptions): Predicted;
  predict(
    x: SampleInputs | Iterable<SampleBatch> | AsyncIterable<SampleBatch>,
    options: PredictOptions = {},
  ): Predicted | Promise<Predicted> {
    return predictModel(this, x, options) as Predicted | Promise<Predicted>;
  }

  /** The outputs for one batch. */
  predictOnBatch(x: SampleInputs): Predicted {
    const inputs = readInputs(x, this.signature);
    return formOutputs(predictRows(this.network, inputs, inputs[0].shape[0], 1), this.signature) as Predicted;
  }

  /** Loss and metrics of one batch. Dropout is off, and the weights stay as they are. */
  testOnBatch(x: SampleInputs, y: DataInputs, options: TestOnBatchOptions = {}): Evaluation {
    return testBatch(this, x, y, options);
  }

  /** One training step on one batch; returns loss and metrics of that batch, before the step. */
  trainOnBatch(x: SampleInputs, y: DataInputs, options: TrainOnBatchOptions = {}): Evaluation {
    return trainBatch(this, x, y, options);
  }

  /**
   * The names of the layers that the last `compile` froze; null if they are those whose `trainable` is false now.
   *
   * @ignore
   */
  get frozenByCompile(): readonly string[] | null {
    return this.#frozen === null ? null : nameFrozen(this.layers, this.#frozen);
  }

  /**
   * What `compile` was given: copied, names and saved forms resolved.
   *
   * @ignore
   */
  get compiledWith(): CompileOptions | null {
    return this.#compileOptions;
  }

  /** A table of the layers, their output shapes and their numbers of parameters. */
  override summary(): string {
    return summarize(this);
  }

  /** The model as the bytes of one safetensors file: architecture, weights, compile options, optimizer state. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return writeModelFile(this);
  }

  /** Writes the model to a file, atomically: the old file is replaced only by a complete new one. */
  async save(path: string | URL): Promise<void> {
    this.checkSavePath(path);
    await writeFileAtomically(path, this.toBytes());
  }

  /**
   * Takes weights, optimizer state and counters from a file of a model with the same architecture; a fit that runs goes on with them. With
   * a file that has no state of training the optimizer begins anew.
   *
   * @throws FileFormatError if it is no such file, or its optimizer is another one; nothing has changed then
   */
  restore(bytes: Uint8Array): void {
    restoreModel(this, bytes);
    this.network.tellLayers();
  }
}
