import { checkOptions } from "../errors/check_options.ts";
import { isStream } from "../data/is_stream.ts";
import { writeFileAtomically } from "../files/write_file_atomically.ts";
import { checkSampleShape, type Layer } from "../layers/layer.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { TensorInput } from "../tensor/tensor_input.ts";
import type { Evaluation } from "../training/callback.ts";
import {
  type DataInput,
  type DataStream,
  readInput,
  type SampleBatch,
  type SampleStream,
  type StreamBatch,
} from "../training/data_source.ts";
import type { History } from "../training/history.ts";
import { Network, type Variable } from "../training/network.ts";
import { TracedPrograms } from "../training/traced_programs.ts";
import { Trainer } from "../training/trainer.ts";
import { checkNameCounts } from "./check_names.ts";
import { compileOptions } from "./compile_options.ts";
import { copyCompileOptions } from "./copy_compile_options.ts";
import { evaluateModel, testBatch, trainBatch } from "./evaluate_model.ts";
import { evaluateStream } from "./evaluate_stream.ts";
import { fitModel } from "./fit_model.ts";
import { LayerWeights } from "./layer_weights.ts";
import { ModelBase } from "./model_base.ts";
import type {
  CompileOptions,
  EvaluateOptions,
  FitOptions,
  ModelOptions,
  PredictOptions,
  TestOnBatchOptions,
  TrainOnBatchOptions,
} from "./options.ts";
import { predictModel } from "./predict_model.ts";
import { predictRows } from "./predict_rows.ts";
import { explainNotCompiled, readCompileState } from "./read_compile_state.ts";
import type { ModelFile } from "./read_model_file.ts";
import { restoreModel } from "./restore_model.ts";
import { listWeights, setWeights, type WeightInfo, type WeightsInput } from "./set_weights.ts";
import { refuseSingleSoftmax } from "./refuse_single_softmax.ts";
import { summarize } from "./summarize.ts";
import { writeModelFile } from "./write_model_file.ts";

/** A stack of layers, each with one input and one output. */
export class Sequential extends ModelBase {
  /** Set to true in a callback, training stops: in `onTrainBatchEnd` after that batch, whose epoch ends then, else after the epoch. */
  stopTraining = false;
  #isTraining = false;
  #network: Network | null = null;
  #trainer: Trainer | null = null;
  #layerWeights: LayerWeights | null = null;
  #compileOptions: CompileOptions | null = null;
  /** The layers that the last `compile` found frozen; null before it: those that are frozen when the model is built. */
  #frozen: ReadonlySet<Layer> | null = null;

  /** The state of training that a file brought; it is taken when the trainer is made. */
  #pending: ((trainer: Trainer) => void) | null = null;
  /** Why a file's compile options were not taken. */
  #missing: string | null = null;

