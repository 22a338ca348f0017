import type { Constraint } from "../constraints/constraint.ts";
import { checkBoolean } from "../errors/check_boolean.ts";
import { checkName } from "../errors/check_name.ts";
import { checkOptions } from "../errors/check_options.ts";
import { describeValue } from "../errors/describe_value.ts";
import { resolveConstraint } from "../constraints/resolve_constraint.ts";
import { hasControlCharacters } from "../errors/has_control_characters.ts";
import type { Graph } from "../graph/graph.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { resolveInitializer } from "../initializers/resolve_initializer.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { resolveRegularizer } from "../regularizers/resolve_regularizer.ts";
import { formatShape } from "../tensor/format_shape.ts";
import type { Json } from "../tensor/json.ts";
import type { Shape } from "../tensor/shape.ts";
import { sizeOf } from "../tensor/size_of.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/** The options that every layer takes. */
export interface LayerOptions {
  /** The layer's name, unique in its model. Default: its type, numbered: `dense`, `dense_1`, … */
  name?: string;
  /** The shape of one sample, for the first layer of a model: without the batch axis. */
  inputShape?: Shape;
  /** Whether training changes the layer's weights. Default true. */
  trainable?: boolean;
}

/** The names of the options that every layer takes. */
const COMMON = ["name", "inputShape", "trainable"] as const;

/** A weight that a layer asks for when it is built. */
export interface WeightSpec {
  /** The name within the layer: `kernel`, `bias`, … */
  readonly name: string;
  /** Its shape. */
  readonly shape: Shape;
  /** What gives it its first values. */
  readonly initializer: Initializer;
  /** A penalty that is added to the loss. */
  readonly regularizer?: Regularizer | null;
  /** A rule that holds after every step. */
  readonly constraint?: Constraint | null;
  /** False for what a layer keeps for itself and no optimizer changes. Default true. */
  readonly trainable?: boolean;
}

/** What a layer needs while its part of the graph is traced. */
export interface Tracing {
  /** The graph that is traced. */
  readonly graph: Graph;
  /** True for a training step: dropout drops. */
  readonly training: boolean;
  /** The layer's weight of that name. */
  weight(name: string): Symbolic;
  /** The seed of the model. */
  readonly seed: number;
  /** A number that is this layer's own in its model, for its random stream. */
  readonly index: number;
}

/**
 * One layer: options, weights, and a short composition of ops.
 *
 * A layer of your own extends this class: it calls `addWeight` in `build`, and composes ops in `call`. Its code runs while a graph is
 * traced, never in a worker.
 */
export abstract class Layer {
  readonly #type: string;
  readonly #inputShape: Shape | undefined;
  readonly #known: readonly string[];
  #name: string;
  #trainable: boolean;
  #weights: readonly WeightSpec[] = Object.freeze([]);
  #built: Shape | null = null;
  #owner: object | null = null;
  #outputShape: Shape | null = null;

  /**
   * Checks the common options.
   *
   * @param type the name in the table of layers
   * @param options what the user gave
   * @param known the names of the options that this layer takes besides the common ones. Default none.
   * @throws {TypeError} If there is no type, as where a class of one's own passes its options on, or an option is unknown.
   */
  constructor(type: string, options?: LayerOptions, known: readonly string[] = []) {
    if (typeof type !== "string" || type === "" || !Array.isArray(known)) {
      const [what, found] = Array.isArray(known)
        ? ["type must be a non-empty string", type]
        : ["known must be an array", known];
      throw new TypeError(
        `Cannot create layer: ${what}, got ${describeValue(found)}; in its constructor a layer of your own calls ` +
          'super("its_type", options, ["names", "of", "its", "own", "options"])',
      );
    }
    this.#known = known;
    checkOptions(`create ${type} layer`, options, [...COMMON, ...known]);
    const what = `create ${type} layer`;
    this.#type = type;
    this.#name = checkName(what, options?.name ?? "", "/");
    this.#trainable = options?.trainable === undefined ? true : checkBoolean(what, "trainable", options.trainable);
    this.#inputShape = options?.inputShape === undefined
      ? undefined
      : checkSampleShape(what, "inputShape", options.inputShape);
  }

  /** The name in the table of layers, for example `dense`. */
  get type(): string {
    return this.#type;
  }

  /** The layer's name in its model; empty until the model or the options give one. */
  get name(): string {
    return this.#name;
  }

  /** The shape of one sample, if the options gave it. */
  get inputShape(): Shape | undefined {
    return this.#inputShape;
  }

  /**
   * Whether training changes the layer's weights: without, they have neither gradients nor optimizer slots. A change takes effect at the
   * model's next `compile`.
   *
   * @throws {TypeError} when it is set to anything but true or false
   */
  get trainable(): boolean {
    return this.#trainable;
  }
  set trainable(trainable: boolean) {
    this.#trainable = checkBoolean(`change layer "${this.#name}"`, "trainable", trainable);
  }

