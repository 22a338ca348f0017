import type { DataInputs, SampleInputs, SampleWeights } from "../../data/data_input.ts";
import { readInputs } from "../../data/read_inputs.ts";
import { describeValue } from "../../errors/describe_value.ts";
import { isThenable } from "../../errors/is_thenable.ts";
import { nearestName } from "../../errors/nearest_name.ts";
import { readClassWeight } from "../../models/class_weights.ts";
import { compileOptions } from "../../models/compile_options.ts";
import { samplesFor } from "../../models/evaluate_model.ts";
import type { Model } from "../../models/model.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { BatchKind } from "../../training/program_source.ts";
import type { Compilation } from "../../training/trainer.ts";
import { weighClasses } from "../../training/weigh_classes.ts";
import { findClasses } from "./find_classes.ts";
import type { Params } from "../space/params.ts";
import type { SearchSettings } from "./read_search_options.ts";
import type { Direction } from "../samplers/sampler.ts";
import { splitSamples } from "./split_samples.ts";
import { makeTrialPlan } from "./make_trial_plan.ts";
import { nameStep } from "./name_step.ts";
import { needsCallingThread } from "./needs_calling_thread.ts";
import { shareRows, shareSamples } from "./share_samples.ts";
import type { RunSamples, SamplesPart } from "./trial_messages.ts";
import type { TrialCompilation } from "./trial_compilation.ts";
import type { TrialPlan } from "./trial_plan.ts";

/** The data of a search, as the user gave them. */
export interface SearchData {
  readonly x: SampleInputs;
  readonly y: DataInputs;
  readonly sampleWeight?: SampleWeights;
}

/** What a run trains on, and what it is scored on. */
export interface RunParts {
  readonly train: SamplesPart;
  readonly validation: SamplesPart | null;
}

/** A model of a trial, ready to be trained by any thread. */
export interface Prepared {
  readonly plan: TrialPlan;
  /** Given if only the calling thread can train it. */
  readonly compiled?: TrialCompilation;
  /** One for every fold. */
  readonly parts: readonly RunParts[];
}

/** What is wrong with the search as a whole, not with a trial. */
export class SearchFault extends Error {
  constructor(error: unknown) {
    super("", { cause: error });
  }
}

/** Builds models on the calling thread, makes plans of them, and reads and splits the data that they need. */
export class Workshop {
  readonly #settings: SearchSettings;
  readonly #data: SearchData;
  /** All samples, by id, for the threads. */
  readonly samples: Map<number, RunSamples> = new Map();
  /** By what a model expects. */
  readonly #parts = new Map<string, readonly RunParts[]>();
  readonly #checked = new Set<string>();
  /** Of data that bring lengths along, and then of what is given to validate with: the shapes of the inputs, by what a model takes. */
  readonly #inputShapes = new Map<string, readonly (readonly { readonly shape: Shape }[])[]>();
  #direction: Direction | null = null;
  #isWarned = false;

  constructor(settings: SearchSettings, data: SearchData) {
    this.#settings = settings;
    this.#data = data;
  }

  /** Whether small or large scores are good; known when a model has been prepared. */
  get direction(): Direction {
    return this.#direction ?? this.#settings.mode ?? "min";
  }

  /** How many runs a repetition has. */
  get folds(): number {
    const { validation } = this.#settings;
    return validation !== null && "folds" in validation ? validation.folds : 1;
  }