  /** As `sequential`. `file` brings the values of the weights and the state of training, for `loadModel`. */
  constructor(layers: readonly Layer[], options: ModelOptions = {}, file: ModelFile | null = null) {
    super(layers, options);
    if (file !== null && file.frozen !== null) {
      this.#frozen = new Set(this.layers.filter((l) => file.frozen!.includes(l.name)));
    }
    const inputShape = file?.inputShape ?? layers[0].inputShape;
    if (inputShape !== undefined) this.#build(inputShape, file);
    if (file === null) return;
    const { options: compiled, state, missing } = readCompileState(file, () => this.network);
    [this.#compileOptions, this.#pending, this.#missing] = [compiled, state, missing];
  }

  /**
   * Makes the weights for samples of the given shape. It happens by itself where the first layer has an `inputShape`, or at `fit`.
   *
   * @throws TypeError if the model is built for another shape already, or a layer cannot take it; RangeError if it is no shape
   */
  build(inputShape: Shape): void {
    const shape = checkSampleShape(`build model "${this.name}"`, "inputShape", inputShape);
    if (this.#network === null) return this.#build(shape, null);
    const built = formatShape(this.#network.inputShape);
    if (built === formatShape(shape)) return;
    throw new TypeError(
      `Cannot build model "${this.name}": it is built for samples of shape ${built}, got ${
        formatShape(shape)
      }; make a new model`,
    );
  }

  /**
   * Takes the weights away again, after a fit that built the model and then refused its data.
   *
   * @ignore
   */
  unbuild(): void {
    for (const layer of this.layers) layer.unbuild();
    this.#network = null;
    this.#layerWeights = null;
    this.#trainer = null;
  }

  #build(inputShape: Shape, file: ModelFile | null): void {
    const values = file === null ? undefined : (variable: Variable) => file.readValues(variable);
    const fresh = this.layers.filter((layer) => !layer.isBuilt);
    try {
      for (const layer of this.layers) layer.belongTo(this);
      const trains = this.#trains();
      const { seed, numerics } = this;
      const network = new Network(this.layers, inputShape, { seed, numerics, trains, values });
      if (this.#compileOptions !== null) refuseSingleSoftmax(network);
      checkNameCounts(this, network);
      this.#network = network;
    } catch (error) {
      for (const layer of fresh) layer.unbuild();
      throw error;
    }
    this.#layerWeights = new LayerWeights(this.#network);
    if (file !== null) this.#layerWeights.note();
  }

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
    if (this.#network === null) {
      throw new Error(
        `Cannot use model "${this.name}": it is not built, since the shape of its input is unknown; give the first layer an ` +
          "inputShape, or call build(shape) or fit(x, y) first",
      );
    }
    return this.#network;
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
      const compiled = compileOptions(this.#compileOptions, this.network.outputShape);
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
    checkOptions("compile model", options, ["optimizer", "loss", "metrics", "weightedMetrics"]);
    if (options?.loss === undefined) throw new TypeError("Cannot compile model: loss is missing");
    this.#refuseWhileTraining("compile");
    const settled = copyCompileOptions(options);
    compileOptions(settled, this.#network?.outputShape ?? null);
    if (this.#network !== null) refuseSingleSoftmax(this.#network);
    this.#compileOptions = settled;
    this.#frozen = new Set(this.layers.filter((layer) => !layer.trainable));
    this.#trainer = null;
    this.#pending = null;
    this.#network?.arrange(this.#trains());
  }

  /**
   * Trains, and returns the history of every epoch: `(await model.fit(x, y, { epochs: 200 })).history.loss`.
   *
   * x [samples, …] of the model's input shape, y [samples, …] as the loss wants it: one number a sample may be a flat array. They must
   * not change while the fit runs: with several threads x is copied once, if it has at most 256 MiB.
   *
   * @throws TypeError for data of the wrong shape or that are no numbers, RangeError for NaN, Infinity, labels that the loss cannot take
   *   and options out of range, NonFiniteError if training explodes, the signal's reason if it aborts, an AbortError after Ctrl-C (with
   *   `verbose` other than 0 and no signal). The model keeps its last finished step, and the error has the `history` of the epochs before.
   */
  fit(x: DataInput, y: DataInput, options?: FitOptions): Promise<History>;
  /** Trains on a stream: any iterable or async iterable of batches `{ x, y, sampleWeight? }`, an array of them included. */
  fit(stream: DataStream, options?: FitOptions): Promise<History>;
  async fit(x: DataInput | DataStream, y?: DataInput | FitOptions, options?: FitOptions): Promise<History> {
    this.#refuseWhileTraining("fit");
    const streaming = isStream(x);
    this.#isTraining = true;
    try {
      return await fitModel(
        this,
        x,
        streaming ? undefined : y as DataInput,
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

  /** The loss and the metrics on samples, `{ loss, accuracy, … }`. Dropout is off. @throws as `fit` */
  evaluate(x: DataInput, y: DataInput, options?: EvaluateOptions): Evaluation;
  /** The loss and the metrics on an async iterable of batches `{ x, y, sampleWeight? }`. */
  evaluate(stream: AsyncIterable<StreamBatch>, options?: EvaluateOptions): Promise<Evaluation>;
  /** The loss and the metrics on an iterable of batches: an array, a generator. */
  evaluate(stream: Iterable<StreamBatch>, options?: EvaluateOptions): Evaluation;
  evaluate(
    x: DataInput | DataStream,
    y?: DataInput | EvaluateOptions,
    options?: EvaluateOptions,
  ): Evaluation | Promise<Evaluation> {
    return isStream(x)
      ? evaluateStream(this, x as DataStream, options ?? y as EvaluateOptions)
      : evaluateModel(this, x, y as DataInput, options);
  }

  /**
   * The outputs for samples, as one tensor [samples, …]: `.toArray()` gives nested arrays. Dropout is off.
   *
   * @throws TypeError for data of the wrong shape, RangeError for NaN and Infinity, Error if the model has no weights yet
   */
  predict(x: DataInput, options?: PredictOptions): Tensor;
  /** The outputs for an async iterable of batches: arrays, tensors, or objects `{ x }`. */
  predict(stream: AsyncIterable<SampleBatch>, options?: PredictOptions): Promise<Tensor>;
  /** The outputs for an iterable of batches; an array of batches holds objects `{ x }`. */
  predict(stream: Iterable<SampleBatch>, options?: PredictOptions): Tensor;
  predict(x: DataInput | SampleStream, options: PredictOptions = {}): Tensor | Promise<Tensor> {
    return predictModel(this, x, options);
  }

  /** The outputs for one batch. */
  predictOnBatch(x: DataInput): Tensor {
    const input = this.readInput(x);
    return predictRows(this.network, input, input.shape[0], 1);
  }

  /** Loss and metrics of one batch. Dropout is off, and the weights stay as they are. */
  testOnBatch(x: DataInput, y: DataInput, options: TestOnBatchOptions = {}): Evaluation {
    return testBatch(this, x, y, options);
  }

  /** One training step on one batch; returns loss and metrics of that batch, before the step. */
  trainOnBatch(x: DataInput, y: DataInput, options: TrainOnBatchOptions = {}): Evaluation {
    return trainBatch(this, x, y, options);
  }

  /**
   * Reads samples for this model.
   *
   * @ignore
   */
  readInput(x: DataInput): Tensor {
    return readInput(x, this.network.inputShape, this.layers[0].name);
  }

  /** All weights in Keras's order: layer by layer, kernel before bias. */
  getWeights(): Tensor[] {
    return this.weights.map((weight) => weight.value);
  }

  /**
   * Sets all weights in order, or some of them by name: `{ "dense/bias": [0, 0] }`. Everything is checked before anything changes.
   *
   * @throws TypeError for the wrong number of weights or a wrong shape, RangeError for an unknown name, NaN or Infinity
   */
  setWeights(weights: WeightsInput): void {
    setWeights(this.network, weights);
    this.#layerWeights?.note();
  }

  /** The weights with their names: copies of their values. */
  get weights(): readonly WeightInfo[] {
    return listWeights(this.network);
  }

  /** The learning rate or its schedule; a change takes effect at the next step. */
  get learningRate(): number | Schedule {
    return this.trainer.learningRate;
  }
  set learningRate(rate: number | Schedule) {
    this.trainer.learningRate = rate;
  }

  /** Optimizer steps taken. */
  get iteration(): number {
    return this.trainer.iteration;
  }

  /**
   * The names of the layers that the last `compile` froze; null if they are those whose `trainable` is false now.
   *
   * @ignore
   */
  get frozenByCompile(): readonly string[] | null {
    const frozen = this.#frozen;
    if (frozen === null || this.layers.every((layer) => frozen.has(layer) !== layer.trainable)) return null;
    return [...frozen].map((layer) => layer.name);
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
    this.#layerWeights?.note();
  }
}

/**
 * Makes a model that is a stack of layers.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "retroprop";
 * const model = sequential([
 *   layers.dense({ units: 7, activation: "sigmoid", inputShape: [2] }),
 *   layers.dense({ units: 1, activation: "sigmoid" }),
 * ], { seed: 7 });
 * model.compile({ optimizer: "sgd", loss: "binary_crossentropy", metrics: ["accuracy"] });
 * ```
 * @throws TypeError if `layers` is empty or holds something else, or two layers have one name
 */
export function sequential(layers: readonly Layer[], options?: ModelOptions): Sequential {
  return new Sequential(layers, options);
}

export type { TensorInput };
