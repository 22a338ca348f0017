import type { CompiledSteps, Port } from "../files/compiled_format.ts";
import type { Engine, EngineName } from "./engine.ts";
import { type Nested, type NumericArray, toNested } from "./nested.ts";
import type { EdgePlan } from "./plan.ts";
import { readSample } from "./read_sample.ts";

/** What a stepper knows of the steps that it has done. */
export interface EdgeStepperState {
  /** How many they are. */
  readonly steps: number;
  /** What layers have kept, by `<layer>/<name>`. */
  readonly values: Readonly<Record<string, Float32Array>>;
}

/** A compiled model that runs one step of a sequence at a time. Make one with `loadStepper`. */
export class EdgeStepper {
  /** The model's name. */
  readonly name: string;
  /** What a step takes: one input, with its name and shape. */
  readonly inputs: readonly Port[];
  /** What a step gives: one output, with its name, its shape and the labels, if it has any. */
  readonly outputs: readonly Port[];
  /** Which code runs it, as of `EdgeModel`. */
  readonly engine: EngineName;
  /** How many steps there may be; null where nothing limits them. */
  readonly maxSteps: number | null;
  readonly #plan: EdgePlan;
  readonly #engine: Engine;
  readonly #position: number | undefined;
  readonly #states: CompiledSteps["states"];
  /** What is kept between steps: the memory is used for other things within one. */
  readonly #values: readonly Float32Array[];
  #steps = 0;

  /** For `loadStepper`. */
  constructor(plan: EdgePlan, engine: Engine, { most, position, states }: CompiledSteps) {
    this.name = plan.name;
    this.inputs = [plan.input];
    this.outputs = [plan.output];
    this.engine = engine.name;
    this.maxSteps = most;
    this.#plan = plan;
    this.#engine = engine;
    this.#position = position;
    this.#states = states;
    this.#values = states.map(({ shape }) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
  }

  /** How many steps have been done since the beginning. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Does the next step: what the model predicts for the sequence until now, at its last step. Nested arrays like the input, fit for JSON.
   *
   * @param x the step: nested arrays or a typed array; a number where a step is one
   * @throws TypeError for what is no array of numbers of the right shape, RangeError for NaN, Infinity and numbers beyond float32, and after
   *   `maxSteps` steps
   */
  step(x: Nested | NumericArray): Nested {
    const { input: { name, shape }, inputElements, inputAt, outputAt, output } = this.#plan;
    this.#checkRoom();
    readSample(x, shape, this.#engine.heap, this.#at(inputAt), name, inputElements);
    this.#run();
    return toNested(this.#engine.heap, this.#at(outputAt), output.shape, 0);
  }

  /**
   * As `step`, from one array into another without any allocation. The input is not searched for NaN.
   *
   * @throws TypeError if the lengths are not those of input and output, RangeError after `maxSteps` steps
   */
  run(input: Float32Array, output: Float32Array): void {
    const { inputElements, outputElements, inputAt, outputAt } = this.#plan;
    if (input.length !== inputElements || output.length !== outputElements) {
      throw new TypeError(
        `Cannot run step: input and output must have ${inputElements} and ${outputElements} elements, got ${input.length} and ${output.length}`,
      );
    }
    this.#checkRoom();
    const { heap } = this.#engine, from = this.#at(inputAt), to = this.#at(outputAt);
    for (let i = 0; i < inputElements; i++) heap[from + i] = input[i];
    this.#run();
    for (let i = 0; i < outputElements; i++) output[i] = heap[to + i];
  }

  /** Forgets all steps: the next one is the first. */
  reset(): void {
    this.#steps = 0;
    for (const value of this.#values) value.fill(0);
  }

  /** A copy of what the stepper knows: to go on from here more than once. Set it to go back. */
  get state(): EdgeStepperState {
    const entries = this.#states.map(({ name }, i) => [name, this.#values[i].slice()]);
    return { steps: this.#steps, values: Object.fromEntries(entries) };
  }

  set state({ steps, values }: EdgeStepperState) {
    if (!(Number.isSafeInteger(steps) && steps >= 0 && steps <= (this.maxSteps ?? steps))) {
      throw new RangeError(
        `Cannot set state: steps must be an integer from 0 to ${this.maxSteps ?? "any"}, got ${steps}`,
      );
    }
    this.#states.forEach(({ name }, i) => {
      const { length } = this.#values[i];
      const found = Object.hasOwn(values, name) ? values[name] : undefined;
      if (!(found instanceof Float32Array) || found.length !== length) {
        throw new TypeError(`Cannot set state: "${name}" must be a Float32Array of ${length} numbers`);
      }
    });
    this.#steps = steps;
    this.#states.forEach(({ name }, i) => this.#values[i].set(values[name]));
  }

  #checkRoom(): void {
    if (this.maxSteps === null || this.#steps < this.maxSteps) return;
    throw new RangeError(
      `Cannot step: there is room for ${this.maxSteps} steps, and all are done; reset() begins again`,
    );
  }

  #at(place: number): number {
    return this.#engine.base + this.#plan.arena + place;
  }

  #run(): void {
    const { heap } = this.#engine;
    const states = this.#states, values = this.#values;
    if (this.#position !== undefined) heap[this.#at(this.#position)] = this.#steps;
    for (let i = 0; i < states.length; i++) heap.set(values[i], this.#at(states[i].from));
    this.#engine.run(1);
    for (let i = 0; i < states.length; i++) {
      const to = this.#at(states[i].to);
      values[i].set(heap.subarray(to, to + values[i].length));
    }
    this.#steps++;
  }
}
