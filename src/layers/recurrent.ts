import { activationTable } from "../activations/gen/table.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkInteger } from "../errors/check_integer.ts";
import { checkNumber } from "../errors/check_number.ts";
import type { ConstraintSpec } from "../constraints/resolve_constraint.ts";
import { zeros } from "../initializers/zeros.ts";
import type { InitializerSpec } from "../initializers/resolve_initializer.ts";
import type { RegularizerSpec } from "../regularizers/resolve_regularizer.ts";
import { copyJson } from "../tensor/copy_json.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { OpenShape } from "../tensor/open_shape.ts";
import type { Shape } from "../tensor/shape.ts";
import { partsOf, type Symbolic } from "../tensor/symbolic.ts";
import { checkSeed } from "./check_seed.ts";
import { findBatchSize } from "./find_batch_size.ts";
import { drawing } from "./drawing.ts";
import { dropElements } from "./drop_elements.ts";
import { Layer } from "./layer.ts";
import type { CallOptions, LayerNode, LayerOutput } from "./layer_output.ts";
import type { PartResolver } from "./part_resolver.ts";
import type { ActivationSpec } from "./read_activation.ts";
import { readCellActivation } from "./read_cell_activation.ts";
import { type KernelOptions, kernelOptionsOf, type KernelParts, readKernelParts } from "./read_kernel_parts.ts";
import { savePart } from "./save_part.ts";
import type { StepTracing } from "./step_tracing.ts";
import { refuseStep } from "./trace_step.ts";
import type { TracePlace, TraceScope, Tracing } from "./tracing.ts";
import type { WeightSpec } from "./weight_spec.ts";

/** Options of all recurrent layers. */
export interface RecurrentOptions extends Omit<KernelOptions, "activation"> {
  /** The number of units, the size of the state and of the output's last axis. */
  units: number;
  /** An activation that works element by element. Default `"tanh"`. */
  activation?: ActivationSpec;
  /** Default `"orthogonal"`. */
  recurrentInitializer?: InitializerSpec;
  /** A penalty on the recurrent kernel. Default none. */
  recurrentRegularizer?: RegularizerSpec | null;
  /** A rule that the recurrent kernel keeps after every step. Default none. */
  recurrentConstraint?: ConstraintSpec | null;
  /** While training, the share of the features of x that is dropped, 0 ≤ dropout < 1: in all steps of a sequence the same ones. Default 0. */
  dropout?: number;
  /**
   * While training, the share of the units of h that is dropped on the way into the recurrent product, 0 ≤ recurrentDropout < 1: in all steps of
   * a sequence, and for all gates, the same ones. Default 0.
   */
  recurrentDropout?: number;
  /** A seed of its own for dropout. Default: the model's. */
  seed?: number;
  /** Whether the output of every step is given, instead of the last one. Default false. */
  returnSequences?: boolean;
  /** Whether the last state is given besides: `apply` returns a list. Default false. */
  returnState?: boolean;
  /** Whether the last step comes first; outputs, and their mask, are then in that order. Default false. */
  goBackwards?: boolean;
  /**
   * Whether a batch begins with the states that the one before has left, sample by sample, instead of 0: in `fit`, `evaluate` and `predict` alike, until
   * `resetStates` of the layer or the model. An input must state the `batchSize`; `fit` needs `shuffle: false` for that to make sense. Default false.
   */
  stateful?: boolean;
  /** Whether the output of a masked step is 0, instead of that of the step before. Default false. */
  zeroOutputForMask?: boolean;
}

/** Options of one call of a recurrent layer. */
export interface RecurrentCallOptions extends CallOptions {
  /** The states before the first step, [batch, units] each: h, and c of an LSTM. Gradients flow back to them. Default, and null: zeros. */
  initialState?: LayerOutput | readonly LayerOutput[] | null;
}

/** What a recurrent layer consists of. */
export interface RecurrentKind {
  /** The type of the layer. */
  readonly type: "gru" | "lstm" | "simple_rnn";
  /** The op that computes it. */
  readonly op: "gru" | "gru_reset_before" | "lstm" | "simple_rnn";
  /** The kernels have so many times the units. */
  readonly gates: number;
  /** How many states there are: h, or h and c. */
  readonly states: 1 | 2;
}