  /**
   * Names a layer that has no name yet, for the model that it goes into.
   *
   * @ignore
   */
  giveName(name: string): void {
    if (this.#name !== "") throw new Error(`Cannot name layer "${this.#name}": it has a name`);
    this.#name = name;
  }

  /**
   * The options as they are saved: with them the table of layers makes the layer again. Default: the common ones.
   *
   * @throws {TypeError} If the layer has options of its own, and does not say how they are saved.
   */
  get config(): Readonly<Record<string, Json>> {
    if (this.#known.length === 0) return this.commonConfig();
    throw new TypeError(
      `Cannot save layer "${this.#name}": it has options of its own (${
        this.#known.join(", ")
      }), so its class must have ` +
        "get config() { return { ...this.commonConfig(), … }; }",
    );
  }

  /** Asks for weights, given the shape of one sample. */
  protected build(_inputShape: Shape): void {}

  /** Composes the layer's ops. `x` has the batch axis first. */
  abstract call(t: Tracing, x: Symbolic): Symbolic;

  /** The weights, in Keras's order: empty until the layer is built. */
  get weights(): readonly WeightSpec[] {
    return this.#weights;
  }

  /**
   * Called when a model has made room for the layer's weights, with a function that sets them there. The model keeps the function as
   * long as it lives: a layer of several models holds it weakly, so that it does not keep them all.
   */
  bind(_assign: (weight: string, values: readonly number[]) => void): void {}

  /** Called after a file or `setWeights` has given the layer's weights in one model other values, with what reads them there. */
  noteWeights(_read: (weight: string) => Float32Array): void {}

  /** Builds the layer once; a second call must have the same shape. */
  buildOnce(inputShape: Shape): void {
    if (this.#built !== null) {
      if (formatShape(this.#built) !== formatShape(inputShape)) {
        throw new TypeError(
          `Cannot build layer "${this.name}": it was built for samples of shape ${formatShape(this.#built)}, got ` +
            `${formatShape(inputShape)}; a layer belongs to one place in one model`,
        );
      }
      return;
    }
    if (typeof this.call !== "function") {
      throw new TypeError(
        `Cannot build layer "${this.#name}": its class must have call(t, x), which composes its ops and returns the result, got ${
          describeValue(this.call)
        }`,
      );
    }
    this.build(Object.freeze([...inputShape]));
    this.#built = inputShape;
  }

  /**
   * Notes which model the layer's weights live in. Layers that learn nothing, such as `normalization`, may be in several models.
   *
   * @throws {TypeError} If a layer that learns is in another model already: its weights there would not be the ones here.
   */
  belongTo(model: object): void {
    const learns = this.#weights.some((weight) => weight.trainable !== false);
    if (learns && this.#owner !== null && this.#owner !== model) {
      throw new TypeError(
        `Cannot build model: layer "${this.name}" is in another model, and a layer belongs to one place in one model; make ` +
          "a new one and copy the weights with setWeights",
      );
    }
    this.#owner = model;
  }

  /** The shape of what the layer gives, `[null, 7]`: null counts the samples. @throws Error if the layer is not built */
  get outputShape(): readonly (number | null)[] {
    if (this.#outputShape === null) throw this.#unbuilt("tell the output shape of");
    return [null, ...this.#outputShape];
  }

  /** The number of its weights, as `summary` counts them. @throws Error if the layer is not built */
  countParams(): number {
    if (this.#built === null) throw this.#unbuilt("count the weights of");
    return this.#weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
  }

  #unbuilt(what: string): Error {
    return new Error(
      `Cannot ${what} layer "${
        this.name || this.type
      }": it must be built, as part of a model whose input shape is known`,
    );
  }

  /**
   * Notes the shape of one sample's output, when a model has traced the layer.
   *
   * @ignore
   */
  noteOutput(shape: Shape): void {
    this.#outputShape = shape;
  }

  /** Whether the layer has its weights. */
  get isBuilt(): boolean {
    return this.#built !== null;
  }

  /** Undoes `buildOnce`, for a layer of a model that could not be built. */
  unbuild(): void {
    this.#weights = Object.freeze([]);
    this.#built = null;
    this.#owner = null;
    this.#outputShape = null;
  }

  /**
   * Asks for a weight; to be called in `build`.
   *
   * @throws {TypeError} If something is missing, unknown or of another type; RangeError for an unknown name.
   */
  protected addWeight(spec: WeightSpec): void {
    const what = `add weight to layer "${this.#name}"`;
    checkOptions(what, spec, ["name", "shape", "initializer", "regularizer", "constraint", "trainable"]);
    const { name } = spec ?? {};
    if (typeof name !== "string" || name === "" || name.includes("/") || hasControlCharacters(name)) {
      throw new TypeError(`Cannot ${what}: name must be a non-empty string without "/", got ${describeValue(name)}`);
    }
    if (this.#weights.some((weight) => weight.name === name)) {
      throw new TypeError(`Cannot ${what}: names of weights must differ, got "${name}" twice`);
    }
    this.#weights = Object.freeze([
      ...this.#weights,
      Object.freeze({
        ...spec,
        shape: checkWeightShape(what, spec.shape),
        initializer: resolveInitializer(spec.initializer),
        regularizer: resolveRegularizer(spec.regularizer ?? null),
        constraint: resolveConstraint(spec.constraint ?? null),
      }),
    ]);
  }

  /** The common options in their saved form. */
  protected commonConfig(): Record<string, Json> {
    return {
      name: this.name,
      ...(this.trainable ? {} : { trainable: false }),
      ...(this.inputShape === undefined ? {} : { inputShape: this.inputShape }),
    };
  }
}

/** Checks a shape without the batch axis. */
export function checkSampleShape(what: string, name: string, shape: unknown): Shape {
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size) && size >= 1)) {
    throw new RangeError(
      `Cannot ${what}: ${name} must be an array of integers >= 1, the shape of one sample without the batch, got ${
        describeValue(shape)
      }`,
    );
  }
  return Object.freeze([...shape]);
}

function checkWeightShape(what: string, shape: unknown): Shape {
  if (Array.isArray(shape) && shape.every((size) => Number.isInteger(size) && size >= 1)) {
    return Object.freeze([...shape]);
  }
  throw new TypeError(`Cannot ${what}: shape must be an array of integers >= 1, got ${describeValue(shape)}`);
}
