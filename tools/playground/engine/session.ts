import type { Configuration } from "../configuration/configuration.ts";
import { hasRate } from "../configuration/optimizer_fields.ts";
import type { Curves, Frame, Grid, LayerShape, Parameter, Phase, Samples, Wishes } from "../protocol.ts";
import type { Dataset } from "../../../src/data/dataset.ts";
import type { Sequential } from "../../../src/models/sequential.ts";
import { samplesFor } from "../../../src/models/evaluate_model.ts";
import { Tensor } from "../../../src/tensor/tensor.ts";
import { evaluateSamples } from "../../../src/training/evaluate_samples.ts";
import { NonFiniteError } from "../../../src/training/non_finite_error.ts";
import { countRight } from "./count_right.ts";
import { CurveLog } from "./curve_log.ts";
import { type DrawnData, drawSamples } from "./data/draw_samples.ts";
import { makeSamples } from "./make_samples.ts";
import { Maps } from "./maps.ts";
import { listLayerShapes, listParameters, makeNetwork } from "./network.ts";
import { RowTracer } from "./row_tracer.ts";
import { StatisticsProbe } from "./statistics_probe.ts";
import { TrainingLoop } from "./training_loop.ts";

/** Epochs whose losses are kept for the diagnosis. */
const MOST_LOSSES = 100_000;
/** The most numbers that the maps of a frame have. */
const MOST_MAP_VALUES = 4_000_000;

/** Samples of one kind, as the page and as the library have them. */
export interface Held {
  readonly samples: Samples;
  readonly dataset: Dataset;
}

/** One run: data, network, and how far its training is. The page's thread or a worker may have it. */
export class Session {
  readonly configuration: Configuration;
  readonly data: DrawnData;
  readonly model: Sequential;
  readonly train: Held;
  /** Null where there are no test samples. */
  readonly test: Held | null;
  readonly layers: readonly LayerShape[];
  readonly parameters: readonly Parameter[];
  readonly loop: TrainingLoop;
  readonly tracer: RowTracer;
  /** The mean loss of every epoch, as `fit` reports it. */
  readonly losses: number[] = [];
  /** The losses of the test samples, of the epochs whose curves are noted. */
  readonly testLosses: number[] = [];
  /** Why the last step that was tried could not be taken; null if it could. */
  failure: NonFiniteError | null = null;
  #statistics: StatisticsProbe | null = null;
  readonly #maps: Maps;
  readonly #curves: CurveLog;
  /** The numbers of the trained parameters of each layer that has some. */
  readonly #trained: readonly (readonly number[])[];

  /** @throws {TypeError | RangeError} What the library says of a configuration that it cannot take */
  constructor(configuration: Configuration) {
    this.configuration = configuration;
    this.data = drawSamples(configuration);
    const { outputs } = this.data;
    const make = (points: DrawnData["train"]): Samples => makeSamples(points, this.data, configuration.features);
    const samples = make(this.data.train);
    this.model = makeNetwork(configuration, samples, outputs);
    const hold = (samples: Samples): Held => {
      const [x, y] = [configuration.features.length, outputs].map((width, i) =>
        new Tensor(i === 0 ? samples.inputs : samples.labels, [samples.count, width])
      );
      return { samples, dataset: samplesFor(this.model, x, y, undefined) };
    };
    this.train = hold(samples);
    this.test = this.data.test.length === 0 ? null : hold(make(this.data.test));
    this.parameters = listParameters(this.model);
    this.layers = listLayerShapes(this.model, configuration, this.parameters);
    this.loop = new TrainingLoop(this.model.trainer, this.train.dataset, {
      batchSize: Math.min(configuration.batchSize ?? samples.count, samples.count),
      shuffle: configuration.shuffle,
      seed: configuration.seed,
    });
    this.tracer = new RowTracer(this.model);
    this.#maps = new Maps(this.model, this.data.domain, configuration.features);
    const withWeights = this.layers.map(({ name, parameters }) => ({
      name,
      trained: parameters.filter((k) => this.parameters[k].isTrained),
    })).filter(({ trained }) => trained.length > 0);
    this.#trained = withWeights.map(({ trained }) => trained);
    this.#curves = new CurveLog(withWeights.map(({ name }) => name));
  }