const OPTIONS = [
  "units",
  "dropout",
  "recurrentDropout",
  "seed",
  "returnSequences",
  "returnState",
  "goBackwards",
  "stateful",
  "zeroOutputForMask",
] as const;
/** What the ops call the first states. */
const STATES = ["h0", "c0"] as const;
const FLAGS = ["returnSequences", "returnState", "goBackwards", "stateful", "zeroOutputForMask"] as const;
const KERNELS = ["kernel", "recurrent"] as const;
/** Options of Keras by which it chooses how it computes. */
const HOW = ["unroll", "useCudnn", "implementation", "timeMajor"];

/** What recurrent layers have in common. */
export abstract class Recurrent extends Layer {
  readonly units: number;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly seed: number | undefined;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  readonly zeroOutputForMask: boolean;
  readonly useBias: boolean;
  /** The parts of its weights. */
  protected readonly parts: KernelParts<(typeof KERNELS)[number]>;
  readonly #kind: RecurrentKind;
  readonly #activations: Record<string, Json>;
  readonly #saved: Readonly<Record<string, Json>>;
  /** The samples in every batch, of a layer that is stateful. */
  #batchSize: number | null = null;

  /**
   * @param known the options of the cell's own
   * @param parts makes activations, initializers, regularizers and constraints of what stands for them
   */
  constructor(
    kind: RecurrentKind,
    options: RecurrentOptions & { recurrentActivation?: ActivationSpec },
    known: readonly string[],
    parts: PartResolver,
  ) {
    const what = `create ${kind.type} layer`;
    for (const name of HOW) {
      if (options !== undefined && options !== null && Object.hasOwn(options, name)) {
        throw new TypeError(
          `Cannot ${what}: ${name} is no option here; all steps of a sequence are one call of a kernel, and the batch is the first axis`,
        );
      }
    }
    super(kind.type, options, [...OPTIONS, ...kernelOptionsOf(KERNELS), ...known]);
    this.#kind = kind;
    this.units = checkInteger(what, "units", options?.units, { min: 1 });
    const share = (name: "dropout" | "recurrentDropout"): number =>
      checkNumber(what, name, options[name] ?? 0, { min: 0, maxExclusive: 1 });
    this.dropout = share("dropout");
    this.recurrentDropout = share("recurrentDropout");
    this.seed = checkSeed(what, options.seed);
    const flag = (name: (typeof FLAGS)[number]): boolean =>
      options[name] === undefined ? false : checkBoolean(what, name, options[name]);
    this.returnSequences = flag("returnSequences");
    this.returnState = flag("returnState");
    this.goBackwards = flag("goBackwards");
    this.stateful = flag("stateful");
    this.zeroOutputForMask = flag("zeroOutputForMask");
    const { activation = "tanh", recurrentInitializer = "orthogonal", recurrentActivation = "sigmoid" } = options;
    this.parts = readKernelParts(
      what,
      { ...options, activation, recurrentInitializer } as KernelOptions,
      parts,
      KERNELS,
    );
    this.useBias = this.parts.useBias;
    this.#activations = { activation: readCellActivation(what, "activation", this.parts.activation) };
    const saved: Record<string, Json> = {};
    if (known.includes("recurrentActivation")) {
      const gate = parts.activation(recurrentActivation);
      this.#activations.recurrentActivation = readCellActivation(what, "recurrentActivation", gate);
      saved.recurrentActivation = savePart(gate, activationTable) as Json;
    }
    this.#saved = copyJson(saved);
    this.supportsMasking = true;
    this.takesMask = true;
  }

