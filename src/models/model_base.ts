import type { DataInput, DataInputs, SampleInputs } from "../data/data_input.ts";
import type { Signature } from "../data/signature.ts";
import { describeValue } from "../errors/describe_value.ts";
import { nearestName } from "../errors/nearest_name.ts";
import type { Layer } from "../layers/layer.ts";
import { listLayers } from "../layers/list_layers.ts";
import { Recurrent } from "../layers/recurrent.ts";
import type { LayerOutput } from "../layers/layer_output.ts";
import type { Schedule } from "../schedules/schedule.ts";
import type { Json } from "../tensor/json.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Network } from "../training/network.ts";
import type { Trainer } from "../training/trainer.ts";
import { internals } from "./internals.ts";
import { findGradients, type Gradients, stepWith } from "./model_gradients.ts";
import type { TrainOnBatchOptions } from "./options.ts";
import { currentRows, listPopulation, type PopulationMember } from "./list_population.ts";
import { ModelParts } from "./model_parts.ts";
import { listWeights, setWeights, type WeightInfo, type WeightsInput } from "./set_weights.ts";

/** The shape of a batch: null stands for the number of samples, which may be any. */
export type BatchShape = readonly (number | null)[];

/** The optimizer of a compiled model: how it was made, and what changes while it trains. */
export interface ModelOptimizer {
  /** Its name in the table of optimizers: `adam`. */
  readonly id: string;
  /** Its options, as `compile` got them; `{ id, config }` is taken where an optimizer is. */
  readonly config: Readonly<Record<string, Json>>;
  /** The learning rate or its schedule, the same as `model.learningRate`; a change takes effect at the next step. */
  learningRate: number | Schedule;
  /** Steps taken. */
  readonly iterations: number;
}

/** What every model can be asked about its layers, shapes and optimizer. */
export abstract class ModelBase extends ModelParts {
  /**
   * The built network.
   *
   * @ignore
   */
  abstract get network(): Network;
  /**
   * The compiled trainer.
   *
   * @ignore
   */
  abstract get trainer(): Trainer;

  /**
   * What the model takes and gives. @throws Error if the model is not built
   *
   * @ignore
   */
  abstract get signature(): Signature;

  /**
   * What `retroprop/explain` takes of the library that made the model.
   *
   * @ignore
   */
  get internals(): object {
    return internals;
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
    this.network.tellLayers();
  }

  /** Sets the states of layers that are stateful to 0, as before the first batch. */
  resetStates(): void {
    for (const { layer } of listLayers(this.layers)) {
      if (layer instanceof Recurrent && layer.stateful) layer.resetStates();
    }
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
   * A layer, by its name or its number: 0 is the first, −1 the last.
   *
   * @throws {RangeError} If there is no such layer; the error lists those that are there.
   */
  getLayer(nameOrIndex: string | number): Layer {
    if (typeof nameOrIndex !== "string" && typeof nameOrIndex !== "number") {
      throw new TypeError(`Cannot get layer: a layer is named or numbered, got ${describeValue(nameOrIndex)}`);
    }
    const found = typeof nameOrIndex === "number"
      ? this.layers.at(Number.isInteger(nameOrIndex) ? nameOrIndex : this.layers.length)
      : this.layers.find((layer) => layer.name === nameOrIndex);
    if (found !== undefined) return found;
    const names = this.layers.map((layer) => layer.name);
    const nearest = typeof nameOrIndex === "string" ? nearestName(nameOrIndex, names) : undefined;
    throw new RangeError(
      `Cannot get layer: model "${this.name}" has no layer ${describeValue(nameOrIndex)}` +
        `${nearest === undefined ? "." : `; did you mean "${nearest}"?`} Layers are: ${names.join(", ")}`,
    );
  }

  /** The number of weights, as `summary` counts them. @throws Error if the model is not built */
  countParams(): number {
    return this.network.variables.reduce((sum, variable) => sum + variable.elements, 0);
  }

  /**
   * The shape of what the model takes, `[null, 2]`: null counts the samples. Of several inputs, `inputs` has the shapes.
   *
   * @throws Error if the model is not built; TypeError if it has several inputs
   */
  get inputShape(): BatchShape {
    return [null, ...this.network.inputShape];
  }

  /**
   * The shape of what the model gives, `[null, 1]`: null counts the samples. Of several outputs, `outputs` has the shapes.
   *
   * @throws Error if the model is not built; TypeError if it has several outputs
   */
  get outputShape(): BatchShape {
    return [null, ...this.network.outputShape];
  }

  /** The inputs, with name and shape; other models can begin at them. @throws Error if the model is not built */
  get inputs(): readonly LayerOutput[] {
    return this.network.graph.inputs;
  }

  /** The outputs, with the names of their layers and shapes; layers can be applied to them. @throws Error if the model is not built */
  get outputs(): readonly LayerOutput[] {
    return this.network.graph.outputs;
  }

  /**
   * The loss of one batch and its gradients by name, as a training step finds them: penalties and weights of samples count. No step is
   * taken; clipping, decay and so on belong to the optimizer, and come with `applyGradients`.
   *
   * @example
   * ```ts
   * import { layers, sequential } from "retroprop";
   * const model = sequential([layers.dense({ units: 1, inputShape: [2] })]);
   * model.compile({ optimizer: "sgd", loss: "mse" });
   * const { loss, gradients } = model.gradients([[1, 2]], [3]);
   * model.applyGradients(gradients);
   * ```
   * @throws as `fit`; Error if the model is not compiled
   */
  gradients(x: SampleInputs, y: DataInputs, options?: TrainOnBatchOptions): Gradients {
    return findGradients(this, x, y, options);
  }

  /**
   * Takes one step of the optimizer with gradients of your own, by the names of the weights; clipping, decay, averages and constraints apply.
   *
   * @throws TypeError if one is missing or has another shape, RangeError for an unknown name, NaN or Infinity; nothing has changed then
   */
  applyGradients(gradients: Readonly<Record<string, DataInput>>): void {
    stepWith(this, gradients);
  }

  /**
   * The members of the population of an optimizer without gradients, the best first: their weights by name, and what they score. Before the
   * first step there are none.
   *
   * @throws {TypeError} If the optimizer uses gradients
   */
  population(): readonly PopulationMember[] {
    return listPopulation(this.trainer);
  }

  /** How many members the population has; 0 before the first step. @throws {TypeError} If the optimizer uses gradients */
  get populationSize(): number {
    const [from, to] = currentRows(this.trainer) ?? [0, 0];
    return to - from;
  }

  /** The optimizer that `compile` settled. @throws Error if the model is not built or not compiled */
  get optimizer(): ModelOptimizer {
    const trainer = (): Trainer => this.trainer;
    const { id, config } = trainer().compiled.optimizer;
    return {
      id,
      config,
      get learningRate() {
        return trainer().learningRate;
      },
      set learningRate(rate) {
        trainer().learningRate = rate;
      },
      get iterations() {
        return trainer().iteration;
      },
    };
  }

  /**
   * There is no such method here: layers are given to `sequential`.
   *
   * @ignore
   */
  add(this: never): never {
    throw new TypeError(
      "Cannot add a layer to a model: its layers do not change; write sequential([…]) with all of them",
    );
  }

  /**
   * There is no such method here: nothing has to be disposed.
   *
   * @ignore
   */
  dispose(this: never): never {
    throw new TypeError(
      "Cannot dispose a model: nothing has to be, the garbage collector takes it; leave the call out",
    );
  }
}
