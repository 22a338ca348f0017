import type { BatchWeights } from "../data/dataset.ts";
import type { PortShapes } from "../data/signature.ts";
import { checkLearningRate, checkRateOfStep } from "../optimizers/check_learning_rate.ts";
import type { AnyOptimizer } from "../optimizers/any_optimizer.ts";
import { isPopulation } from "../optimizers/population_optimizer.ts";
import type { VariablePlace } from "../program/variable_place.ts";
import type { Schedule } from "../schedules/schedule.ts";
import { workOf } from "../ops/work_of.ts";
import type { BatchBuffers, LoadedProgram } from "../workers/loaded_program.ts";
import type { Block, ModelMemory } from "../workers/model_memory.ts";
import { TeamFailure } from "../workers/team_failure.ts";
import type { Counts } from "./counts.ts";
import type { NonFiniteError } from "./non_finite_error.ts";
import type { Objective } from "./objective.ts";
import { ProgramCache } from "./program_cache.ts";
import type { FailedBatch, ProgramSource, StepKind } from "./program_source.ts";
import { gatherFirst, PLACES, wordsOfPlaces } from "./gather_first.ts";
import { compileProbe } from "./compile_probe.ts";
import type { StepThreads } from "./step_threads.ts";
import type { TrainerHost } from "./trainer_host.ts";
import { checkLeadingRate } from "../update/check_leading_rate.ts";
import { DRAWS } from "../update/population_layout.ts";
import { createPopulationUpdate } from "../update/population_update.ts";
import type { StateTensor } from "../update/state_tensor.ts";
import { createUpdate, type Update } from "../update/update.ts";
import { wholeVectors } from "../tensor/whole_vectors.ts";
import { Generations } from "./generations.ts";

/** What `compile` settled. */
export interface Compilation {
  readonly optimizer: AnyOptimizer;
  readonly objective: Objective;
}