  override get config(): Readonly<Record<string, Json>> {
    const { units, dropout, recurrentDropout, seed } = this;
    return {
      ...this.commonConfig(),
      units,
      ...copyJson(this.parts.saved),
      ...copyJson(this.#saved),
      dropout,
      recurrentDropout,
      ...(seed === undefined ? {} : { seed }),
      ...Object.fromEntries(FLAGS.map((name) => [name, this[name]])),
    };
  }

  /** How many states it has: h, or h and c. */
  get stateCount(): number {
    return this.#kind.states;
  }

  /** The bias as it is asked for. */
  protected abstract biasSpec(): WeightSpec;

  /** The bias of the projection of x, and that of the recurrent product, which not all cells have. */
  protected biasesOf(t: Tracing): readonly [projection: Symbolic, recurrent?: Symbolic] {
    return [t.weight("bias")];
  }

  protected override build(inputShape: Shape): void {
    if (inputShape.length !== 2) throw this.#refuse(inputShape);
    const width = this.#kind.gates * this.units;
    const { kernel, recurrent } = this.parts;
    this.addWeight({ name: "kernel", shape: [inputShape[1], width], ...kernel });
    this.addWeight({ name: "recurrent_kernel", shape: [this.units, width], ...recurrent });
    if (this.useBias) this.addWeight(this.biasSpec());
    if (!this.stateful) return;
    if (this.#batchSize === null) {
      throw new TypeError(
        `Cannot build layer "${this.name || this.type}": it is stateful, so an input must state the batchSize, as in ` +
          "inputLayer({ shape, batchSize }) or input({ shape, batchSize })",
      );
    }
    for (const name of this.#stateNames) {
      const shape = [this.#batchSize, this.units];
      this.addWeight({ name, shape, initializer: zeros(), trainable: false, carried: true });
    }
  }

  /** The names of the states of a layer that is stateful. */
  get #stateNames(): readonly string[] {
    return STATES.slice(0, this.#kind.states).map((name) => `state_${name[0]}`);
  }

  /**
   * As `apply`, without checks of the arguments.
   *
   * @ignore
   */
  override addNode(inputs: readonly LayerOutput[], options: Readonly<CallOptions> = {}): LayerNode {
    if (this.stateful && !this.isBuilt) this.#batchSize = findBatchSize(inputs);
    return super.addNode(inputs, options);
  }

  /**
   * Sets the states to 0, as before the first batch.
   *
   * @throws {Error} If the layer is not stateful
   */
  resetStates(): void {
    if (!this.stateful) throw new Error(`Cannot reset the states of layer "${this.name}": it is not stateful`);
    if (this.#batchSize === null) return;
    for (const name of this.#stateNames) {
      this.writeWeight(name, new Array<number>(this.#batchSize * this.units).fill(0));
    }
  }

  /** x alone, or with all first states. */
  protected override takes(inputs: number): boolean {
    return inputs === 1 || inputs === 1 + this.#kind.states;
  }

  /** First states are inputs of a call, whatever it was built with. */
  override buildOnce([x]: readonly OpenShape[]): void {
    super.buildOnce([x]);
  }

  /**
   * Calls the layer on a sequence: see `Layer.apply`. The first states may be given as the option `initialState`, or behind x in a list.
   *
   * @throws {TypeError} If the layer cannot take inputs of that number or shape, or an option is unknown
   */
  override apply<T extends LayerOutput | readonly LayerOutput[] = LayerOutput>(
    inputs: LayerOutput | readonly LayerOutput[],
    options: RecurrentCallOptions = {},
  ): T {
    const { initialState = null, ...rest } = options;
    if (initialState === null) return super.apply(inputs, rest);
    return super.apply([inputs, initialState].flat(), rest);
  }

  override call(t: Tracing, x: Symbolic, ...first: Symbolic[]): Symbolic | readonly Symbolic[] {
    const { mask, parts: [y, ...states] } = this.#run(t, x, first, this.returnSequences);
    const { activity } = this.parts;
    if (activity !== null) t.addLoss(activity.penalty(t.graph, y));
    t.setMask(y, this.returnSequences && mask !== null ? this.#maskOf(mask) : null);
    return this.returnState ? [y, ...states.slice(0, this.#kind.states)] : y;
  }

  /** One step, from the states that the one before has left. */
  step(t: StepTracing, x: Symbolic, ...first: Symbolic[]): Symbolic | readonly Symbolic[] {
    const { units, returnSequences } = this;
    if (this.goBackwards) refuseStep(this, "goes backwards, from the last step on");
    const { ops } = t, names = STATES.slice(0, this.#kind.states), isFirst = ops.equal(t.position, 0);
    const before = names.map((name, i) => {
      const state = t.state(name[0], [units]);
      return first[i] === undefined ? state : ops.where(isFirst, this.#checkState(first[i], state.shape), state);
    });
    const { mask, parts: [y, ...states] } = this.#run(t, x, before, false);
    names.forEach((name, i) => t.setState(name[0], states[i]));
    let last = this.zeroOutputForMask ? y : states[0];
    if (mask !== null && first.length > 0) {
      // Before the first step that counts the output is 0, whatever the state.
      const seen = ops.maximum(t.state("seen", [1]), mask);
      t.setState("seen", seen);
      last = ops.multiply(last, seen);
    }
    const result = returnSequences ? ops.reshape(last, [last.shape[0], 1, units]) : last;
    t.setMask(result, returnSequences ? mask : null);
    const all = this.returnState ? [result, ...states.slice(0, names.length)] : [result];
    for (const one of returnSequences ? all.slice(1) : all) t.endSequence(one);
    return this.returnState ? all : result;
  }

  /** The op's results, and the mask of x. */
  #run(
    t: Tracing,
    x: Symbolic,
    first: readonly Symbolic[],
    sequences: boolean,
  ): { readonly mask: Symbolic | null; readonly parts: readonly Symbolic[] } {
    const { graph } = t;
    const { units, dropout: rate, seed } = this;
    const shape = x.shape.slice(1);
    if (shape.length !== 2) throw this.#refuse(shape);
    const mask = t.mask(x);
    if (mask !== null && mask.shape.length !== 2) {
      throw new TypeError(
        `Cannot apply layer "${this.name || this.type}": its mask must have shape [batch, steps], got ${
          formatShape(mask.shape)
        }`,
      );
    }
    const entered = t.training && rate > 0 ? dropElements(t, x, { rate, seed, shared: [1] }) : x;
    const [bias, recurrentBias] = this.useBias ? this.biasesOf(t) : [];
    const z = graph.apply("matmul", [entered, t.weight("kernel"), ...(bias === undefined ? [] : [bias])]);
    const given: Record<string, Symbolic> = {};
    first.forEach((state, i) => given[STATES[i]] = this.#checkState(state, [x.shape[0], units]));
    if (recurrentBias !== undefined) given.bias = recurrentBias;
    if (mask !== null) given.mask = mask;
    if (t.training && this.recurrentDropout > 0) given.drop = this.#drop(t, [x.shape[0], units]);
    const node = graph.apply(this.#kind.op, [z, t.weight("recurrent_kernel"), ...Object.values(given)], {
      inputs: Object.keys(given),
      ...this.#activations,
      reverse: this.goBackwards,
      sequences,
      zeroOutput: this.zeroOutputForMask,
      ...(t.training ? { tape: true } : {}),
    });
    return { mask, parts: partsOf(graph, node) };
  }

  /** The mask in the order of the outputs. */
  #maskOf(mask: Symbolic): Symbolic {
    return this.goBackwards ? mask.graph.apply("flip", [mask], { axes: [1] }) : mask;
  }

  /** 0 for units that are dropped, 1 / (1 − rate) for the others. */
  #drop(t: Tracing, shape: Shape): Symbolic {
    return t.graph.apply("dropout", [t.graph.constant(1, shape), t.graph.cell("step")], {
      rate: this.recurrentDropout,
      ...drawing(t, "recurrent", this.seed),
    });
  }

  #checkState(state: Symbolic, wanted: Shape): Symbolic {
    if (formatShape(state.shape) === formatShape(wanted)) return state;
    throw new TypeError(
      `Cannot apply layer "${this.name || this.type}": a first state must have shape [batch, ${this.units}], got ${
        formatShape(state.shape)
      }`,
    );
  }

  #refuse(shape: Shape): TypeError {
    return new TypeError(
      `Cannot apply layer "${this.name || this.type}": samples must have shape [steps, features], got ${
        formatShape(shape)
      }`,
    );
  }

  /**
   * As for any layer; one that is stateful begins with what the batch before has left, and leaves what the next one begins with.
   *
   * @ignore
   */
  override trace(scope: TraceScope, inputs: readonly Symbolic[], place: TracePlace): readonly Symbolic[] {
    if (!this.stateful) return super.trace(scope, inputs, place);
    const specs = this.weights.filter(({ carried }) => carried === true);
    const states = specs.map((spec) => scope.variable(this, spec));
    // Where only shapes are asked for, there is one sample.
    const isReal = !scope.graph.shapesOnly, [{ shape: [rows] }] = inputs;
    if (isReal && rows !== this.#batchSize) {
      throw new TypeError(
        `Cannot apply layer "${
          this.name || this.type
        }": it is stateful, so every batch must have ${this.#batchSize} samples, got ${rows}`,
      );
    }
    const results = super.trace(scope, isReal && inputs.length === 1 ? [...inputs, ...states] : inputs, place);
    const node = scope.graph.nodes.findLast(({ op }) => op === this.#kind.op)!;
    const [, ...last] = partsOf(scope.graph, node);
    specs.forEach((spec, i) => scope.assign(this, spec, isReal ? last[i] : states[i]));
    return results;
  }
}