  /** Builds a model to see what it is scored by; returns whether there were params and still nobody knows. */
  learn(params: Params | undefined): boolean {
    if (params === undefined || this.#direction !== null) return false;
    try {
      this.prepare(params, 0);
    } catch {
      // Whatever it is, the trial will tell, if it is not at its end.
    }
    return this.#direction === null;
  }

  /** Calls the user's function. @throws whatever it throws, and TypeError if it gives no compiled model */
  build(params: Params, repetition: number): Model {
    const model = this.#settings.build({ ...params }, { seed: this.#settings.seed + repetition, repetition });
    if (isThenable(model)) {
      throw new TypeError(
        "Cannot search: build must return a model, got a promise; load what it needs before the search",
      );
    }
    if (typeof model !== "object" || model === null || !("isCompiled" in model) || !("layers" in model)) {
      throw new TypeError(`Cannot search: build must return a compiled model, got ${describeValue(model)}`);
    }
    const built = model as Model;
    if (!built.isCompiled) {
      throw new TypeError(
        "Cannot search: build must return a compiled model: call model.compile({ optimizer, loss }) in it",
      );
    }
    if (!built.isBuilt) built.buildFor(this.#data.x);
    return built;
  }

  /**
   * Prepares a repetition of a trial.
   *
   * @throws {SearchFault} If the data or the monitor are wrong for the first model that there is.
   * @throws whatever is wrong with this trial
   */
  prepare(params: Params, repetition: number): Prepared {
    const model = this.build(params, repetition);
    const compiled = compileOptions(model.compiledWith!, model.signature.outputs);
    const parts = this.#partsFor(model, compiled);
    const batchSize = this.#settings.batchSizeOf(params);
    const batches = {
      train: this.#listBatches(parts.map(({ train }) => train), batchSize),
      test: this.#listBatches(parts.flatMap(({ validation }) => validation ?? []), batchSize),
    };
    // A build that takes no seed gives every repetition the same model.
    const { seed } = this.#settings;
    const redraw = repetition > 0 && model.seed !== seed + repetition ? model.seed + repetition : null;
    const learningRate = model.trainerIfAny?.learningRate ?? compiled.optimizer.learningRate;
    const own: TrialCompilation = { ...compiled, learningRate };
    const plan = makeTrialPlan(model, own, { batches, redraw });
    const obstacle = needsCallingThread(own);
    if (obstacle === null) return { plan, parts };
    this.#warn(obstacle);
    return { plan, compiled: own, parts };
  }

  /** The batches of samples, each kind once. */
  #listBatches(parts: readonly SamplesPart[], batchSize: number): BatchKind[] {
    const found = new Map<string, BatchKind>();
    for (const { samples: id, rows } of parts) {
      const { inputs: [{ shape: [all] }], shapes } = this.samples.get(id)!;
      for (const count of listRows(rows?.length ?? all, batchSize)) {
        const batch = { rows: count, shapes };
        found.set(nameStep("train", batch), batch);
      }
    }
    return [...found.values()];
  }

  #warn(obstacle: string): void {
    if (this.#isWarned || this.#settings.workers === 1) return;
    this.#isWarned = true;
    console.warn(`retroprop searches on one thread: ${obstacle} is a function of your own, which no worker can have.`);
  }

  #partsFor(model: Model, compiled: Compilation): readonly RunParts[] {
    const { inputs, outputs } = model.signature;
    const { goals } = compiled.objective;
    // What a port is called matters where there are several, by whose names data may be given.
    const expected = [inputs, outputs].map((ports) =>
      ports.map((
        { name, shape, raw },
      ) => [ports.length > 1 && name, shape, raw?.feeds.map(({ encoder }) => encoder.fingerprint())])
    );
    const isFirst = this.#parts.size === 0;
    try {
      if (isFirst) this.#direction = findDirection(compiled, this.#settings);
      const lengths = model.network.isOpen ? this.#settle(model) : [];
      const key = JSON.stringify([expected, goals.map(({ output, loss }) => [output, loss.target]), ...lengths]);
      const check = JSON.stringify([key, ...goals.map(({ loss }) => [loss.id, loss.config])]);
      let parts = this.#parts.get(key);
      if (parts === undefined || !this.#checked.has(check)) parts = this.#readData(model, compiled, parts);
      this.#parts.set(key, parts);
      this.#checked.add(check);
      return parts;
    } catch (error) {
      throw isFirst ? new SearchFault(error) : error;
    }
  }

  /** The shapes of the outputs of a model for the lengths that data bring along: other models may make others of the same lengths. */
  #settle({ network, signature }: Model): readonly (readonly Shape[])[] {
    const { validation } = this.#settings;
    const key = JSON.stringify([
      signature.inputForm,
      signature.inputs.map((
        { name, shape, raw },
      ) => [name, shape, raw?.feeds.map(({ encoder }) => encoder.fingerprint())]),
    ]);
    let found = this.#inputShapes.get(key);
    if (found === undefined) {
      const all = [this.#data.x, ...(validation !== null && "x" in validation ? [validation.x] : [])];
      found = all.map((x) => readInputs(x, signature).map(({ shape }) => ({ shape })));
      this.#inputShapes.set(key, found);
    }
    return found.map((inputs) => network.settle(network.shapesFor(inputs)).outputs);
  }

  /** Reads and checks the data for a model; `known` are the parts of data that need only be checked. */
  #readData(model: Model, compiled: Compilation, known: readonly RunParts[] | undefined): readonly RunParts[] {
    const { validation, seed } = this.#settings;
    const samples = samplesFor(model, this.#data.x, this.#data.y, this.#data.sampleWeight);
    samples.withClassWeights(
      weighClasses(readClassWeight(this.#settings.classWeight ?? undefined), compiled.objective),
    );
    const given = validation !== null && "x" in validation
      ? samplesFor(model, validation.x, validation.y, validation.sampleWeight)
      : null;
    if (known !== undefined) return known;
    const id = this.samples.size;
    const [{ data: labels }] = samples.targets;
    const classes = findClasses(labels, labels.length / samples.count, compiled.objective.goals[0].loss.target);
    const folds = validation === null || "x" in validation
      ? null
      : splitSamples(samples.count, classes, validation, seed);
    this.samples.set(id, shareSamples(id, samples));
    if (folds !== null) {
      return folds.map((fold) => ({
        train: { samples: id, rows: shareRows(fold.train) },
        validation: { samples: id, rows: shareRows(fold.validation) },
      }));
    }
    if (given !== null) this.samples.set(id + 1, shareSamples(id + 1, given));
    return [{ train: { samples: id, rows: null }, validation: given && { samples: id + 1, rows: null } }];
  }
}

/** The numbers of samples that batches of an epoch have. */
function listRows(count: number, batchSize: number): number[] {
  return [...(count >= batchSize ? [batchSize] : []), ...(count % batchSize === 0 ? [] : [count % batchSize])];
}

/** Whether the monitor is good when it is small or large. @throws {RangeError} If there is no such number, or nobody knows. */
function findDirection({ objective }: Compilation, { monitor, mode, validation }: SearchSettings): Direction {
  const { measures } = objective;
  const plain = measures.map(({ name }) => name);
  const names = validation === null ? plain : [...plain, ...plain.map((name) => `val_${name}`)];
  if (!names.includes(monitor)) {
    const nearest = nearestName(monitor, names);
    const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
    const advice = validation === null && monitor.startsWith("val_") ? "; without validation there is no val_" : "";
    throw new RangeError(
      `Cannot search: monitor must be one of ${
        names.map((name) => `"${name}"`).join(", ")
      }, got "${monitor}"${hint}${advice}`,
    );
  }
  if (mode !== null) return mode;
  const measure = measures.find(({ name }) => name === monitor || `val_${name}` === monitor)!;
  if (measure.direction !== null) return measure.direction;
  throw new RangeError(
    `Cannot search: metric "${measure.name}" does not say whether small or large values are good; give mode: "min" or "max"`,
  );
}