/** Trains a network: the programs of a step, the state of the optimizer, and the counters that a resumed run goes on from. */
export class Trainer {
  readonly host: TrainerHost;
  readonly compiled: Compilation;
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
  readonly #update: Update;
  /** What steps are with an optimizer without gradients; null with another one. */
  readonly generations: Generations | null;
  #memory: ModelMemory;
  readonly #programs: Readonly<Record<StepKind | "fit", ProgramCache>> = {
    train: new ProgramCache(),
    test: new ProgramCache(),
    fit: new ProgramCache(),
  };
  /** The programs of an update, by the number of threads. */
  readonly #updatePrograms: Map<number, Record<string, LoadedProgram>> = new Map();
  #probe: LoadedProgram | null = null;
  #ranks = 1;
  #threads: StepThreads | null = null;
  #counts: Counts;
  #separate: Counts | null = null;
  #stepCounter: Uint32Array = new Uint32Array(0);
  #cells: Float32Array | null = null;
  /** The program whose inputs hold the weights of an unweighted batch. */
  #unweighted: BatchBuffers | null = null;

  constructor(host: TrainerHost, compiled: Compilation, source: ProgramSource) {
    this.host = host;
    this.compiled = compiled;
    this.source = source;
    this.#learningRate = compiled.optimizer.learningRate;
    const { slotElements, stagedElements } = host;
    const { optimizer } = compiled;
    this.#update = isPopulation(optimizer)
      ? createPopulationUpdate(optimizer, host.variables)
      : createUpdate(optimizer, host.variables);
    const hasGradients = !isPopulation(optimizer) || optimizer.inner !== null;
    this.#memory = host.allocate([
      ...(hasGradients ? [{ name: "gradients", elements: slotElements }] : []),
      { name: PLACES, elements: wordsOfPlaces(host.inputCount) },
      ...this.#update.blocks,
      ...(stagedElements === 0 ? [] : [{ name: "state_next", elements: stagedElements }]),
      ...listTouched(host.variables),
    ]);
    this.#update.initialize((block) => this.viewOf(block));
    this.#bind();
    this.#counts = this.createCounts();
    this.generations = isPopulation(optimizer) ? new Generations(this, optimizer, compiled.objective.selection) : null;
  }

  /** Takes views on the memory, now and whenever it has moved. */
  #bind(): void {
    const memory = this.#memory;
    const look = (): void => {
      const step = memory.view("step");
      this.#stepCounter = new Uint32Array(step.buffer, step.byteOffset, 1);
      this.#cells = memory.has(this.host.blockOf("cells")) ? this.viewOf("cells") : null;
    };
    look();
    memory.onMove(() => {
      if (memory === this.#memory) look();
    });
  }

  /** Goes over to the memory that there is now, where the store has grown: programs are loaded anew as they are needed. */
  #follow(): ModelMemory {
    const { memory } = this.host;
    if (memory === this.#memory) return memory;
    this.#memory = memory;
    for (const programs of Object.values(this.#programs)) programs.clear();
    this.#updatePrograms.clear();
    this.generations?.clear();
    this.#probe = null;
    this.#unweighted = null;
    this.#bind();
    return memory;
  }

  /** The gradient of a variable, as the last step found it: a view on the memory. */
  gradientOf({ slot, elements, shape: [rows], touched }: VariablePlace): Float32Array {
    const gradient = this.viewOf("gradients", slot, elements);
    if (touched === undefined) return gradient;
    const width = elements / rows;
    this.viewOf("touched", touched, rows).forEach((flag, row) => {
      if (flag === 0) gradient.fill(0, row * width, (row + 1) * width);
    });
    return gradient;
  }

  /** Puts another gradient in the place of that of the last step. */
  setGradient({ slot, elements, shape: [rows], touched }: VariablePlace, values: Float32Array): void {
    this.viewOf("gradients", slot, elements).set(values);
    if (touched !== undefined) this.viewOf("touched", touched, rows).fill(1);
  }

  /** A block of the memory as this trainer calls it, or a part of it. */
  viewOf(block: string, offset = 0, elements?: number): Float32Array {
    return this.#follow().view(this.host.blockOf(block), offset, elements);
  }

  /** The blocks of memory with what the optimizer keeps. */
  get stateBlocks(): readonly string[] {
    return this.#update.blocks.map((block) => block.name).filter((name) => name !== "cells" && name !== DRAWS);
  }

  /** What a saved model keeps besides its weights, variable by variable. */
  get stateParts(): readonly StateTensor[] {
    return this.#update.parts;
  }

  /** The weights of a variable that training steps are taken at: those of the model, unless the optimizer has others. */
  trainedAt(variable: VariablePlace): Float32Array {
    const { block, offset, elements } = this.#update.pointOf(variable) ?? variable;
    return this.viewOf(block, offset, elements);
  }

  /**
   * The learning rate or its schedule; callbacks may change it. A schedule is asked with `step`, once a batch, as in Keras. With groups of
   * optimizers it is that of the first group, and the others keep their ratio to it.
   *
   * @throws {TypeError | RangeError} when it is set to anything but a number >= 0 or a schedule, or the others have no ratio to it
   */
  get learningRate(): number | Schedule {
    return this.#learningRate;
  }
  set learningRate(rate: number | Schedule) {
    this.#learningRate = checkLeadingRate(this.compiled.optimizer, checkLearningRate("set the learning rate", rate));
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
    return this.#follow();
  }

  /**
   * The program of a training step (`train`) or of an evaluation (`test`) for `rows` samples; `fit`: a training step that gathers its inputs
   * from `SharedSamples`.
   *
   * @param shapes where the batch brings lengths along, those at the ports; else null, the default
   */
  program(kind: StepKind | "fit", rows: number, shapes: PortShapes | null = null): LoadedProgram {
    const memory = this.#follow();
    if (kind !== "test") this.#beginFromWeights();
    const programs = this.#programs[kind];
    const generations = kind === "test" ? null : this.generations;
    const ranks = generations === null ? this.#ranks : 1; // what all threads run is made of it
    let loaded = programs.find(rows, ranks, shapes);
    if (loaded === undefined) {
      this.#threads?.skip();
      programs.makeRoom((old) => {
        generations?.unload(old);
        memory.unload(old);
      });
      const program = this.source.compileStep(kind === "fit" ? "train" : kind, { rows, shapes }, ranks);
      if (generations !== null) loaded = generations.load(program);
      else loaded = this.host.load(kind === "fit" ? gatherFirst(program, rows, this.host.inputCount) : program);
      programs.keep(loaded, rows, ranks, shapes);
    }
    return loaded;
  }

  /** Before the first step: what an optimizer keeps of the weights is that of the weights as they are now. */
  #beginFromWeights(): void {
    if (this.step === 0 && this.#update.followsWeights) this.#update.initialize((block) => this.viewOf(block));
  }

  /** Fills what every value of the losses counts, from the weights of samples or from 1. */
  fillScale(program: BatchBuffers, weights: BatchWeights): void {
    const isFilled = this.#unweighted === program && program.holdsInputs;
    this.#unweighted = this.compiled.objective.fillScale(program, weights, isFilled) ? program : null;
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
  explain(
    { program, ...batch }: Omit<FailedBatch, "inputs" | "step"> & { readonly program: LoadedProgram },
  ): NonFiniteError {
    const names = Object.keys(program.program.inputs);
    const inputs = Object.fromEntries(names.map((name) => [name, program.input(name).slice()]));
    return this.source.explain({ ...batch, inputs, step: this.step });
  }

  /**
   * Takes the optimizer's step on the gradients of the last batch.
   *
   * @throws TypeError or RangeError if the numbers of the step are none that can be used; the weights are as they were
   * @throws TeamFailure if a worker was lost; the step is finished all the same
   */
  runUpdate(): void {
    this.#beginFromWeights();
    const rate = this.#rateNow;
    const loaded = this.#loadedUpdate();
    try {
      const { step, iteration } = this;
      this.iteration = this.#update.run(loaded, this.#cells, { step, iteration, learningRate: rate });
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
    this.#follow();
    return this.#probe ??= this.host.load(compileProbe(this.host.weightElements));
  }

  /** To be called when a fit ends, without a team: weights become their moving average, where the optimizer keeps one. */
  finish(): void {
    this.#update.finish(this.#loadedUpdate(), this.iteration);
  }

  /** Begins anew with the weights as they are: state of the optimizer, counters and learning rate are as before the first step. */
  reset(): void {
    for (const block of this.stateBlocks) this.viewOf(block).fill(0);
    this.#update.initialize((block) => this.viewOf(block));
    Object.assign(this, { iteration: 0, step: 0, epochs: 0, learningRate: this.compiled.optimizer.learningRate });
  }

  #loadedUpdate(): Record<string, LoadedProgram> {
    this.#follow();
    let loaded = this.#updatePrograms.get(this.#ranks);
    if (loaded === undefined) {
      this.#threads?.skip();
      const programs = Object.entries(this.source.compileUpdate(this.#ranks));
      loaded = Object.fromEntries(programs.map(([name, program]) => [name, this.host.load(program)]));
      this.#updatePrograms.set(this.#ranks, loaded);
    }
    return loaded;
  }

  /** Loss and metrics that are counted now. */
  get counts(): Counts {
    return this.#counts;
  }

  /** Loss and metrics that nothing was counted into yet. */
  createCounts(): Counts {
    return this.compiled.objective.createCounts();
  }

  /** Runs `count` with loss and metrics of its own, so that an evaluation leaves those of the running epoch alone. */
  countSeparately<T>(count: () => T): T {
    return this.countInto(this.#separate ??= this.createCounts(), () => {
      this.#counts.reset();
      return count();
    });
  }

  /** Runs `count`, which counts into `counts`: for an evaluation whose batches come in their time, while other things are counted. */
  countInto<T>(counts: Counts, count: () => T): T {
    const before = this.#counts;
    this.#counts = counts;
    try {
      return count();
    } finally {
      this.#counts = before;
    }
  }
}

/** The block of the flags of rows, where there are any. */
function listTouched(variables: readonly VariablePlace[]): Block[] {
  let elements = 0;
  for (const { touched, shape: [rows] } of variables) {
    if (touched !== undefined) elements = Math.max(elements, touched + wholeVectors(rows));
  }
  return elements === 0 ? [] : [{ name: "touched", elements }];
}
