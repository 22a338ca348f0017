import type { DataInput } from "../data/data_input.ts";
import { readInputs } from "../data/read_inputs.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkOptions } from "../errors/check_options.ts";
import { Graph } from "../graph/graph.ts";
import { compileProgram } from "../program/compile_program.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import { Tensor } from "../tensor/tensor.ts";
import { toTensor } from "../tensor/to_tensor.ts";
import type { LoadedProgram } from "../workers/loaded_program.ts";
import type { Predictions } from "./form_outputs.ts";
import { refuseSeveralPorts } from "./refuse_several_ports.ts";
import { traceOneStep } from "./trace_one_step.ts";
import type { TrainableModel } from "./trainable_model.ts";

/** Options of `stepper`. */
export interface StepperOptions {
  /** How many sequences go side by side; steps and predictions then have that axis first. Default: one sequence, without the axis. */
  batchSize?: number;
  /**
   * How many steps there may be, for layers that keep all steps (attention). Memory and time of a step grow with it. Default: the length of
   * the sequences that the model takes; needed where that is unknown.
   */
  maxSteps?: number;
}

/** What a stepper knows of the steps that it has done: plain data. */
export interface StepperState {
  /** How many they are. */
  readonly steps: number;
  /** What layers have kept, by `<layer>/<name>`; each with the axis of the sequences first. */
  readonly values: Readonly<Record<string, Tensor>>;
}

const WHAT = "step";

/** Runs a model one step of a sequence at a time. Make one with `stepper`. */
export class Stepper {
  /** How many steps there may be; null where nothing limits them. */
  readonly maxSteps: number | null;
  /** The shape of what a step takes. */
  readonly inputShape: Shape;
  /** The shape of what it gives. */
  readonly outputShape: Shape;
  readonly #model: TrainableModel<Predictions>;
  readonly #options: StepperOptions;
  readonly #names: readonly string[];
  readonly #values: readonly Float32Array[];
  readonly #shapes: readonly Shape[];
  #steps = 0;
  /** The program, and the version of the store that it was loaded in. */
  #loaded: { readonly program: LoadedProgram; readonly version: object } | null = null;

  /** For `stepper`. */
  constructor(model: TrainableModel<Predictions>, options: StepperOptions) {
    this.#model = model;
    this.#options = options;
    const { states, inputShape, outputShape, maxSteps } = this.#trace();
    const axis = options.batchSize === undefined ? [] : [options.batchSize];
    this.inputShape = Object.freeze([...axis, ...inputShape]);
    this.outputShape = Object.freeze([...axis, ...outputShape]);
    this.maxSteps = maxSteps;
    this.#names = states.map(({ name }) => name);
    this.#shapes = states.map(({ shape }) => [this.#batch, ...shape]);
    this.#values = this.#shapes.map((shape) => new Float32Array(sizeOf(shape)));
  }