  /** Epochs done. */
  get epoch(): number {
    return this.model.trainer.epochs;
  }

  /** Whether there are gradients to see. */
  get hasGradients(): boolean {
    return this.model.trainer.generations === null;
  }

  /**
   * Takes a step or the rest of one. Returns whether the epoch is over; then its point of the curves is noted.
   *
   * @throws {NonFiniteError} If the loss is not finite
   */
  step(): boolean {
    return this.#note(this.#try(() => this.loop.step()));
  }

  /** The first half of a step. @throws {NonFiniteError} If the loss is not finite */
  findGradients(): void {
    this.#try(() => this.loop.findGradients());
  }

  /** The second half of a step. @throws {NonFiniteError} If the loss is not finite */
  replaceWeights(): boolean {
    return this.#note(this.#try(() => this.loop.replaceWeights()));
  }

  /** Notes why a step could not be taken. */
  #try<T>(task: () => T): T {
    try {
      return task();
    } catch (error) {
      if (error instanceof NonFiniteError) this.failure = error;
      throw error;
    }
  }

  #note(isOver: boolean): boolean {
    if (!isOver) return false;
    const { epoch } = this;
    if (this.losses.length < MOST_LOSSES) this.losses.push(this.loop.epochLoss);
    if (!this.#curves.takes(epoch)) return true;
    const loss = this.loop.epochLoss;
    const answers = this.data.classes > 0 ? this.answersFor(this.train) : null;
    const tested = this.test === null ? null : this.lossOf(this.test);
    if (tested !== null) this.testLosses.push(tested);
    const testAnswers = this.test === null || answers === null ? null : this.answersFor(this.test);
    this.#curves.add({
      epoch,
      loss,
      testLoss: tested,
      accuracy: answers === null ? null : this.#accuracy(answers, this.train),
      testAccuracy: testAnswers === null ? null : this.#accuracy(testAnswers, this.test!),
      gradientNorms: this.#gradientNorms(),
    });
    return true;
  }

  /** The mean loss of the batches of the last epoch, as `fit` reports it. */
  get epochLoss(): number {
    return this.loop.epochLoss;
  }

  /** Loss of samples at this moment, penalties included, dropout off. Nothing changes. */
  lossOf({ dataset }: Held): number {
    return evaluateSamples(this.model.trainer, dataset, dataset.count).loss as number;
  }

  /** What the network answers, `outputs` numbers a sample: a copy. */
  answersFor({ samples }: Held): Float32Array {
    const program = this.model.network.predictor(samples.count);
    const [name] = Object.keys(program.program.inputs);
    if (name !== undefined) program.input(name).set(samples.inputs);
    program.run();
    return program.output(this.model.network.outputNames[0]).slice();
  }

  /** The share of samples that are answered rightly now, default of those that it trains with; null where there are no classes. */
  accuracy(held: Held = this.train): number | null {
    return this.data.classes === 0 ? null : this.#accuracy(this.answersFor(held), held);
  }

  #accuracy(answers: Float32Array, { samples }: Held): number {
    return countRight(answers, samples, this.data.outputs, this.threshold);
  }

  /** What an answer of one output must be above to mean class 1. */
  get threshold(): number {
    const { name, options } = this.configuration.loss;
    return name === "hinge" || name === "squared_hinge" || options.fromLogits === true ? 0 : 0.5;
  }

  /** The norm of each layer's gradient in the last step; none without gradients. */
  #gradientNorms(): number[] {
    const gradients = this.loop.record?.gradients;
    if (gradients == null) return this.#trained.map(() => NaN);
    const { variables } = this.model.network;
    return this.#trained.map((numbers) => {
      let sum = 0;
      for (const k of numbers) {
        const { slot, elements } = variables[k];
        for (let i = slot; i < slot + elements; i++) sum += gradients[i] * gradients[i];
      }
      return Math.sqrt(sum);
    });
  }

  /** All weights as they are, in the order of `parameters`. */
  weights(): Float32Array {
    return this.#gather((variable) => this.model.network.values(variable));
  }

  /** Sets all weights, in the order of `parameters`; nothing else changes. */
  setWeights(values: Float32Array): void {
    const { network } = this.model;
    let at = 0;
    for (const variable of network.variables) {
      network.values(variable).set(values.subarray(at, at + variable.elements));
      at += variable.elements;
    }
  }

  /** Weights before the last step. */
  weightsBefore(): Float32Array | null {
    const { record } = this.loop;
    if (record === null) return null;
    return this.#gather((variable) => {
      const { block, offset, elements } = variable;
      // What no step of the optimizer moves is not kept.
      return block === "weights"
        ? record.weights.subarray(offset, offset + elements)
        : this.model.network.values(variable);
    });
  }

  /** Gradients of the last step; 0 for what is not trained. Null before the first one, and without gradients. */
  gradients(): Float32Array | null {
    const gradients = this.loop.record?.gradients;
    if (gradients == null) return null;
    return this.#gather(({ slot, elements }) =>
      slot < 0 ? new Float32Array(elements) : gradients.subarray(slot, slot + elements)
    );
  }

  #gather(valuesOf: (variable: Sequential["network"]["variables"][number]) => Float32Array): Float32Array {
    const { variables } = this.model.network;
    const all = new Float32Array(variables.reduce((sum, { elements }) => sum + elements, 0));
    let at = 0;
    for (const variable of variables) {
      all.set(valuesOf(variable), at);
      at += variable.elements;
    }
    return all;
  }

  /** The curves from the beginning. */
  curves(): Curves {
    return this.#curves.all();
  }

  /** What there is to see. @param phase the last phase of the step that is done */
  frame(wishes: Wishes, phase: Phase = "replace"): Frame {
    const { trainer } = this.model;
    const weights = this.weights();
    const before = phase === "replace" ? this.weightsBefore() : null;
    const answers = this.answersFor(this.train);
    const testAnswers = this.test === null ? new Float32Array() : this.answersFor(this.test);
    const hasClasses = this.data.classes > 0;
    const neurons = this.configuration.features.length +
      this.layers.reduce((sum, { units }) => sum + units, 0);
    const mapSize = Math.min(wishes.maps, Math.floor(Math.sqrt(MOST_MAP_VALUES / neurons)));
    const maps = mapSize > 0 ? this.#maps.neurons(mapSize) : null;
    return {
      epoch: trainer.epochs,
      step: trainer.step,
      batch: this.loop.batch,
      batches: this.loop.batches,
      phase,
      loss: this.lossOf(this.train),
      testLoss: this.test === null ? null : this.lossOf(this.test),
      accuracy: hasClasses ? this.#accuracy(answers, this.train) : null,
      testAccuracy: hasClasses && this.test !== null ? this.#accuracy(testAnswers, this.test) : null,
      learningRate: this.#learningRate(),
      curves: this.#curves.takeNew(),
      weights,
      gradients: this.gradients(),
      updates: before === null ? null : weights.map((value, i) => value - before[i]),
      boundary: this.#boundary(wishes.boundary, maps),
      maps,
      statistics: wishes.statistics ? (this.#statistics ??= new StatisticsProbe(this)).measure() : null,
      answers,
      testAnswers,
    };
  }

  /** The boundary: the last planes of the maps, where these are as fine. */
  #boundary(size: number, maps: Grid | null): Grid | null {
    if (size === 0) return null;
    if (maps?.size !== size) return this.#maps.boundary(size);
    const { outputs } = this.data;
    return { size, planes: outputs, values: maps.values.slice((maps.planes - outputs) * size * size) };
  }

  #learningRate(): number | null {
    if (!hasRate(this.configuration.optimizer.name)) return null;
    const { learningRate, step } = this.model.trainer;
    return typeof learningRate === "number" ? learningRate : learningRate.at(step);
  }
}
