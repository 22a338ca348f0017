import { setEntry } from "../errors/set_entry.ts";
import { checkLabels } from "../losses/check_labels.ts";
import type { Loss } from "../losses/loss.ts";
import { reduceWeights } from "../losses/reduce_weights.ts";
import type { Metric, MetricBatch, MetricState } from "../metrics/metric.ts";
import { checkLearningRate, checkRateOfStep } from "../optimizers/check_learning_rate.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { matrixOf } from "../ops/op.ts";
import { workOf } from "../ops/work_of.ts";
import type { Shape } from "../tensor/shape.ts";
import type { StateValue } from "../tensor/state_value.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { BatchBuffers, LoadedProgram } from "../workers/loaded_program.ts";
import type { Block, ModelMemory } from "../workers/model_memory.ts";
import { TeamFailure } from "../workers/team_failure.ts";
import type { Logs } from "./callback.ts";
import type { NonFiniteError } from "./non_finite_error.ts";
import type { ProgramSource, StepKind } from "./program_source.ts";
import { gatherFirst } from "./gather_first.ts";
import { compileProbe } from "./compile_probe.ts";
import type { StepThreads } from "./step_threads.ts";
import { createUpdate, type Update } from "./update.ts";

/** How many programs of a kind are kept, for different batch sizes. */
const MAX_PROGRAMS = 16;

/** What `compile` settled. */
export interface Compiled {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly metrics: readonly Metric[];
  readonly weightedMetrics: readonly Metric[];
}

/** A metric that is being counted. */
interface Counting {
  readonly metric: Metric;
  readonly state: MetricState;
  readonly weighted: boolean;
}

/** Loss and metrics of the batches counted. */
export interface Counts {
  readonly counting: readonly Counting[];
  lossSum: number;
  lossWeight: number;
}

/** What a trainer needs of what it trains. */
export interface TrainerHost {
  readonly outputShape: Shape;
  readonly variables: readonly VariablePlace[];
  /** Elements of the block `weights`. */
  readonly weightElements: number;
  /** Makes a memory with these blocks besides `weights`, `state` and `step`, which keep their values. */
  allocate(blocks: readonly Block[]): ModelMemory;
}