  get #batch(): number {
    return this.#options.batchSize ?? 1;
  }

  #trace() {
    const batch = this.#batch;
    return traceOneStep(this.#model.network, new Graph({ batch }), batch, this.#options.maxSteps);
  }

  /** How many steps have been done since the beginning. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Does the next step: the numbers are those that `predict` gives for the sequence until now, at its last step.
   *
   * @param x the step: an array of `inputShape`; a number where a step is one
   * @throws {TypeError} For another shape; RangeError after `maxSteps` steps, and for NaN
   */
  step(x: DataInput): Tensor {
    if (this.maxSteps !== null && this.#steps >= this.maxSteps) {
      throw new RangeError(
        `Cannot ${WHAT}: there is room for ${this.maxSteps} steps, and all are done; reset() begins again, and the option maxSteps makes more room`,
      );
    }
    const data = this.#read(x);
    const program = this.#load();
    program.input("x/0").set(data);
    program.input("position").fill(this.#steps);
    this.#values.forEach((value, i) => program.input(`state/${i}`).set(value));
    program.run();
    this.#values.forEach((value, i) => value.set(program.output(`state/${i}`)));
    this.#steps++;
    return new Tensor(program.output("y").slice(), this.outputShape);
  }

  /** Forgets all steps: the next one is the first. */
  reset(): void {
    this.#steps = 0;
    for (const value of this.#values) value.fill(0);
  }

  /** A copy of what the stepper knows: to go on from here more than once. Set it to go back. */
  get state(): StepperState {
    const entries = this.#values.map((value, i) => [this.#names[i], new Tensor(value.slice(), this.#shapes[i])]);
    return { steps: this.#steps, values: Object.fromEntries(entries) };
  }

  set state({ steps, values }: StepperState) {
    const what = "set the state of a stepper";
    checkInteger(what, "steps", steps, { min: 0, max: this.maxSteps ?? Number.MAX_SAFE_INTEGER });
    const given = this.#names.map((name, i) => {
      const found = Object.hasOwn(values, name) ? toTensor(values[name], { name }) : null;
      if (found === null || formatShape(found.shape) !== formatShape(this.#shapes[i])) {
        throw new TypeError(
          `Cannot ${what}: "${name}" must have shape ${formatShape(this.#shapes[i])}, got ${
            found === null ? "none" : formatShape(found.shape)
          }`,
        );
      }
      return found;
    });
    this.#steps = steps;
    given.forEach(({ data }, i) => this.#values[i].set(data));
  }

  /** The step as numbers, one sequence after the other. */
  #read(x: DataInput): Float32Array {
    const { inputs: [port], inputForm } = this.#model.signature;
    const isOne = this.#options.batchSize === undefined;
    const shape = isOne ? this.inputShape : this.inputShape.slice(1);
    let given = x;
    if (isOne) {
      given = x instanceof Tensor || ArrayBuffer.isView(x)
        ? new Tensor(toTensor(x, { name: "x" }).data, [1, ...x instanceof Tensor ? x.shape : shape])
        : [x] as DataInput;
    }
    const [read] = readInputs(given, { inputs: [{ ...port, shape }], inputForm });
    if (read.shape[0] === this.#batch) return read.data;
    throw new TypeError(
      `Cannot ${WHAT}: x must have shape ${formatShape(this.inputShape)}, got ${formatShape(read.shape)}`,
    );
  }

  /** The program, compiled again where the model's memory is another one. */
  #load(): LoadedProgram {
    const { network } = this.#model;
    const { version } = network.store;
    if (this.#loaded?.version === version) return this.#loaded.program;
    const { x, position, y, states } = this.#trace();
    const program = network.load(compileProgram({
      outputs: [{ name: "y", node: y }, ...states.map(({ after }, i) => ({ name: `state/${i}`, node: after }))],
      inputs: [x, position, ...states.map(({ before }) => before)],
      locate: (leaf) => network.locate(leaf),
    }));
    this.#loaded = { program, version };
    return program;
  }
}

/**
 * Runs a trained model one step of a sequence at a time, with what its layers keep from step to step: the states of recurrent layers, the
 * keys and values of causal attention. So text or a series is continued at the cost of one step each.
 *
 * The model was trained on whole sequences, [batch, steps, features], or [batch, steps] of indices. The stepper gives the numbers of `predict`
 * for the sequence until now, at its last step. It reads the weights as they are at each step.
 *
 * Recurrent layers, attention with `useCausalMask` and layers that work on each step by itself can be run so; what needs all steps at once
 * (bidirectional layers, goBackwards, attention to later steps, pooling over steps, convolution, flatten) is refused. Behind attention a masked
 * step gives what it gives in a sequence of that length. A layer of your own has `step(t, x)` beside `call(t, x)`.
 *
 * @example
 * ```ts
 * import { layers, sequential, stepper } from "retroprop";
 * const model = sequential([
 *   layers.lstm({ units: 4, inputShape: [null, 3] }),
 *   layers.dense({ units: 2 }),
 * ]);
 * const s = stepper(model);
 * s.step([0.5, 1, -1]).shape; // [2]
 * s.reset();
 * ```
 * @throws {TypeError} If the model has several inputs or outputs, takes no sequences, or has a layer that needs all steps at once; the message
 *   names it
 */
export function stepper(model: TrainableModel<Predictions>, options: StepperOptions = {}): Stepper {
  const what = "make a stepper";
  checkOptions(what, options, ["batchSize", "maxSteps"]);
  for (const name of ["batchSize", "maxSteps"] as const) {
    if (options[name] !== undefined) checkInteger(what, name, options[name], { min: 1 });
  }
  refuseSeveralPorts(what, model.signature);
  return new Stepper(model, { ...options });
}