/** Trains a network: the programs of a step, the state of the optimizer, and the counters that a resumed run goes on from. */
export class Trainer {
  readonly host: TrainerHost;
  readonly compiled: Compiled;
  /** What has been learnt of the threads that training steps of `memory` run with, from one fit to the next. */
  stepThreads: StepThreads | null = null;
  /** Where the programs come from. */
  readonly source: ProgramSource;
  /** Optimizer steps taken. */
  iteration = 0;
  /** Training steps run: a random stream of its own for each, also where gradients are accumulated over several. */
  step = 0;
  /** Epochs completed; each has a shuffle of its own. */
  epochs = 0;
  #learningRate: number | Schedule;
  /** The shape of one sample's label. */
  readonly targetShape: Shape;
  readonly #update: Update;
  readonly #memory: ModelMemory;
  readonly #programs: Readonly<Record<StepKind | "fit", Map<number, LoadedProgram>>> = {
    train: new Map(),
    test: new Map(),
    fit: new Map(),
  };
  /** The programs of an update, by the number of threads. */
  readonly #updatePrograms: Map<number, Record<string, LoadedProgram>> = new Map();
  #probe: LoadedProgram | null = null;
  #ranks = 1;
  #threads: StepThreads | null = null;
  #counting: readonly Counting[];
  #separate: Counts | null = null;
  #stepCounter: Uint32Array;
  #cells: Float32Array | null;
  readonly #batch: { -readonly [K in keyof MetricBatch]: MetricBatch[K] };
  /** The program whose inputs hold the weights of an unweighted batch. */
  #unweighted: BatchBuffers | null = null;
  #lossSum = 0;
  #lossWeight = 0;

  constructor(host: TrainerHost, compiled: Compiled, source: ProgramSource) {
    this.host = host;
    this.compiled = compiled;
    this.source = source;
    this.#learningRate = compiled.optimizer.learningRate;
    const { outputShape, weightElements } = host;
    this.targetShape = compiled.loss.target === "class_index" ? outputShape.slice(0, -1) : outputShape;
    this.#update = createUpdate(compiled.optimizer, weightElements);
    this.#memory = host.allocate([{ name: "gradients", elements: weightElements }, ...this.#update.blocks]);
    this.#update.initialize(this.#memory);
    const bind = (): [Uint32Array, Float32Array | null] => {
      const step = this.#memory.view("step");
      return [
        new Uint32Array(step.buffer, step.byteOffset, 1),
        this.#memory.has("cells") ? this.#memory.view("cells") : null,
      ];
    };
    [this.#stepCounter, this.#cells] = bind();
    this.#memory.onMove = () => [this.#stepCounter, this.#cells] = bind();
    this.#counting = this.#createCounting();
    const empty = new Float32Array(0);
    this.#batch = { yTrue: empty, yPred: empty, rows: 0, trueWidth: 1, predWidth: 1, sampleWeight: null };
  }

  /** The blocks of memory that a saved model keeps besides its weights; they have the layout of `weights`. */
  get stateBlocks(): readonly string[] {
    return this.#update.blocks.map((block) => block.name).filter((name) => name !== "cells");
  }

  /** The part of a state block that belongs to a variable. */
  stateOf(block: string, variable: VariablePlace): Float32Array {
    return this.#memory.view(block, variable.offset, variable.elements);
  }

  /** Values of the loss for one sample: more than one where the output has more axes than [batch, width]. */
  get valuesPerSample(): number {
    return sizeOf(this.host.outputShape.slice(0, -1));
  }

  /**
   * The learning rate or its schedule; callbacks may change it. A schedule is asked with `step`, once a batch, as in Keras.
   *
   * @throws {TypeError | RangeError} when it is set to anything but a number >= 0 or a schedule
   */
  get learningRate(): number | Schedule {
    return this.#learningRate;
  }
  set learningRate(rate: number | Schedule) {
    this.#learningRate = checkLearningRate("set the learning rate", rate);
  }

  /** The learning rate of the next step. @throws {TypeError | RangeError} If the schedule gives no number >= 0. */
  get #rateNow(): number {
    const rate = this.#learningRate;
    return typeof rate === "number" ? rate : checkRateOfStep(rate.at(this.step), rate, this.step);
  }

  /** How many threads run the programs: the memory must have a team of as many. */
  get ranks(): number {
    return this.#ranks;
  }
  set ranks(ranks: number) {
    this.#ranks = ranks;
  }

  /** What chooses the number of threads of every step; null: `ranks` says it. */
  get threads(): StepThreads | null {
    return this.#threads;
  }
  set threads(threads: StepThreads | null) {
    this.#threads = threads;
    this.#ranks = 1;
  }

  /** Before the program of a training step is asked for. */
  beginStep(): void {
    if (this.#threads !== null) this.#ranks = this.#threads.choose();
  }

  /** After a training step of `program`. */
  endStep({ program: { cost } }: LoadedProgram): void {
    if (this.#threads === null) return;
    const goesOn = this.#threads.end(workOf(cost));
    this.#ranks = this.#threads.resting;
    if (!goesOn) this.#threads = null;
  }

  /** The memory that it trains in. */
  get memory(): ModelMemory {
    return this.#memory;
  }

  /**
   * The program of a training step (`train`) or of an evaluation (`test`) for `rows` samples; `fit`: a training step that gathers its `x`
   * from `SharedSamples`.
   */
  program(kind: StepKind | "fit", rows: number): LoadedProgram {
    const programs = this.#programs[kind];
    const key = rows * 128 + this.#ranks;
    let loaded = programs.get(key);
    if (loaded === undefined) {
      this.#threads?.skip();
      if (programs.size >= MAX_PROGRAMS) {
        for (const old of programs.values()) this.#memory.unload(old);
        programs.clear();
      }
      const program = this.source.compileStep(kind === "fit" ? "train" : kind, rows, this.#ranks);
      loaded = this.#memory.load(kind === "fit" ? gatherFirst(program, rows) : program);
      programs.set(key, loaded);
    }
    return loaded;
  }

  /** Fills the weights of the loss, from sample weights or from 1, for the reduction of the loss. */
  fillScale(program: BatchBuffers, sampleWeight: Float32Array | null): void {
    const { loss } = this.compiled;
    const mask = loss.rowWeights?.(program.input("y")) ?? null;
    const scale = program.input("scale");
    if (mask === null && sampleWeight === null) {
      if (this.#unweighted !== program || !program.holdsInputs) reduceWeights(scale, loss.reduction);
      this.#unweighted = program;
      return;
    }
    this.#unweighted = null;
    reduceWeights(scale, loss.reduction, { sampleWeight: this.spread(sampleWeight, scale.length), mask });
  }

  /** Weights of samples as weights of rows: each once for every row of its sample. */
  spread(sampleWeight: Float32Array | null, rows: number): Float32Array | null {
    if (sampleWeight === null || sampleWeight.length === rows) return sampleWeight;
    const per = rows / sampleWeight.length;
    return Float32Array.from({ length: rows }, (_, i) => sampleWeight[Math.floor(i / per)]);
  }

  /** Writes the number of the step where programs read it. */
  writeStep(): void {
    this.#stepCounter[0] = this.step;
  }

  /** Runs forward and backward of one batch whose inputs are filled, and returns the loss. Weights do not change. */
  runForward(program: LoadedProgram): number {
    this.writeStep();
    program.run();
    return program.output("loss")[0];
  }

  /** Finds out where a value of a batch, whose inputs are still there, stopped being finite. */
  explain(program: LoadedProgram, rows: number, epoch: number, batch: number): NonFiniteError {
    const [x, y, scale] = ["x", "y", "scale"].map((name) => program.input(name).slice());
    return this.source.explain({ rows, inputs: { x, y, scale }, step: this.step, epoch, batch });
  }

  /**
   * Takes the optimizer's step on the gradients of the last batch.
   *
   * @throws TypeError or RangeError if the numbers of the step are none that can be used; the weights are as they were
   * @throws TeamFailure if a worker was lost; the step is finished all the same
   */
  runUpdate(): void {
    const rate = this.#rateNow;
    const loaded = this.#loadedUpdate();
    try {
      this.iteration = this.#update.run(loaded, this.#cells, this.step, this.iteration, rate);
    } catch (error) {
      if (error instanceof TeamFailure) {
        this.#memory.finishRun();
        this.iteration = this.#update.iterationAfter(this.step, this.iteration);
        this.step++;
      }
      throw error;
    }
    this.step++;
  }

  /** The program that says whether the weights are finite. */
  get probe(): LoadedProgram {
    return this.#probe ??= this.#memory.load(compileProbe(this.host.weightElements));
  }

  /** To be called when a fit ends, without a team: weights become their moving average, where the optimizer keeps one. */
  finish(): void {
    this.#update.finish(this.#loadedUpdate(), this.iteration);
  }

  /** Begins anew with the weights as they are: state of the optimizer, counters and learning rate are as before the first step. */
  reset(): void {
    for (const block of this.stateBlocks) this.#memory.view(block).fill(0);
    this.#update.initialize(this.#memory);
    Object.assign(this, { iteration: 0, step: 0, epochs: 0, learningRate: this.compiled.optimizer.learningRate });
  }

  #loadedUpdate(): Record<string, LoadedProgram> {
    let loaded = this.#updatePrograms.get(this.#ranks);
    if (loaded === undefined) {
      this.#threads?.skip();
      const programs = Object.entries(this.source.compileUpdate(this.#ranks));
      loaded = Object.fromEntries(programs.map(([name, program]) => [name, this.#memory.load(program)]));
      this.#updatePrograms.set(this.#ranks, loaded);
    }
    return loaded;
  }

  /** Forgets the running loss and metrics. */
  resetCounts(): void {
    this.#lossSum = 0;
    this.#lossWeight = 0;
    for (const { state } of this.#counting) state.reset();
  }

  /** Runs `count` with loss and metrics of its own, so that an evaluation leaves those of the running epoch alone. */
  countSeparately<T>(count: () => T): T {
    return this.countInto(this.#separate ??= this.createCounts(), () => {
      this.resetCounts();
      return count();
    });
  }

  /** Loss and metrics that nothing was counted into yet. */
  createCounts(): Counts {
    return { counting: this.#createCounting(), lossSum: 0, lossWeight: 0 };
  }

  /** Runs `count`, which counts into `counts`: for an evaluation whose batches come in their time, while other things are counted. */
  countInto<T>(counts: Counts, count: () => T): T {
    const [counting, sum, weight] = [this.#counting, this.#lossSum, this.#lossWeight];
    [this.#counting, this.#lossSum, this.#lossWeight] = [counts.counting, counts.lossSum, counts.lossWeight];
    try {
      return count();
    } finally {
      [counts.lossSum, counts.lossWeight] = [this.#lossSum, this.#lossWeight];
      [this.#counting, this.#lossSum, this.#lossWeight] = [counting, sum, weight];
    }
  }

  #createCounting(): Counting[] {
    const { metrics, weightedMetrics } = this.compiled;
    return [
      ...metrics.map((metric) => ({ metric, state: metric.create(), weighted: false })),
      ...weightedMetrics.map((metric) => ({ metric, state: metric.create(), weighted: true })),
    ];
  }

  /** Counts one batch that has been run. */
  countBatch(program: BatchBuffers, rows: number, loss: number, sampleWeight: Float32Array | null): void {
    this.#lossSum += loss * rows;
    this.#lossWeight += rows;
    if (this.#counting.length === 0) return;
    const batch = this.#batch;
    const { width } = matrixOf([rows, ...this.host.outputShape]);
    batch.yPred = program.output("output");
    batch.yTrue = program.input("y");
    batch.rows = batch.yPred.length / width;
    batch.predWidth = width;
    batch.trueWidth = batch.yTrue.length / batch.rows;
    for (const { state, weighted } of this.#counting) {
      batch.sampleWeight = weighted ? this.spread(sampleWeight, batch.rows) : null;
      state.update(batch);
    }
  }

  /** The mean loss and the metrics of the batches counted, with `prefix` before their names. */
  readCounts(prefix = ""): Logs & { loss: number } {
    const logs: Logs = { [`${prefix}loss`]: this.#lossWeight === 0 ? 0 : this.#lossSum / this.#lossWeight };
    for (const { metric, state } of this.#counting) setEntry(logs, prefix + metric.name, state.result());
    return logs as Logs & { loss: number };
  }

  /** What was counted since `resetCounts`, to go on from it. @throws {TypeError} If a metric cannot give its state. */
  getCounts(): StateValue {
    const metrics = this.#counting.map(({ metric, state }) => {
      if (state.getState === undefined || state.setState === undefined) {
        throw new TypeError(
          `Cannot back up within an epoch: metrics must have getState and setState, but "${metric.name}" has not; ` +
            'give it both, or use saveFreq "epoch"',
        );
      }
      return state.getState();
    });
    return { loss: Float64Array.of(this.#lossSum, this.#lossWeight), metrics };
  }

  /** Goes on counting from what `getCounts` gave. @throws {TypeError} If it is of other metrics. */
  setCounts(counts: StateValue): void {
    const { loss, metrics } = counts as { loss?: StateValue; metrics?: StateValue };
    const fits = loss instanceof Float64Array && loss.length === 2 && Array.isArray(metrics) &&
      metrics.length === this.#counting.length;
    if (!fits) throw new TypeError("Cannot go on within an epoch: the metrics must be those of the backup");
    [this.#lossSum, this.#lossWeight] = loss;
    this.#counting.forEach(({ state }, i) => state.setState?.(metrics[i]));
  }

  /** Checks labels against the loss: range, integers, 0 or 1. */
  checkLabels(y: Float32Array): void {
    const predWidth = this.host.outputShape[this.host.outputShape.length - 1] ?? 1;
    const trueWidth = this.compiled.loss.target === "class_index" ? 1 : predWidth;
    checkLabels(this.compiled.loss, y, { trueWidth, predWidth, rowsPerSample: this.valuesPerSample });
  }
}
